using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Platform.Mail;

/// <summary>Where features hand in what they want to have sent, and administrators ask for another try.</summary>
public sealed class MailDesk(IDbContextFactory<RevOpsDb> databases, Vault vault, OutboxDesk outbox, AuditTrail audit, TimeProvider clock)
{
    /// <summary>Adds a mail to the context: it leaves once that is saved, with whatever it tells of.</summary>
    /// <returns>Its id.</returns>
    public Task<Guid> QueueAsync(RevOpsDb db, MailDraft draft, CancellationToken cancel = default) => QueueAsync<SendMail>(db, draft, cancel);

    /// <summary>The same by a job of the feature's own, which looks whether it is still wanted before it has <see cref="SendMail"/> send it.</summary>
    public async Task<Guid> QueueAsync<TJob>(RevOpsDb db, MailDraft draft, CancellationToken cancel) where TJob : IOutboxJob
    {
        var (id, owner, now) = (Guid.CreateVersion7(), draft.Owner ?? DataKey.Company, TimeProvider.System.GetUtcNow());
        db.Add(new StoredMail
        {
            Id = id,
            Kind = draft.Kind,
            SubjectId = draft.SubjectId,
            OwnerId = owner,
            IsSecret = draft.IsSecret,
            SealedRecipient = await vault.SealAsync(db, owner, id, draft.Recipient, cancel),
            SealedContent = await vault.SealAsync(db, owner, id, JsonSerializer.Serialize(new MailContent(draft.Subject, draft.Text)), cancel),
            RecordedAt = now,
            ExpiresAt = draft.Lasts is { } lasts ? now + lasts : null,
        });
        db.Enqueue<TJob>(id.ToString(), clock.GetUtcNow());
        return id;
    }

    /// <summary>Tries again now; false when it has ended or is on its way.</summary>
    public async Task<bool> RetryAsync(Guid id, string actor, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);

        // Whichever job carries it: no other has a mail's id for its key.
        var key = id.ToString();
        var row = await db.Set<OutboxRow>().AsNoTracking().SingleOrDefaultAsync(candidate => candidate.Key == key, cancel);
        return row is not null && await outbox.RetryAsync([row.Id], actor, cancel) > 0;
    }

    /// <summary>Gives one up that was not sent; false when it has ended or is on its way.</summary>
    public async Task<bool> GiveUpAsync(Guid id, string actor, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        if (await db.Set<StoredMail>().FindAsync([id], cancel) is not { State: MailState.Waiting or MailState.Failing } mail)
            return false;
        mail.EndAs(MailState.GivenUp);
        await audit.WriteAsync(db, new(actor, "mail.givenUp", nameof(StoredMail), id.ToString()) { After = new { mail.Kind, mail.SubjectId } }, cancel);
        await db.SaveChangesAsync(cancel);
        return true;
    }
}

/// <param name="Kind">Its name on the Mail page.</param>
/// <param name="Recipient">An address.</param>
/// <param name="Text">Plain text.</param>
public sealed record MailDraft(string Kind, string Recipient, string Subject, string Text)
{
    public Guid? SubjectId { get; init; }

    /// <summary>The person under whose key it is sealed; the company when null.</summary>
    public Guid? Owner { get; init; }

    /// <summary>It holds a link that lets somebody in: its text is forgotten once it has left.</summary>
    public bool IsSecret { get; init; }

    /// <summary>After this nobody would want it any more.</summary>
    public TimeSpan? Lasts { get; init; }
}

public sealed record MailContent(string Subject, string Text);
