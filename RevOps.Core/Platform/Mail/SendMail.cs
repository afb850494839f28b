using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Platform.Mail;

/// <summary>Sends one mail. What a server says against it is stored without the address, which servers like to repeat.</summary>
public sealed partial class SendMail(IDbContextFactory<RevOpsDb> databases, Vault vault, MailSender sender) : IOutboxJob
{
    private const string Expired = "expired";
    private const string Erased = "erased";

    public async Task<OutboxResult> RunAsync(OutboxRow row, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await db.Set<StoredMail>().FindAsync([Guid.Parse(row.Argument)], cancel) is not { State: MailState.Waiting or MailState.Failing } mail)
            return OutboxResult.Done;
        var result = await TryAsync(mail, cancel);
        await db.SaveChangesAsync(cancel);
        return result;
    }

    private async Task<OutboxResult> TryAsync(StoredMail mail, CancellationToken cancel)
    {
        var now = TimeProvider.System.GetUtcNow();
        if (mail.ExpiresAt < now)
            return GiveUp(mail, Expired);
        if (await vault.OpenAsync(mail.OwnerId, mail.Id, mail.SealedRecipient, cancel) is not { } recipient || await vault.OpenAsync(mail.OwnerId, mail.Id, mail.SealedContent, cancel) is not { } content)
            return GiveUp(mail, Erased);

        mail.Attempts++;
        try
        {
            mail.Way = await sender.SendAsync(mail, recipient, JsonSerializer.Deserialize<MailContent>(content)!, cancel);
        }
#pragma warning disable CA1031 // Whatever a server, a network or a disk has against it: it is stored, shown and tried again.
        catch (Exception error) when (!cancel.IsCancellationRequested)
#pragma warning restore CA1031
        {
            (mail.State, mail.Error) = (MailState.Failing, Said(error));
            return OutboxResult.Retry(mail.Error, Pause(mail.Attempts));
        }

        (mail.SentAt, mail.Error) = (now, null);
        mail.EndAs(MailState.Sent);
        return OutboxResult.Done;
    }

    private static OutboxResult GiveUp(StoredMail mail, string why)
    {
        mail.Error = why;
        mail.EndAs(MailState.GivenUp);
        return OutboxResult.Done;
    }

    private static string Said(Exception error)
    {
        var text = Address().Replace($"{error.GetType().Name}: {error.Message}".ReplaceLineEndings(" "), "(address)");
        return text.Length <= 500 ? text : text[..500];
    }

    /// <summary>Half a minute, then twice as long each time, at most an hour.</summary>
    private static TimeSpan Pause(int attempts) => TimeSpan.FromSeconds(Math.Min(3_600, 30 * Math.Pow(2, Math.Min(attempts - 1, 10))));

    [GeneratedRegex(@"[^\s<>""']+@[^\s<>""']+", RegexOptions.None, 1_000)]
    private static partial Regex Address();
}
