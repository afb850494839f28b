using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Data;
using RevOps.Core.Identity;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Receivables.Reconciliation;

/// <summary>How a click on the reconciliation ended. The names are put into words by the page.</summary>
public enum MonthResult
{
    Done = 0,
    NotAllowed = 1,

    /// <summary>Somebody was faster.</summary>
    Outdated = 2,

    /// <summary>The month is not over.</summary>
    NotOver = 3,

    /// <summary>Two people reopen a month: this one asked for it.</summary>
    SamePerson = 4,

    /// <summary>A reason is needed.</summary>
    NoReason = 5,
}

/// <summary>Closes months with their evidence, opens them again with two people and a reason, and keeps reason and owner of exceptions.</summary>
public sealed class MonthDesk(IDbContextFactory<RevOpsDb> databases, ReconciliationQueries queries, CompanyProfile company, StripeAccount stripe, Vault vault, AuditTrail audit, TwoFactorRule rule, TimeProvider clock)
{
    public const int LongestReason = 500;

    /// <summary>Why something does not agree. Kept by their names.</summary>
    public static readonly IReadOnlyList<string> Reasons = ["crmMistake", "notSent", "invoiceMistake", "otherMonth", "bankDelay", "agreed", "underReview", "other"];

    private Mode Mode => stripe.Connection?.Mode ?? Mode.Live;

    /// <summary>Freezes a month: its figures, its rows and all facts of its days.</summary>
    public async Task<MonthResult> CloseAsync(DateOnly month, Approver approver, CancellationToken cancel)
    {
        var (owner, last) = (await company.CurrentAsync(cancel), month.AddMonths(1).AddDays(-1));
        if (last >= owner.DayOf(clock.GetUtcNow()))
            return MonthResult.NotOver;
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (!await approver.MayDecideAsync(db, rule, cancel))
            return MonthResult.NotAllowed;
        await db.BeginWorkAsync(cancel);
        if (await Standing(db, month).AnyAsync(cancel))
            return MonthResult.Outdated;
        var evidence = (await EvidenceAsync(db, owner, month, last, cancel)).ToJson();
        var closed = new ClosedMonth { Id = Guid.CreateVersion7(), Month = month, Mode = Mode, Evidence = evidence, EvidenceHash = MonthEvidence.HashOf(evidence), ClosedBy = approver.UserId, ClosedAt = clock.GetUtcNow() };
        db.Add(closed);
        await audit.WriteAsync(db, new(approver.Actor, "month.closed", nameof(ClosedMonth), closed.Id.ToString()) { After = new { closed.Month, Sha256 = Convert.ToHexStringLower(closed.EvidenceHash) } }, cancel);
        await db.SaveChangesAsync(cancel);
        return MonthResult.Done;
    }

    /// <summary>The first of two asks for it, with a reason; whoever asks again changes the reason.</summary>
    public Task<MonthResult> AskToReopenAsync(DateOnly month, string reason, Approver approver, CancellationToken cancel) => ChangeAsync(month, approver, "month.reopenAsked", closed =>
    {
        if (reason.Trim().Length is 0 or > LongestReason)
            return MonthResult.NoReason;
        (closed.ReopenAskedBy, closed.ReopenReason) = (approver.UserId, reason.Trim());
        return MonthResult.Done;
    }, cancel);

    /// <summary>The second agrees, and the month is open.</summary>
    public Task<MonthResult> ReopenAsync(DateOnly month, Approver approver, CancellationToken cancel) => ChangeAsync(month, approver, "month.reopened", closed =>
    {
        if (closed.ReopenAskedBy is not { } asked)
            return MonthResult.Outdated;
        if (asked == approver.UserId)
            return MonthResult.SamePerson;
        (closed.ReopenedBy, closed.ReopenedAt) = (approver.UserId, clock.GetUtcNow());
        return MonthResult.Done;
    }, cancel);

    /// <summary>Nobody wants it any more.</summary>
    public Task<MonthResult> KeepClosedAsync(DateOnly month, Approver approver, CancellationToken cancel) => ChangeAsync(month, approver, "month.reopenDropped", closed =>
    {
        (closed.ReopenAskedBy, closed.ReopenReason) = (null, null);
        return MonthResult.Done;
    }, cancel);

    /// <summary>Says why something does not agree, and who looks into it.</summary>
    public async Task<MonthResult> NoteAsync(string subject, string reason, Guid? ownerId, string? text, Approver approver, CancellationToken cancel)
    {
        if (!Reasons.Contains(reason) || text?.Length > LongestReason)
            return MonthResult.NoReason;
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (!await approver.MayDecideAsync(db, rule, cancel))
            return MonthResult.NotAllowed;
        await db.BeginWorkAsync(cancel);
        var note = await db.Set<ExceptionNote>().SingleOrDefaultAsync(row => row.Subject == subject, cancel);
        if (note is null)
            db.Add(note = new() { Id = Guid.CreateVersion7(), Subject = subject, Reason = reason, UserId = approver.UserId, OccurredAt = clock.GetUtcNow() });
        (note.Reason, note.OwnerId, note.UserId, note.OccurredAt) = (reason, ownerId, approver.UserId, clock.GetUtcNow());
        note.SealedText = string.IsNullOrWhiteSpace(text) ? null : await vault.SealAsync(db, DataKey.Company, note.Id, text.Trim(), cancel);
        await audit.WriteAsync(db, new(approver.Actor, "exception.noted", nameof(ExceptionNote), note.Id.ToString()) { After = new { subject, reason, ownerId, text } }, cancel);
        await db.SaveChangesAsync(cancel);
        return MonthResult.Done;
    }

    private async Task<MonthEvidence> EvidenceAsync(RevOpsDb db, CompanyVersion owner, DateOnly month, DateOnly last, CancellationToken cancel)
    {
        var parts = new List<CurrencyEvidence>();
        var closed = (await ReconciliationQueries.StandingAsync(db, Mode, cancel)).FindAll(other => other.Month < month);
        var posts = closed.Count == 0 || ReconciliationQueries.FirstOpen(closed) is { } first && first <= month;
        foreach (var currency in await ReconciliationQueries.CurrenciesAsync(db, owner, Mode, cancel))
        {
            var ledger = await queries.LedgerAsync(db, owner, Mode, currency, month, last, cancel);
            var notes = await queries.NotesAsync(db, [.. ledger.Exceptions.Select(row => row.Subject)], cancel);
            var ageing = Ageing.Of(await new ReceivablesLedger(db, owner, Mode, currency).OpenOnAsync(last, cancel), last);
            parts.Add(new(currency, ageing.Total, ageing.Overdue, ledger, [.. notes.Select(note => new NotedReason(note.Key, note.Value.Reason, note.Value.OwnerId))], await MonthFacts.LoadAsync(db, owner, Mode, currency, month, last, cancel),
                posts ? await ReconciliationQueries.LateAsync(db, owner, Mode, closed, currency, cancel) : []));
        }

        return new(month, parts);
    }

    private async Task<MonthResult> ChangeAsync(DateOnly month, Approver approver, string action, Func<ClosedMonth, MonthResult> change, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (!await approver.MayDecideAsync(db, rule, cancel))
            return MonthResult.NotAllowed;
        await db.BeginWorkAsync(cancel);
        if (await Standing(db, month).SingleOrDefaultAsync(cancel) is not { } closed)
            return MonthResult.Outdated;
        var result = change(closed);
        if (result != MonthResult.Done)
            return result;
        await audit.WriteAsync(db, new(approver.Actor, action, nameof(ClosedMonth), closed.Id.ToString()) { After = new { closed.Month, closed.ReopenAskedBy, closed.ReopenedBy }, Reason = closed.ReopenReason }, cancel);
        await db.SaveChangesAsync(cancel);
        return MonthResult.Done;
    }

    private IQueryable<ClosedMonth> Standing(RevOpsDb db, DateOnly month) => db.Set<ClosedMonth>().Where(row => row.Mode == Mode && row.Month == month && row.ReopenedAt == null);
}
