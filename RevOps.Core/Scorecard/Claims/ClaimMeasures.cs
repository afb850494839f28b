using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Conversions;
using RevOps.Core.Conversions.Quality;
using RevOps.Core.Platform;
using RevOps.Core.Receivables;
using RevOps.Core.Receivables.Reconciliation;
using RevOps.Core.Scorecard.Checks;
using RevOps.Core.Scorecard.Checks.Revenue;
using RevOps.Core.Scorecard.Notes;

namespace RevOps.Core.Scorecard.Claims;

/// <summary>What was measured here for one claim.</summary>
public abstract class ClaimMeasure
{
    /// <summary>Of its line in <see cref="ClaimBook"/>.</summary>
    public abstract string Id { get; }

    public abstract Task<ClaimFinding> MeasureAsync(CheckScope scope, CancellationToken cancel);
}

/// <summary>Days to pay before and after the first invoice that left by itself, by the day of issue.</summary>
public abstract class PaymentSpeed : ClaimMeasure
{
    private const int Days = 365;

    protected abstract double Change(int before, int after);

    public override async Task<ClaimFinding> MeasureAsync(CheckScope scope, CancellationToken cancel)
    {
        // The first effect itself, never a day that somebody typed in.
        if (await LeverStarts.BillingAsync(scope.Db, scope.Mode, cancel) is not { } start)
            return ClaimFinding.Nothing;
        var (first, day) = (scope.Owner.DayOf(start).AddDays(-Days), scope.Owner.DayOf(start));
        var rows = await Issued(scope).Where(invoice => invoice.IssuedOn >= first && invoice.Status != InvoiceStatus.Void && invoice.Status != InvoiceStatus.Credited)
            .Select(invoice => new { invoice.CustomerId, invoice.Origin, IssuedOn = invoice.IssuedOn!.Value, invoice.SettledOn }).ToListAsync(cancel);
        var waits = rows.ConvertAll(row => (Row: row, Wait: new Waiting(row.CustomerId, Math.Max(0, (row.SettledOn ?? scope.Today).DayNumber - row.IssuedOn.DayNumber), row.SettledOn is not null)));
        var (before, after) = (waits.FindAll(wait => wait.Row.IssuedOn < day).ConvertAll(wait => wait.Wait), waits.FindAll(wait => wait.Row.IssuedOn >= day && wait.Row.Origin == InvoiceOrigin.Sale).ConvertAll(wait => wait.Wait));
        return CohortChange.Of(before, after, Change) is { } change
            ? new(change.Value, change.Low, change.High, waits.Count, start, null)
            : ClaimFinding.Nothing with { N = waits.Count, Since = start };
    }

    private static IQueryable<Invoice> Issued(CheckScope scope) => scope.Db.Set<Invoice>().Where(invoice => invoice.Mode == scope.Mode && invoice.IssuedOn != null
        && invoice.Origin != InvoiceOrigin.LateClaim

        // What was owed when the company began here is what had not been paid: it tells of the slow ones alone.
        && invoice.Origin != InvoiceOrigin.OpeningBalance);
}

/// <summary>By how many days half of the invoices are paid sooner.</summary>
public sealed class DaysSooner : PaymentSpeed
{
    public override string Id => "dso";

    protected override double Change(int before, int after) => before - after;
}

/// <summary>By how much faster cash comes in.</summary>
public sealed class CashSpeed : PaymentSpeed
{
    public override string Id => "cash";

    protected override double Change(int before, int after) => ((double)before / Math.Max(1, after)) - 1;
}

/// <summary>Drafts that turned out wrong, of those that were decided.</summary>
public sealed class BillingErrors(IEnumerable<Check> checks) : ClaimMeasure
{
    private const double Most = 0.01;

    private readonly Check drafts = checks.Single(check => check.Id == "R13");

    public override string Id => "errors";

    public override async Task<ClaimFinding> MeasureAsync(CheckScope scope, CancellationToken cancel)
    {
        var (n, wrong) = (await drafts.Rows(scope).LongCountAsync(cancel), await drafts.Rows(scope).LongCountAsync(row => !row.Holds, cancel));
        if (n == 0)
            return ClaimFinding.Nothing with { Needs = ExactProportion.CleanFor(Most) };

        // Where nothing was wrong there is one side to be unsure of.
        var (low, high) = wrong == 0 ? (0, 1 - ExactProportion.LeastOf(n)) : ExactProportion.Of(wrong, n);
        return new((double)wrong / n, low, high, n, null, low < Most && high >= Most ? ExactProportion.EnoughFor(Most, wrong) : null);
    }
}

/// <summary>What agrees between CRM, invoices and bank in the months that were closed, by amount.</summary>
public sealed class MonthsMatch : ClaimMeasure
{
    public override string Id => "match";

    public override async Task<ClaimFinding> MeasureAsync(CheckScope scope, CancellationToken cancel)
    {
        var closed = await scope.Db.Set<ClosedMonth>().Where(month => month.Mode == scope.Mode && month.ReopenedAt == null).Select(month => month.Evidence).ToListAsync(cancel);
        return Of([.. closed.SelectMany(evidence => MonthEvidence.FromJson(evidence).Currencies).SelectMany(part => part.Ledger.Rows.Select(row => new AgreedAmount(part.Currency, row, false)))]);
    }

    /// <summary>Its value is the share of the amounts, its interval that of the rows. What is said of all of them, one exception refutes; what is still under way leaves it open.</summary>
    internal static ClaimFinding Of(IReadOnlyCollection<AgreedAmount> rows)
    {
        if (rows.Count == 0 || AgreedAmount.WorstOf(rows, row => row.IsMatched) is not { } share)
            return ClaimFinding.Nothing with { Needs = ExactProportion.CleanFor(0.01) };
        var agree = rows.Count(row => row.IsMatched);
        if (agree == rows.Count)
            return new(share, ExactProportion.LeastOf(rows.Count), 1, rows.Count, null, rows.Count < ExactProportion.CleanFor(0.01) ? ExactProportion.CleanFor(0.01) : null);
        var (low, high) = ExactProportion.Of(agree, rows.Count);
        return new(share, Math.Min(low, share), Math.Max(high, share), rows.Count, null, null) { IsRefuted = rows.Any(row => row.Row.IsException), IsOpen = true };
    }
}

/// <summary>Conversions that only the server told of, of those of which somebody knows, in the stages that browsers tell of: what happens away from them no pixel ever lost.</summary>
public abstract class ServerAlone(QualityQueries quality) : ClaimMeasure
{
    private const int Days = 90;

    public override async Task<ClaimFinding> MeasureAsync(CheckScope scope, CancellationToken cancel)
    {
        var (recovered, known, first) = (0L, 0L, scope.Today.AddDays(1 - Days));
        var since = scope.Owner.StartOf(first);

        // A browser's event carries no mode: that of its twin counts.
        var stages = await scope.Db.Set<Conversion>().Where(told => told.Mode == scope.Mode && told.OccurredAt >= since && scope.Db.Set<BrowserEvent>().Any(seen => seen.EventId == told.EventId))
            .Select(told => told.Stage).Distinct().ToListAsync(cancel);
        foreach (var stage in stages)
        {
            var found = await quality.OfAsync(new ConversionFilter(scope.Mode) { Stage = stage, From = first, To = scope.Today }, cancel);
            (recovered, known) = (recovered + found.Signals.Sum(signal => (long)signal.Recovered), known + found.Signals.Sum(signal => (long)signal.Known));
        }

        var share = new Proportion(recovered, known);
        return share.Interval is { } interval ? new(share.Value, interval.Low, interval.High, share.Of, null, null) : ClaimFinding.Nothing;
    }
}

public sealed class SignalRecovered(QualityQueries quality) : ServerAlone(quality)
{
    public override string Id => "recovered";
}

public sealed class FreeOfThePixel(QualityQueries quality) : ServerAlone(quality)
{
    public override string Id => "pixel";
}

/// <summary>Sales whose draft stood within a minute, of those that were to have one; what still has none has waited so far.</summary>
public sealed class DraftedAtOnce : ClaimMeasure
{
    private const int Days = 90;
    private const double Seconds = 60;

    public override string Id => "instant";

    public override async Task<ClaimFinding> MeasureAsync(CheckScope scope, CancellationToken cancel)
    {
        var since = scope.Ago(Days);
        var sold = scope.Db.Set<Invoice>().Where(invoice => invoice.Mode == scope.Mode && invoice.Origin == InvoiceOrigin.Sale && invoice.GatherKey == null && invoice.OccurredAt >= since);

        // What was called off before, only compared, or held for somebody to decide is not to have one; what is younger may have it yet.
        var late = scope.Now.AddSeconds(-Seconds);
        var undrafted = await sold.Where(invoice => invoice.DraftedAt == null && invoice.RecordedAt < late && invoice.Status != InvoiceStatus.Cancelled && invoice.Status != InvoiceStatus.Shadow && invoice.Status != InvoiceStatus.Held)
            .Select(invoice => invoice.RecordedAt).ToListAsync(cancel);
        List<double> seconds = [.. await FirstDrafts.SecondsAsync(scope.Db, sold, cancel), .. undrafted.Select(at => (scope.Now - at).TotalSeconds)];
        seconds.Sort();
        var share = new Proportion(seconds.Count(wait => wait <= Seconds), seconds.Count);
        return share.Interval is { } interval ? new(share.Value, interval.Low, interval.High, share.Of, null, null) { P50 = Percentile.Of(seconds, 0.5), P95 = Percentile.Of(seconds, 0.95) } : ClaimFinding.Nothing;
    }
}
