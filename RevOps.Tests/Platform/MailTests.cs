using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Data;
using RevOps.Core.Platform.Mail;
using RevOps.Core.Platform.Outbox;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Platform;

/// <summary>A mail from the commit that asks for it to the server, or to the folder.</summary>
public sealed class MailTests : IAsyncDisposable
{
    private const string Ann = "ann@agency.example";
    private readonly SmtpStandIn server = new();
    private readonly TurnableClock clock = new();
    private readonly RevOpsHost host;

    public MailTests() => host = new()
    {
        Clock = clock,
        Settings = { ["Mail:Host"] = "127.0.0.1", ["Mail:Port"] = $"{server.Port}", ["Mail:Security"] = "None", ["Mail:From"] = "Agency <billing@agency.example>" },
    };

    [Fact]
    public async Task Mail_GoesToTheServerAndSecretsAreForgotten()
    {
        await QueueAsync(new("account", Ann, "Grüße", "Bonjour à toi"));
        await QueueAsync(new("reset", Ann, "Link", "https://revops.example/reset?token=abc") { IsSecret = true });
        await host.DrainAsync();

        Assert.Equal(2, server.Taken.Count);
        var first = MimeKit.MimeMessage.Load(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(server.Taken.Single(mail => mail.Contains("account", StringComparison.Ordinal) || !mail.Contains("token", StringComparison.Ordinal)))));
        Assert.Equal(("Grüße", "Bonjour à toi", Ann, "billing@agency.example"), (first.Subject, first.TextBody!.Trim(), first.To.Mailboxes.Single().Address, first.From.Mailboxes.Single().Address));

        await using var db = await host.OpenDatabaseAsync();
        var rows = await db.Set<StoredMail>().OrderBy(mail => mail.Kind).ToListAsync();
        Assert.All(rows, row => Assert.Equal((MailState.Sent, MailSender.Smtp), (row.State, row.Way)));
        Assert.Equal([false, true], rows.Select(row => row.SealedContent is null));
        Assert.DoesNotContain(rows, row => System.Text.Encoding.UTF8.GetString(row.SealedRecipient).Contains("ann", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Refusal_IsShownWithoutTheAddressAndTriedAgain()
    {
        server.Refusal = "450 4.2.1 <{0}>: mailbox of {0} is busy";
        await QueueAsync(new("account", Ann, "Hello", "Hello"));
        await host.DrainAsync();
        var failing = (await ListAsync()).Rows.Single();
        Assert.Equal((MailState.Failing, 1, "a…@agency.example"), (failing.State, failing.Attempts, failing.Recipient));
        Assert.Contains("is busy", failing.Error!, StringComparison.Ordinal);
        await using var db = await host.OpenDatabaseAsync();
        var job = await db.Set<OutboxRow>().AsNoTracking().SingleAsync(row => row.Job == nameof(SendMail));
        Assert.DoesNotContain("ann@", failing.Error + job.LastError, StringComparison.OrdinalIgnoreCase);

        // Not before its time, but at once when an administrator asks.
        server.Refusal = null;
        await host.DrainAsync();
        Assert.Empty(server.Taken);
        Assert.True(await host.Services.GetRequiredService<MailDesk>().RetryAsync(failing.Id, "user:admin", CancellationToken.None));
        await host.DrainAsync();
        Assert.Equal((MailState.Sent, 2), ((await ListAsync()).Rows.Single().State, (await ListAsync()).Rows.Single().Attempts));
        Assert.Single(server.Taken);
        Assert.False(await host.Services.GetRequiredService<MailDesk>().RetryAsync(failing.Id, "user:admin", CancellationToken.None));
    }

    [Fact]
    public async Task Failing_IsTriedAgainByItself()
    {
        server.Refusal = "450 later";
        await QueueAsync(new("account", Ann, "Hello", "Hello"));
        await host.DrainAsync();
        server.Refusal = null;
        clock.Advance(TimeSpan.FromMinutes(1));
        await host.DrainAsync();
        Assert.Single(server.Taken);
    }

    [Fact]
    public async Task MailThatNobodyWantsAnyMore_IsNotSent()
    {
        await QueueAsync(new("reset", Ann, "Link", "link") { IsSecret = true, Lasts = TimeSpan.FromMilliseconds(-1) });
        server.Refusal = "450 later";
        await QueueAsync(new("account", Ann, "Hello", "Hello"));
        await host.DrainAsync();
        var second = (await ListAsync()).Rows.Single(row => row.Kind == "account");
        Assert.True(await host.Services.GetRequiredService<MailDesk>().GiveUpAsync(second.Id, "user:admin", CancellationToken.None));
        server.Refusal = null;
        clock.Advance(TimeSpan.FromHours(1));
        await host.DrainAsync();
        Assert.All((await ListAsync()).Rows, row => Assert.Equal(MailState.GivenUp, row.State));
        Assert.Empty(server.Taken);
    }

    [Fact]
    public async Task Mail_LeavesWithTheCommitOnly()
    {
        await using (var db = await host.OpenDatabaseAsync())
            await host.Services.GetRequiredService<MailDesk>().QueueAsync(db, new("account", Ann, "Hello", "Hello"));
        await host.DrainAsync();
        Assert.Empty(server.Taken);
        Assert.Empty((await ListAsync()).Rows);
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await server.DisposeAsync();
    }

    private Task<MailList> ListAsync() => host.Services.GetRequiredService<MailQueries>().ListAsync(state: null, page: 1);

    private async Task QueueAsync(MailDraft draft)
    {
        await using RevOpsDb db = await host.OpenDatabaseAsync();
        await host.Services.GetRequiredService<MailDesk>().QueueAsync(db, draft);
        await db.SaveChangesAsync();
    }
}
