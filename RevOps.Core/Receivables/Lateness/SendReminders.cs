using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Core.Receivables.Lateness;

/// <summary>
/// Every morning: reminds of each owed invoice whose rule's day has come, each in a commit of its own, so that one that fails holds up no
/// other and a second run finds what was done.
/// </summary>
public sealed class SendReminders(IDbContextFactory<RevOpsDb> databases, CompanyProfile company, StripeAccount stripe, WriteReminder write, TimeProvider clock) : IOutboxJob
{
    public async Task<OutboxResult> RunAsync(OutboxRow row, CancellationToken cancel)
    {
        var owner = await company.CurrentAsync(cancel);
        var today = owner.DayOf(clock.GetUtcNow());
        var (candidates, rules) = await CandidatesAsync(today, cancel);
        foreach (var id in candidates)
            await RemindAsync(id, rules, owner, today, cancel);
        return OutboxResult.Done;
    }

    private async Task<(List<Guid> Invoices, List<ReminderRule> Rules)> CandidatesAsync(DateOnly today, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (!(await ReceivableRules.CurrentAsync(db, cancel)).Reminds)
            return ([], []);
        var rules = (await ReminderRules.CurrentAsync(db, cancel)).Where(rule => rule.IsOn).ToList();
        if (rules.Count == 0)
            return ([], []);
        var (last, mode) = (today.AddDays(-rules.Min(rule => rule.OffsetDays)), stripe.Connection?.Mode ?? Mode.Live);
        var found = await db.Set<Invoice>().AsNoTracking()
            .Where(Invoice.IsOwed).Where(invoice => invoice.Mode == mode && invoice.Status != InvoiceStatus.Uncollectible && invoice.DueOn <= last && invoice.Origin != InvoiceOrigin.Imported && invoice.Origin != InvoiceOrigin.OpeningBalance)
            .Where(invoice => !db.Set<InvoiceDispute>().Any(dispute => dispute.InvoiceId == invoice.Id && dispute.ClosedAt == null))
            .Where(invoice => !db.Set<PaymentPromise>().Any(promise => promise.InvoiceId == invoice.Id && promise.EndedAt == null && promise.PromisedOn >= today))
            .OrderBy(invoice => invoice.DueOn).ThenBy(invoice => invoice.Id).Select(invoice => invoice.Id).ToListAsync(cancel);
        return (found, rules);
    }

    private async Task RemindAsync(Guid id, List<ReminderRule> rules, CompanyVersion owner, DateOnly today, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        var invoice = await db.Set<Invoice>().AsNoTracking().SingleAsync(row => row.Id == id, cancel);
        if (await ReminderStops.OfAsync(db, invoice, today, cancel) is not null)
            return;
        var sent = await db.Set<Reminder>().Where(reminder => reminder.InvoiceId == id).Select(reminder => reminder.OffsetDays).ToListAsync(cancel);
        if (ReminderStops.DueOf(invoice, rules, sent, today) is { } rule && await write.AddAsync(db, invoice, rule, rule.OffsetDays, owner, userId: null, cancel))
            await db.SaveChangesAsync(cancel);
    }
}
