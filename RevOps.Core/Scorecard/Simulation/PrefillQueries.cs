using Microsoft.EntityFrameworkCore;
using RevOps.Core.Attribution;
using RevOps.Core.Billing;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Conversions;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Live;
using RevOps.Core.Receivables;
using RevOps.Core.Scorecard.Checks.Revenue;
using RevOps.Core.Spend;

namespace RevOps.Core.Scorecard.Simulation;

/// <summary>
/// What the simulator begins with: the company's own last year where it is known, else the ranges of the surveys that were found. Everybody who opens
/// it shares one reading, until something that it counts is committed.
/// </summary>
public sealed class PrefillQueries
{
    private const int Days = 365;

    private readonly IDbContextFactory<RevOpsDb> databases;
    private readonly CompanyProfile company;
    private readonly StripeAccount stripe;
    private readonly TimeProvider clock;
    private readonly SharedRead<(Mode Mode, Guid Company), Prefill> prefills;

    public PrefillQueries(IDbContextFactory<RevOpsDb> databases, CompanyProfile company, StripeAccount stripe, ChangeFeed feed, TimeProvider clock)
    {
        (this.databases, this.company, this.stripe, this.clock) = (databases, company, stripe, clock);
        prefills = new(feed, [nameof(Invoice), nameof(Payment), nameof(CreditNote), nameof(InvoiceDecision), nameof(AdSpend), nameof(Credit), nameof(Conversion)], key => ReadAsync(key.Mode, CancellationToken.None));
    }

    /// <param name="mayBeOld">What was read so long ago will do.</param>
    /// <param name="cancel">Ends the waiting, not the reading.</param>
    public async Task<Prefill> NowAsync(TimeSpan mayBeOld, CancellationToken cancel)
    {
        // The company's version, since another one may have other days and another currency.
        var owner = await company.CurrentAsync(cancel);
        return await prefills.OfAsync((stripe.Connection?.Mode ?? Mode.Live, owner.Id), mayBeOld).WaitAsync(cancel);
    }

    private async Task<Prefill> ReadAsync(Mode mode, CancellationToken cancel)
    {
        var (owner, now) = (await company.CurrentAsync(cancel), clock.GetUtcNow());
        var today = owner.DayOf(now);
        var year = Period.Ending(today, Days);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var ledger = new ReceivablesLedger(db, owner, mode, owner.Currency);

        // What was owed when the company began here was sold before.
        var issued = ledger.IssuedWithin(year).Where(invoice => invoice.Status != InvoiceStatus.Void && invoice.Origin != InvoiceOrigin.OpeningBalance);
        var sums = await issued.GroupBy(_ => 1).Select(all => new { Count = all.Count(), Gross = all.Sum(invoice => invoice.GrossMinor), Net = all.Sum(invoice => invoice.NetMinor), First = all.Min(invoice => invoice.IssuedOn) }).SingleOrDefaultAsync(cancel);
        var notes = await ledger.CreditedWithin(year).Where(note => note.Status == CreditNoteStatus.Issued && !db.Set<Invoice>().Any(invoice => invoice.Id == note.InvoiceId && invoice.Origin == InvoiceOrigin.OpeningBalance))
            .GroupBy(_ => 1).Select(all => new { Gross = all.Sum(note => note.GrossMinor), Net = all.Sum(note => note.NetMinor) }).SingleOrDefaultAsync(cancel);
        var (count, gross, net) = (sums?.Count ?? 0, (sums?.Gross ?? 0) - (notes?.Gross ?? 0), (sums?.Net ?? 0) - (notes?.Net ?? 0));

        // Of what has been here for a month, a year is twelve of them.
        double Yearly(double sum, DateOnly? first) => first is { } day ? sum * Days / Math.Clamp(today.DayNumber - day.DayNumber + 1, 1, Days) : sum;
        var dso = Dso.AsOf(today, await ledger.OpenOnAsync(today, cancel), await ledger.SalesAsync(today, cancel)).CountBackDays;

        // As its check has it: nobody here made what was imported, and wrong is also what was credited as our error.
        var drafts = await new DraftsAreRight().Rows(new(db, mode, owner, now)).GroupBy(row => row.Holds).Select(group => new { group.Key, Count = group.Count() }).ToListAsync(cancel);
        var (decided, wrong) = (drafts.Sum(row => row.Count), drafts.Where(row => !row.Key).Sum(row => row.Count));
        var spend = await db.Set<AdSpend>().Where(row => row.Mode == mode && row.Currency == owner.Currency && row.Day > today.AddDays(-Days)).GroupBy(_ => 1)
            .Select(all => new { Minor = all.Sum(row => row.CostMinor), First = all.Min(row => row.Day), Last = all.Max(row => row.Day) }).SingleOrDefaultAsync(cancel);
        var roas = spend is null ? null : await RoasAsync(db, mode, owner, new(spend.First, spend.Last), cancel);
        var since = owner.StartOf(year.From);
        var conversions = await db.Set<Conversion>().Where(conversion => conversion.Mode == mode && conversion.OccurredAt >= since && conversion.Stage == ConversionStage.Booked && conversion.Platform == AdPlatform.Meta)
            .GroupBy(_ => 1).Select(all => new { Count = all.Count(), First = all.Min(conversion => conversion.OccurredAt) }).SingleOrDefaultAsync(cancel);
        var slots = await (from line in db.Set<InvoiceLine>() where line.BookingId != null join invoice in issued on new { Id = line.InvoiceId, line.DraftVersion } equals new { invoice.Id, invoice.DraftVersion } select new { line.NetMinor, invoice.IssuedOn })
            .GroupBy(_ => 1).Select(all => new { Minor = all.Sum(line => line.NetMinor), First = all.Min(line => line.IssuedOn) }).SingleOrDefaultAsync(cancel);
        decimal Whole(long minor) => new Money(minor, owner.Currency).Amount;
        var known = new HashSet<string>(StringComparer.Ordinal);
        Spread Own(string name, double? value, Spread otherwise)
        {
            if (value is not { } own || !double.IsFinite(own))
                return otherwise;
            known.Add(name);

            // Nothing is reckoned with beyond these.
            return Spread.Exactly(Math.Clamp(own, InputLimits.Of(name).Least, InputLimits.Of(name).Most));
        }

        var inputs = Usual with
        {
            CreditSales = Own(nameof(SimulationInputs.CreditSales), count == 0 ? null : Math.Round(Yearly((double)Whole(gross), sums?.First)), Usual.CreditSales),
            Dso = Own(nameof(SimulationInputs.Dso), dso is { } days ? Math.Round(days, 1) : null, Usual.Dso),
            Invoices = Own(nameof(SimulationInputs.Invoices), count == 0 ? null : Math.Round(Yearly(count, sums?.First)), Usual.Invoices),
            ErrorRate = Own(nameof(SimulationInputs.ErrorRate), decided == 0 ? null : Math.Round((double)wrong / decided, 4), Usual.ErrorRate),
            AdSpend = Own(nameof(SimulationInputs.AdSpend), spend is null ? null : Math.Round(Yearly((double)Whole(spend.Minor), spend.First)), Usual.AdSpend),
            Roas = Own(nameof(SimulationInputs.Roas), roas is { } earned ? Math.Round(earned, 2) : null, Usual.Roas),
            Conversions = Own(nameof(SimulationInputs.Conversions), conversions is null ? null : Math.Round(Yearly(conversions.Count, owner.DayOf(conversions.First))), Usual.Conversions),
            VatRate = Own(nameof(SimulationInputs.VatRate), net > 0 ? Math.Round(Math.Clamp((double)(gross - net) / net, 0, 1), 4) : null, Usual.VatRate),
            SlotSales = Own(nameof(SimulationInputs.SlotSales), slots is null or { Minor: 0 } ? null : Math.Round(Yearly((double)Whole(slots.Minor), slots.First)), Usual.SlotSales),
        };
        return new(inputs, known, owner.Currency, mode, now);
    }

    /// <summary>Over the days of which both what ads cost and what they are credited with are known; null where there is none.</summary>
    private static async Task<double?> RoasAsync(RevOpsDb db, Mode mode, CompanyVersion owner, Period spent, CancellationToken cancel)
    {
        // In the order of an index, up to the first of the mode.
        if (await db.Set<Credit>().Where(credit => credit.Mode == mode && credit.Model == CreditTouches.LastNonDirect).OrderBy(credit => credit.PaidAt).Select(credit => (DateTimeOffset?)credit.PaidAt).FirstOrDefaultAsync(cancel) is not { } credited
            || owner.DayOf(credited) > spent.To)
            return null;
        var first = owner.DayOf(credited) > spent.From ? owner.DayOf(credited) : spent.From;
        var (start, end) = (owner.StartOf(first), owner.StartOf(spent.To.AddDays(1)));
        var cost = await db.Set<AdSpend>().Where(row => row.Mode == mode && row.Currency == owner.Currency && row.Day >= first && row.Day <= spent.To).SumAsync(row => row.CostMinor, cancel);
        var earned = await OverviewQueries.PaidCredits(db, mode, owner.Currency).Where(credit => credit.PaidAt >= start && credit.PaidAt < end).SumAsync(credit => credit.AmountMinor, cancel);
        return cost > 0 ? (double)earned / cost : null;
    }

    /// <summary>
    /// Ranges of what nobody has measured here. Days of DSO: surveys of automated billing found 3 to 23, the source document says 26. ROAS: Meta's
    /// own ablation comes to +14.9 %, and a generic uplift should be proved by a holdout.
    /// </summary>
    public static SimulationInputs Usual { get; } = new()
    {
        CreditSales = new(0, 0, 0),
        Dso = Spread.Exactly(45),
        DsoCut = new(3, 15, 26),
        CostOfCash = new(0.03, 0.05, 0.08),
        Invoices = Spread.Exactly(0),
        ErrorRate = new(0.01, 0.03, 0.06),
        ErrorRateAfter = new(0, 0.005, 0.01),
        CostOfError = new(15, 40, 90),
        AdSpend = Spread.Exactly(0),
        Roas = Spread.Exactly(0),
        RoasByAttribution = new(0, 0.03, 0.08),
        RoasByFeedback = new(0, 0.1, 0.2),
        Margin = new(0.2, 0.35, 0.5),
        Incrementality = new(0.3, 0.6, 1),
        Conversions = Spread.Exactly(0),
        SignalLoss = new(0.1, 0.2, 0.3),
        Recovery = new(0.3, 0.6, 1),
        SlotSales = Spread.Exactly(0),
        YieldGain = new(0, 0.02, 0.05),
        CashBuffer = Spread.Exactly(0),
        BufferCut = new(0.05, 0.15, 0.3),
        VatRate = Spread.Exactly(0.2),
        BudgetRise = Spread.Exactly(0),
        BudgetPower = new(0.5, 0.7, 0.9),
        SetUpCost = Spread.Exactly(0),
        RunningCost = Spread.Exactly(0),
    };
}

/// <param name="Known">Names of the inputs that are the company's own figures.</param>
/// <param name="Mode">Of the rows that they were read from.</param>
public sealed record Prefill(SimulationInputs Inputs, IReadOnlySet<string> Known, string Currency, Mode Mode, DateTimeOffset At);
