using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Platform.Live;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Core.Platform.Mail;

/// <summary>Every night: what ended more than three months ago is forgotten.</summary>
public sealed class ForgetMails(IDbContextFactory<RevOpsDb> databases, ChangeFeed feed) : IOutboxJob
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    public async Task<OutboxResult> RunAsync(OutboxRow row, CancellationToken cancel)
    {
        var before = TimeProvider.System.GetUtcNow() - Kept;
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.WriteAsync(() => db.Set<StoredMail>().Where(mail => mail.RecordedAt < before && (mail.State == MailState.Sent || mail.State == MailState.GivenUp)).ExecuteDeleteAsync(cancel), cancel);
        feed.Publish(nameof(StoredMail));
        return OutboxResult.Done;
    }
}
