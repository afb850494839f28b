using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Mail;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Core.Receivables.Lateness;

/// <summary>
/// Sends the mail of one reminder, unless the client has paid, contested or promised since it was written: while no server took it, days may
/// have gone by. One that is recalled was never said, so its rule's turn comes again.
/// </summary>
public sealed class MailReminder(IDbContextFactory<RevOpsDb> databases, CompanyProfile company, SendMail send, AuditTrail audit, TimeProvider clock) : IOutboxJob
{
    private const string AmountChanged = "amountChanged";

    public async Task<OutboxResult> RunAsync(OutboxRow row, CancellationToken cancel) =>
        await RecallAsync(Guid.Parse(row.Argument), cancel) ? OutboxResult.Done : await send.RunAsync(row, cancel);

    private async Task<bool> RecallAsync(Guid mailId, CancellationToken cancel)
    {
        // Before the writer gate is held: then nothing but this database may be waited for.
        var today = (await company.CurrentAsync(cancel)).DayOf(clock.GetUtcNow());
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        if (await db.Set<StoredMail>().FindAsync([mailId], cancel) is not { State: MailState.Waiting or MailState.Failing } mail)
            return false;
        var (reminder, invoice) = await LoadAsync(db, mailId, cancel);
        if (await WhyAsync(db, reminder, invoice, today, cancel) is not { } why)
            return false;
        mail.Error = why;
        mail.EndAs(MailState.GivenUp);
        db.Remove(reminder);
        await audit.WriteAsync(db, new(AuditTrail.System, "invoice.reminderRecalled", nameof(Invoice), invoice.Id.ToString())
        {
            Before = new { reminder.OffsetDays, reminder.OwedMinor, Mail = mailId },
            After = new { OwedMinor = invoice.Outstanding.Minor, invoice.Currency, Why = why },
        }, cancel);
        await db.SaveChangesAsync(cancel);
        return true;
    }

    private static async Task<(Reminder Reminder, Invoice Invoice)> LoadAsync(RevOpsDb db, Guid mailId, CancellationToken cancel)
    {
        var reminder = await db.Set<Reminder>().SingleAsync(row => row.MailId == mailId, cancel);
        return (reminder, await db.Set<Invoice>().AsNoTracking().SingleAsync(row => row.Id == reminder.InvoiceId, cancel));
    }

    /// <summary>A code that the Mail page translates; null where it still says what is so.</summary>
    private static async Task<string?> WhyAsync(RevOpsDb db, Reminder reminder, Invoice invoice, DateOnly today, CancellationToken cancel) => await ReminderStops.OfAsync(db, invoice, today, cancel) switch
    {
        null => invoice.Outstanding.Minor == reminder.OwedMinor ? null : AmountChanged,
        ReminderStop.Disputed => "disputed",
        ReminderStop.Promised => "promised",
        _ => "notOwed",
    };
}
