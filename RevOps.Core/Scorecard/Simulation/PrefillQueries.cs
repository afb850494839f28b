using Microsoft.EntityFrameworkCore;
using RevOps.Core.Attribution;
using RevOps.Core.Billing;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Conversions;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Receivables;
using RevOps.Core.Spend;

namespace RevOps.Core.Scorecard.Simulation;

/// <summary>What the simulator begins with: the company's own last year where it is known, else the ranges of the surveys that were found.</summary>
public sealed class PrefillQueries(IDbContextFactory<RevOpsDb> databases, CompanyProfile company, StripeAccount stripe, TimeProvider clock)
{
    private const int Days = 365;

    public async Task<Prefill> NowAsync(CancellationToken cancel)
    {
        var (owner, mode, now) = (await company.CurrentAsync(cancel), stripe.Connection?.Mode ?? Mode.Live, clock.GetUtcNow());
        var (today, since) = (owner.DayOf(now), now.AddDays(-Days));
        await using var db = await databases.CreateDbContextAsync(cancel);
        var issued = db.Set<Invoice>().Where(invoice => invoice.Mode == mode && invoice.Currency == owner.Currency && invoice.IssuedAt >= since && invoice.Status != InvoiceStatus.Void);
        var (count, gross) = (await issued.CountAsync(cancel), await issued.SumAsync(invoice => invoice.GrossMinor, cancel));
        var first = await issued.MinAsync(invoice => invoice.IssuedAt, cancel);

        // Of a company that has been here for a month, a year is twelve of them.
        var yearly = first is { } from ? Days / Math.Max(1, Math.Min(Days, (now - from).TotalDays)) : 1;
        var dso = Dso.AsOf(today, (await InvoiceHistory.ReadAsync(db, owner, mode, cancel)).ReceivablesOn(today)).CountBackDays;
        var wrong = await issued.CountAsync(invoice => invoice.EditId != null || db.Set<InvoiceDecision>().Any(decision => decision.InvoiceId == invoice.Id && !decision.Approved), cancel);
        var spend = await db.Set<AdSpend>().Where(row => row.Mode == mode && row.Currency == owner.Currency && row.Day > today.AddDays(-Days)).GroupBy(_ => 1)
            .Select(all => new { Minor = all.Sum(row => row.CostMinor), First = all.Min(row => row.Day) }).SingleOrDefaultAsync(cancel);
        var credited = await OverviewQueries.PaidCredits(db, mode, owner.Currency).Where(credit => credit.PaidAt >= since).SumAsync(credit => credit.AmountMinor, cancel);
        var conversions = await db.Set<Conversion>().CountAsync(conversion => conversion.Mode == mode && conversion.OccurredAt >= since && conversion.Stage == ConversionStage.Booked && conversion.Platform == AdPlatform.Meta, cancel);
        var slots = await db.Set<InvoiceLine>().Where(line => line.BookingId != null && issued.Any(invoice => invoice.Id == line.InvoiceId && invoice.DraftVersion == line.DraftVersion)).SumAsync(line => line.NetMinor, cancel);
        decimal Whole(long minor) => new Money(minor, owner.Currency).Amount;
        var known = new HashSet<string>(StringComparer.Ordinal);
        Spread Own(string name, double? value, Spread otherwise)
        {
            if (value is not { } own || !double.IsFinite(own))
                return otherwise;
            known.Add(name);
            return Spread.Exactly(own);
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
        SetUpCost = Spread.Exactly(0),
        RunningCost = Spread.Exactly(0),
    };
}

/// <param name="Known">Names of the inputs that are the company's own figures.</param>
/// <param name="Mode">Of the rows that they were read from.</param>
public sealed record Prefill(SimulationInputs Inputs, IReadOnlySet<string> Known, string Currency, Mode Mode, DateTimeOffset At);
