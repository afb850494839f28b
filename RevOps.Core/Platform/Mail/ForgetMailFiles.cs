using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using RevOps.Core.Data;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Platform.Mail;

/// <summary>Mails to somebody who was erased: where no server took them they lie as files, in clear. What has not left is given up.</summary>
public sealed class ForgetMailFiles(IDbContextFactory<RevOpsDb> databases, IConfiguration configuration) : IOutboxJob
{
    public async Task<OutboxResult> RunAsync(OutboxRow row, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        var mails = await db.Set<StoredMail>().Where(mail => db.Set<DataKey>().Any(key => key.OwnerId == mail.OwnerId && key.ErasedAt != null)).ToListAsync(cancel);
        foreach (var mail in mails)
        {
            File.Delete(Path.Combine(MailSender.FolderOf(configuration), MailSender.FileOf(mail)));
            if (mail.State is MailState.Waiting or MailState.Failing)
                mail.EndAs(MailState.GivenUp);
        }

        await db.SaveChangesAsync(cancel);
        return OutboxResult.Done;
    }
}
