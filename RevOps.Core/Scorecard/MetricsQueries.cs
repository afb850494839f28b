using Microsoft.EntityFrameworkCore;
using RevOps.Core.Attribution;
using RevOps.Core.Billing;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Conversions;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Receivables;
using RevOps.Core.Scorecard.Checks;
using RevOps.Core.Spend;

namespace RevOps.Core.Scorecard;

/// <summary>The figures of the Overview and of the API, of one mode and a period of the company's days.</summary>
public sealed class MetricsQueries(IDbContextFactory<RevOpsDb> databases, CompanyProfile company, StripeAccount stripe, ScorecardQueries scorecard, TimeProvider clock)
{
    /// <summary>The last 30 days, today included.</summary>
    public async Task<(DateOnly From, DateOnly To)> UsualPeriodAsync(CancellationToken cancel)
    {
        var today = (await company.CurrentAsync(cancel)).DayOf(clock.GetUtcNow());
        return (today.AddDays(-29), today);
    }

    /// <param name="from">First day, in the company's zone.</param>
    /// <param name="to">Last day, included; receivables and DSO stand as of its end.</param>
    public async Task<Metrics> OfAsync(DateOnly from, DateOnly to, CancellationToken cancel)
    {
        var owner = await company.CurrentAsync(cancel);
        var mode = stripe.Connection?.Mode ?? Mode.Live;
        var (start, end) = (owner.StartOf(from), owner.StartOf(to.AddDays(1)));

        await using var db = await databases.CreateDbContextAsync(cancel);

        // Read first: where nothing is pending now, what is read after it has ended too, and the document does not contradict itself.
        var outbox = await OutboxAsync(db, cancel);
        var receivables = (await InvoiceHistory.ReadAsync(db, owner, mode, cancel)).ReceivablesOn(to);
        var dso = Dso.AsOf(to, receivables);
        return new()
        {
            AsOf = clock.GetUtcNow(),
            Mode = mode,
            Dso = new(dso.SimpleDays, dso.CountBackDays, dso.TrueDays, dso.BestPossibleDays),
            Receivables = new(receivables.Sum(row => row.OpenMinor), receivables.Where(row => row.DueOn < to).Sum(row => row.OpenMinor), owner.Currency),
            Invoices = await InvoicesAsync(db, mode, start, end, cancel),
            Roas = await RoasAsync(db, owner.Currency, mode, (from, to), (start, end), cancel),
            Conversions = await ConversionsAsync(db, mode, start, end, cancel),
            Score = (await scorecard.OfAsync(mode, cancel)).Figures,
            Outbox = outbox,
        };
    }

    private static async Task<InvoiceCounts> InvoicesAsync(RevOpsDb db, Mode mode, DateTimeOffset start, DateTimeOffset end, CancellationToken cancel)
    {
        var invoices = db.Set<Invoice>().Where(invoice => invoice.Mode == mode);
        return new(
            await invoices.CountAsync(invoice => invoice.Status == InvoiceStatus.ReadyForReview, cancel),
            await invoices.CountAsync(Invoice.IsOwed, cancel),
            await invoices.CountAsync(invoice => invoice.Status == InvoiceStatus.Paid && invoice.PaidAt >= start && invoice.PaidAt < end, cancel),
            await invoices.CountAsync(invoice => invoice.Status == InvoiceStatus.Cancelled && invoice.CancelledAt >= start && invoice.CancelledAt < end, cancel));
    }

    private static async Task<RoasFigures> RoasAsync(
        RevOpsDb db, string currency, Mode mode, (DateOnly From, DateOnly To) days, (DateTimeOffset Start, DateTimeOffset End) period, CancellationToken cancel)
    {
        var spend = await db.Set<AdSpend>().Where(row => row.Mode == mode && row.Currency == currency && row.Day >= days.From && row.Day <= days.To).SumAsync(row => row.CostMinor, cancel);
        var credits = db.Set<Credit>().Where(credit => credit.Model == CreditTouches.LastNonDirect && credit.Mode == mode && credit.Currency == currency
            && (credit.Channel == Channel.PaidSearch || credit.Channel == Channel.PaidSocial));
        var byClick = await credits.Where(credit => credit.TouchedAt >= period.Start && credit.TouchedAt < period.End).SumAsync(credit => credit.AmountMinor, cancel);
        var byPayment = await credits.Where(credit => credit.PaidAt >= period.Start && credit.PaidAt < period.End).SumAsync(credit => credit.AmountMinor, cancel);
        return new(spend == 0 ? null : (double)byClick / spend, spend == 0 ? null : (double)byPayment / spend, CreditTouches.LastNonDirect);
    }

    private static async Task<ConversionCounts> ConversionsAsync(RevOpsDb db, Mode mode, DateTimeOffset start, DateTimeOffset end, CancellationToken cancel)
    {
        var counts = await db.Set<Conversion>().Where(conversion => conversion.Mode == mode && conversion.OccurredAt >= start && conversion.OccurredAt < end)
            .GroupBy(conversion => conversion.Status).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(row => row.Key, row => row.Count, cancel);
        int Of(ConversionStatus status) => counts.GetValueOrDefault(status);

        // Taken by the platform and not judged yet is on its way as much as what still waits here.
        return new(Of(ConversionStatus.Queued) + Of(ConversionStatus.Received), Of(ConversionStatus.Held), Of(ConversionStatus.Delivered), Of(ConversionStatus.Rejected));
    }

    private static async Task<OutboxCounts> OutboxAsync(RevOpsDb db, CancellationToken cancel)
    {
        var open = db.Set<OutboxRow>().Where(row => row.State == OutboxState.Waiting || row.State == OutboxState.Running);
        return new(await open.CountAsync(cancel), await open.CountAsync(row => row.LastError != null && !row.Held, cancel));
    }
}
