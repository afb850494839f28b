using Microsoft.EntityFrameworkCore;
using RevOps.Core.Attribution;
using RevOps.Core.Billing;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Conversions;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Live;
using RevOps.Core.Receivables;
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
        var (today, since) = (owner.DayOf(now), now.AddDays(-Days));
        var year = Period.Ending(today, Days);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var ledger = new ReceivablesLedger(db, owner, mode, owner.Currency);
        var issued = ledger.IssuedWithin(year).Where(invoice => invoice.Status != InvoiceStatus.Void);
        var sums = await issued.GroupBy(_ => 1).Select(all => new { Count = all.Count(), Gross = all.Sum(invoice => invoice.GrossMinor), Net = all.Sum(invoice => invoice.NetMinor), First = all.Min(invoice => invoice.IssuedOn) }).SingleOrDefaultAsync(cancel);
        var (count, gross) = (sums?.Count ?? 0, sums?.Gross ?? 0);

        // Of a company that has been here for a month, a year is twelve of them.
        var yearly = sums?.First is { } from ? (double)Days / Math.Clamp(today.DayNumber - from.DayNumber, 1, Days) : 1;
        var dso = Dso.AsOf(today, await ledger.OpenOnAsync(today, cancel), await ledger.SalesAsync(today, cancel)).CountBackDays;

        // From the few that were edited or refused to their invoices: each invoice would be asked otherwise.
        var edited = db.Set<InvoiceEdit>().Where(edit => issued.Any(invoice => invoice.Id == edit.InvoiceId && invoice.EditId == edit.Id)).Select(edit => edit.InvoiceId);
        var refused = db.Set<InvoiceDecision>().Where(decision => !decision.Approved && issued.Any(invoice => invoice.Id == decision.InvoiceId)).Select(decision => decision.InvoiceId);
        var wrong = await edited.Union(refused).CountAsync(cancel);
        var spend = await db.Set<AdSpend>().Where(row => row.Mode == mode && row.Currency == owner.Currency && row.Day > today.AddDays(-Days)).GroupBy(_ => 1)
            .Select(all => new { Minor = all.Sum(row => row.CostMinor), First = all.Min(row => row.Day) }).SingleOrDefaultAsync(cancel);
        var credited = await OverviewQueries.PaidCredits(db, mode, owner.Currency).Where(credit => credit.PaidAt >= since).SumAsync(credit => credit.AmountMinor, cancel);
        var conversions = await db.Set<Conversion>().CountAsync(conversion => conversion.Mode == mode && conversion.OccurredAt >= since && conversion.Stage == ConversionStage.Booked && conversion.Platform == AdPlatform.Meta, cancel);
        var slots = await (from line in db.Set<InvoiceLine>() where line.BookingId != null join invoice in issued on new { Id = line.InvoiceId, line.DraftVersion } equals new { invoice.Id, invoice.DraftVersion } select line.NetMinor).SumAsync(cancel);
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

        var cost = spend is null ? (double?)null : (double)Whole(spend.Minor) * Days / Math.Max(1, today.DayNumber - spend.First.DayNumber + 1);
        var inputs = Usual with
        {
            CreditSales = Own(nameof(SimulationInputs.CreditSales), count == 0 ? null : Math.Round((double)Whole(gross) * yearly), Usual.CreditSales),
            Dso = Own(nameof(SimulationInputs.Dso), dso is { } days ? Math.Round(days, 1) : null, Usual.Dso),
            Invoices = Own(nameof(SimulationInputs.Invoices), count == 0 ? null : Math.Round(count * yearly), Usual.Invoices),
            ErrorRate = Own(nameof(SimulationInputs.ErrorRate), count == 0 ? null : Math.Round((double)wrong / count, 4), Usual.ErrorRate),
            AdSpend = Own(nameof(SimulationInputs.AdSpend), cost is { } spent ? Math.Round(spent) : null, Usual.AdSpend),
            Roas = Own(nameof(SimulationInputs.Roas), spend is { Minor: > 0 } ? Math.Round((double)credited / spend.Minor, 2) : null, Usual.Roas),
            Conversions = Own(nameof(SimulationInputs.Conversions), conversions == 0 ? null : Math.Round(conversions * yearly), Usual.Conversions),
            VatRate = Own(nameof(SimulationInputs.VatRate), sums is { Net: > 0 } ? Math.Round(Math.Clamp((double)(gross - sums.Net) / sums.Net, 0, 1), 4) : null, Usual.VatRate),
            SlotSales = Own(nameof(SimulationInputs.SlotSales), slots == 0 ? null : Math.Round((double)Whole(slots) * yearly), Usual.SlotSales),
        };
        return new(inputs, known, owner.Currency, mode, now);
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
