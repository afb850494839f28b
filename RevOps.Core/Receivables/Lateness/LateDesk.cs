using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Data;
using RevOps.Core.Identity;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Receivables.Lateness;

/// <summary>How a click about a late invoice ended.</summary>
public enum LateResult
{
    Done = 0,

    /// <summary>It says what is there already.</summary>
    NothingNew = 1,

    /// <summary>The role was withdrawn, or the session ended, since the page was opened; or it lacks the second factor that it needs.</summary>
    NotAllowed = 2,

    /// <summary>Nothing of it is owed any more.</summary>
    NotOwed = 3,

    /// <summary>It is disputed: that comes first.</summary>
    Disputed = 4,

    /// <summary>The promised day is not over.</summary>
    Promised = 5,

    /// <summary>The client has no e-mail address.</summary>
    NoEmail = 6,

    /// <summary>One was sent today, or the rule of this day has sent its own.</summary>
    SentToday = 7,

    /// <summary>A day from today on, and within a year, is expected.</summary>
    WrongDay = 8,

    /// <summary>Whoever is to look into it works here no more.</summary>
    NoOwner = 9,

    /// <summary>More was written than there is room for.</summary>
    TooLong = 10,
}

/// <param name="OwnerId">A user of the house.</param>
/// <param name="Note">May be empty.</param>
public sealed record DisputeEntry(DisputeReason Reason, Guid OwnerId, string Note);

/// <summary>Disputes, promises, calls and reminders by hand, as the buttons call them. Each is audited on its invoice.</summary>
public sealed class LateDesk(IDbContextFactory<RevOpsDb> databases, TwoFactorRule rule, AuditTrail audit, Vault vault, CompanyProfile company, WriteReminder write, TimeProvider clock)
{
    public const int LongestNote = 1_000;
    private const int FurthestPromise = 366;

    /// <summary>Opens a dispute; where one is open, says anew what it is about and who looks into it.</summary>
    public Task<LateResult> DisputeAsync(Guid invoiceId, DisputeEntry entry, Approver approver, CancellationToken cancel) => ActAsync(invoiceId, approver, async (db, invoice, _) =>
    {
        if (entry.Note.Trim().Length > LongestNote)
            return LateResult.TooLong;
        if (!invoice.IsIssued || invoice.Outstanding.Minor <= 0)
            return LateResult.NotOwed;
        if (!await db.Set<User>().AnyAsync(user => user.Id == entry.OwnerId, cancel))
            return LateResult.NoOwner;
        var dispute = await OpenOfAsync(db, invoiceId, cancel);
        var before = dispute is null ? null : new { dispute.Reason, Owner = dispute.OwnerId };
        if (dispute is null)
            db.Add(dispute = new() { Id = Guid.CreateVersion7(), InvoiceId = invoiceId, Reason = entry.Reason, OwnerId = entry.OwnerId, UserId = approver.UserId, OpenedAt = clock.GetUtcNow() });
        (dispute.Reason, dispute.OwnerId) = (entry.Reason, entry.OwnerId);
        dispute.SealedNote = entry.Note.Trim() is { Length: > 0 } note ? await vault.SealAsync(db, DataKey.Company, dispute.Id, note, cancel) : null;
        await NoteAsync(db, approver, "invoice.disputed", invoiceId, before, new { dispute.Reason, Owner = dispute.OwnerId }, cancel);
        return LateResult.Done;
    }, cancel);

    /// <summary>The client has its answer: from now on it is reminded again.</summary>
    public Task<LateResult> CloseDisputeAsync(Guid invoiceId, Approver approver, CancellationToken cancel) => ActAsync(invoiceId, approver, async (db, _, _) =>
    {
        if (await OpenOfAsync(db, invoiceId, cancel) is not { } dispute)
            return LateResult.NothingNew;
        dispute.ClosedAt = clock.GetUtcNow();
        await NoteAsync(db, approver, "invoice.disputeClosed", invoiceId, new { dispute.Reason, Owner = dispute.OwnerId }, after: null, cancel);
        return LateResult.Done;
    }, cancel);

    /// <summary>The day on which the client will pay, by its own word; it takes the place of an earlier one.</summary>
    public Task<LateResult> PromiseAsync(Guid invoiceId, DateOnly day, Approver approver, CancellationToken cancel) => ActAsync(invoiceId, approver, async (db, invoice, owner) =>
    {
        var today = owner.DayOf(clock.GetUtcNow());
        if (day < today || day > today.AddDays(FurthestPromise))
            return LateResult.WrongDay;
        if (!invoice.IsIssued || invoice.Outstanding.Minor <= 0)
            return LateResult.NotOwed;
        var standing = await db.Set<PaymentPromise>().Where(promise => promise.InvoiceId == invoiceId && promise.EndedAt == null).ToListAsync(cancel);
        if (standing is [{ PromisedOn: var same }] && same == day)
            return LateResult.NothingNew;
        standing.ForEach(promise => promise.EndedAt = clock.GetUtcNow());
        db.Add(new PaymentPromise { Id = Guid.CreateVersion7(), InvoiceId = invoiceId, PromisedOn = day, UserId = approver.UserId, OccurredAt = clock.GetUtcNow() });
        await NoteAsync(db, approver, "invoice.promised", invoiceId, standing.Count == 0 ? null : new { PromisedOn = standing.Max(promise => promise.PromisedOn) }, new { PromisedOn = day }, cancel);
        return LateResult.Done;
    }, cancel);

    /// <summary>Somebody spoke to the client, or tried to: the call list leaves it alone for some days. A call has no state beside having been made, so it stands in the audit.</summary>
    public Task<LateResult> CalledAsync(Guid invoiceId, Approver approver, CancellationToken cancel) => ActAsync(invoiceId, approver, async (db, _, _) =>
    {
        await NoteAsync(db, approver, CallList.CalledAction, invoiceId, before: null, after: null, cancel);
        return LateResult.Done;
    }, cancel);

    /// <summary>Sends a reminder out of turn, with the words of the rule that comes nearest.</summary>
    public Task<LateResult> RemindAsync(Guid invoiceId, Approver approver, CancellationToken cancel) => ActAsync(invoiceId, approver, async (db, invoice, owner) =>
    {
        var today = owner.DayOf(clock.GetUtcNow());
        if (await ReminderStops.OfAsync(db, invoice, today, cancel) is { } stop)
            return stop switch { ReminderStop.Disputed => LateResult.Disputed, ReminderStop.Promised => LateResult.Promised, _ => LateResult.NotOwed };
        var late = today.DayNumber - invoice.DueOn!.Value.DayNumber;
        var start = owner.StartOf(today);
        if (await db.Set<Reminder>().AnyAsync(reminder => reminder.InvoiceId == invoiceId && (reminder.OffsetDays == late || reminder.OccurredAt >= start), cancel))
            return LateResult.SentToday;
        var rules = await ReminderRules.CurrentAsync(db, cancel);
        var words = rules.LastOrDefault(one => one.OffsetDays <= late) ?? rules[0];
        return await write.AddAsync(db, invoice, words, late, owner, approver.UserId, cancel) ? LateResult.Done : LateResult.NoEmail;
    }, cancel);

    private static Task<InvoiceDispute?> OpenOfAsync(RevOpsDb db, Guid invoiceId, CancellationToken cancel) =>
        db.Set<InvoiceDispute>().Where(dispute => dispute.InvoiceId == invoiceId && dispute.ClosedAt == null).OrderByDescending(dispute => dispute.OpenedAt).FirstOrDefaultAsync(cancel);

    private Task NoteAsync(RevOpsDb db, Approver approver, string action, Guid invoiceId, object? before, object? after, CancellationToken cancel) =>
        audit.WriteAsync(db, new(approver.Actor, action, nameof(Invoice), invoiceId.ToString()) { Before = before, After = after }, cancel);

    private async Task<LateResult> ActAsync(Guid invoiceId, Approver approver, Func<RevOpsDb, Invoice, CompanyVersion, Task<LateResult>> act, CancellationToken cancel)
    {
        // Before the writer gate is held: then nothing but this database may be waited for.
        var owner = await company.CurrentAsync(cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        if (!await approver.MayDecideAsync(db, rule, cancel))
            return LateResult.NotAllowed;
        if (await db.Set<Invoice>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == invoiceId, cancel) is not { } invoice)
            return LateResult.NotOwed;
        var result = await act(db, invoice, owner);
        if (result == LateResult.Done)
            await db.SaveChangesAsync(cancel);
        return result;
    }
}
