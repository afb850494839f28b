using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Conversions;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Live;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Scorecard.Alerts;

namespace RevOps.Core.Scorecard;

/// <summary>What waits for somebody now: shared by all who look, read again when one of its rows has changed.</summary>
public sealed class WaitingWorkQueries
{
    private readonly IDbContextFactory<RevOpsDb> databases;
    private readonly CompanyProfile company;
    private readonly StripeAccount stripe;
    private readonly IReadOnlyList<IConversionChannel> channels;
    private readonly TimeProvider clock;
    private readonly SharedRead<(Mode Mode, DateOnly Today), WaitingWork> work;

    public WaitingWorkQueries(
        IDbContextFactory<RevOpsDb> databases, CompanyProfile company, StripeAccount stripe, IEnumerable<IConversionChannel> channels, ChangeFeed feed, TimeProvider clock)
    {
        (this.databases, this.company, this.stripe, this.channels, this.clock) = (databases, company, stripe, [.. channels], clock);
        work = new(feed, [nameof(Invoice), nameof(Conversion), nameof(Alert), nameof(OutboxRow), nameof(CompanyVersion)], key => ReadAsync(key.Mode, key.Today)) { Pauses = true, KeepsEqual = true };
    }

    /// <summary>Nobody's work can leave for Stripe.</summary>
    public bool IsStripeMissing => stripe.Connection is null;

    public IReadOnlyList<AdPlatform> MissingPlatforms => [.. channels.Where(channel => channel.Mode is null).Select(channel => channel.Platform)];

    /// <summary>The same object as before while nothing has changed.</summary>
    public async Task<WaitingWork> NowAsync(TimeSpan mayBeOld, CancellationToken cancel) =>
        await work.OfAsync((stripe.Connection?.Mode ?? Mode.Live, (await company.CurrentAsync(cancel)).DayOf(clock.GetUtcNow())), mayBeOld).WaitAsync(cancel);

    private async Task<WaitingWork> ReadAsync(Mode mode, DateOnly today)
    {
        var currency = (await company.CurrentAsync()).Currency;
        await using var db = await databases.CreateDbContextAsync();
        var invoices = db.Set<Invoice>().Where(invoice => invoice.Mode == mode);
        var drafts = invoices.Where(invoice => invoice.Status == InvoiceStatus.ReadyForReview || invoice.Status == InvoiceStatus.Held);
        var waiting = await drafts.GroupBy(invoice => new { invoice.Status, Complete = invoice.Problems == "", invoice.Currency })
            .Select(group => new { group.Key.Status, group.Key.Complete, Part = new Part(group.Key.Currency, group.Count(), group.Sum(invoice => invoice.GrossMinor)) }).ToListAsync();
        var overdue = await invoices.Where(Invoice.IsOwed).Where(invoice => invoice.DueOn < today)
            .GroupBy(invoice => invoice.Currency).Select(group => new Part(group.Key, group.Count(), group.Sum(invoice => invoice.GrossMinor - invoice.CreditedMinor - invoice.PaidMinor))).ToListAsync();
        var conversions = db.Set<Conversion>().Where(conversion => conversion.Mode == mode);

        return new()
        {
            Ready = BatchOf(waiting.Where(row => row is { Status: InvoiceStatus.ReadyForReview, Complete: true }).Select(row => row.Part), currency),
            Incomplete = BatchOf(waiting.Where(row => row is { Status: InvoiceStatus.ReadyForReview, Complete: false }).Select(row => row.Part), currency),
            Held = BatchOf(waiting.Where(row => row.Status == InvoiceStatus.Held).Select(row => row.Part), currency),
            Drafts = BatchOf(waiting.Select(row => row.Part), currency),
            OldestAt = await drafts.MinAsync(invoice => invoice.DraftedAt),
            Overdue = BatchOf(overdue, currency),
            Undrafted = await invoices.CountAsync(invoice => invoice.Status == InvoiceStatus.Drafting),
            FailingJobs = await db.Set<OutboxRow>().CountAsync(row => row.State == OutboxState.Waiting && row.LastError != null && !row.Held),
            Alerts = await AlertQueries.ShownAsync(db, mode, today, CancellationToken.None),
            HeldConversions = await conversions.CountAsync(conversion => conversion.Status == ConversionStatus.Held),
            QueuedConversions = await conversions.Where(conversion => conversion.Status == ConversionStatus.Queued)
                .GroupBy(conversion => conversion.Platform).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(row => row.Key, row => row.Count),
        };
    }

    private static Batch BatchOf(IEnumerable<Part> parts, string first)
    {
        var all = parts.ToList();
        return new(all.Sum(part => part.Count),
        [
            .. all.GroupBy(part => part.Currency, StringComparer.Ordinal).Select(group => new Money(group.Sum(part => part.Minor), group.Key))
                .OrderBy(sum => sum.Currency != first).ThenBy(sum => sum.Currency, StringComparer.Ordinal),
        ]);
    }

    private sealed record Part(string Currency, int Count, long Minor);
}
