using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RevOps.Core.Identity;
using RevOps.Core.Platform.Mail;
using RevOps.Core.Platform.Outbox;
using RevOps.Tests.Testing;
using RevOps.Web.Platform;

namespace RevOps.Tests.Identity;

/// <summary>A forgotten password, from the form to the new one.</summary>
public sealed class ResetTests : IAsyncDisposable
{
    private const string Email = "ann@agency.example";
    private readonly Said log = new();
    private readonly RevOpsHost host;

    public ResetTests() => host = new() { Settings = { ["Logging:LogLevel:Default"] = "Information" }, Configure = services => services.AddLogging(logging => logging.AddProvider(log)) };

    [Fact]
    public async Task Link_SetsAPasswordOnceAndEndsWhatWasOpen()
    {
        await host.HireAsync(Email, Roles.Marketing);
        using var open = await host.ComeInAsync(Email);
        await AskAsync(Email);
        var mail = Assert.Single(await host.MailsAsync());
        Assert.Equal(("Set a new password", Email), (mail.Subject, mail.To.Mailboxes.Single().Address));
        var link = Staff.LinkIn(mail);
        Assert.DoesNotContain("ann", link, StringComparison.OrdinalIgnoreCase);

        using var stranger = host.Client();
        using var set = await stranger.SubmitAsync(link, "password", ("Password", "another long sentence"));
        Assert.Equal("/signin?said=reset", set.LeadsTo());
        Assert.False(await open.IsInAsync());
        using var old = await host.Client().TryPasswordAsync(Email);
        Assert.Null(old.LeadsTo());
        using var fresh = await host.Client().TryPasswordAsync(Email, "another long sentence");
        Assert.Equal("/", fresh.LeadsTo());

        Assert.Contains("This link opens nothing any more", await stranger.GetStringAsync(link), StringComparison.Ordinal);
        Assert.Contains(await host.MailsAsync(), one => one.Subject == "Your password was changed");
    }

    [Fact]
    public async Task Answer_IsTheSameForEverybody()
    {
        await host.HireAsync(Email, Roles.Marketing);
        Assert.Equal(Words(await AskAsync(Email)), Words(await AskAsync("nobody@agency.example")));
        Assert.Single(await host.MailsAsync());

        // The anti-forgery token and the nonce differ from answer to answer.
        static string Words(string html) => System.Text.RegularExpressions.Regex.Replace(html, "(?:nonce|value)=\"[^\"]*\"|<!--.*?-->", "", System.Text.RegularExpressions.RegexOptions.Singleline, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Link_StandsInNoLogNoAuditAndNoRow()
    {
        await host.HireAsync(Email, Roles.Marketing);
        await AskAsync(Email);
        var link = Staff.LinkIn(Assert.Single(await host.MailsAsync()));
        (await host.Client().GetAsync(link)).Dispose();
        var token = Uri.UnescapeDataString(link.Split("token=")[1]);

        Assert.NotEmpty(log.Lines);
        Assert.DoesNotContain(log.Lines, line => line.Contains(token[..40], StringComparison.Ordinal) || line.Contains(Email, StringComparison.OrdinalIgnoreCase));
        await using var db = await host.OpenDatabaseAsync();
        var row = await db.Set<StoredMail>().AsNoTracking().SingleAsync();
        Assert.Equal((MailState.Sent, true), (row.State, row.SealedContent is null));
        Assert.All(await db.Set<OutboxRow>().AsNoTracking().Where(job => job.Job == nameof(SendMail)).ToListAsync(), job => Assert.Equal((row.Id.ToString(), null), (job.Argument, job.LastError)));
    }

    [Fact]
    public async Task Mails_AreThreeAnHour()
    {
        await host.HireAsync(Email, Roles.Marketing);
        for (var asked = 0; asked < 5; asked++)
            await AskAsync(Email);
        Assert.Equal(3, (await host.MailsAsync()).Count);
    }

    [Fact]
    public async Task Link_ExpiresAndIsNotAnotherUsers()
    {
        await using var hasty = new RevOpsHost { Configure = services => services.Configure<DataProtectionTokenProviderOptions>(options => options.TokenLifespan = TimeSpan.Zero) };
        await hasty.HireAsync(Email, Roles.Marketing);
        using var stranger = hasty.Client();
        (await stranger.SubmitAsync("/forgot", "forgot", ("Email", Email))).Dispose();
        Assert.Contains("opens nothing any more", await stranger.GetStringAsync(Staff.LinkIn(Assert.Single(await hasty.MailsAsync()))), StringComparison.Ordinal);

        var bob = await host.HireAsync("bob@agency.example", Roles.Admin);
        await host.HireAsync(Email, Roles.Marketing);
        await AskAsync(Email);
        var token = Staff.LinkIn(Assert.Single(await host.MailsAsync())).Split("token=")[1];
        Assert.Contains("opens nothing any more", await host.Client().GetStringAsync($"/reset?user={bob:N}&token={token}"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("short", "at least 12")]
    [InlineData("password2026", "one of the first")]
    [InlineData("P4ssw0rdP4ssw0rd", "one of the first")]
    [InlineData("1234567890123", "one of the first")]
    [InlineData("aaaaaaaaaaaaaa", "one of the first")]
    [InlineData("Azertyuiop2026!", "one of the first")]
    [InlineData(Email, "no password")]
    public async Task Password_IsRefusedWithAWord(string password, string word)
    {
        await host.HireAsync(Email, Roles.Marketing);
        await AskAsync(Email);
        var link = Staff.LinkIn(Assert.Single(await host.MailsAsync()));
        using var refused = await host.Client().SubmitAsync(link, "password", ("Password", password));
        Assert.Contains(word, await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        // The link is still good.
        using var set = await host.Client().SubmitAsync(link, "password", ("Password", "another long sentence"));
        Assert.Equal("/signin?said=reset", set.LeadsTo());
    }

    [Theory]
    [InlineData("correct horse of a different colour")]
    [InlineData("le chat dort sous la table")]
    [InlineData("kM3$tq9!vLw2")]
    public void Password_ThatIsUncommonIsTaken(string password) => Assert.False(CommonPasswords.IsCommon(password));

    [Fact]
    public async Task LockedAccount_GetsNoLink()
    {
        var (id, admin) = (await host.HireAsync(Email, Roles.Marketing), await host.HireAsync("admin@agency.example", Roles.Admin));
        await host.AtDeskAsync(desk => desk.LockAsync(id, admin, CancellationToken.None));
        await AskAsync(Email);
        Assert.Empty(await host.MailsAsync());
    }

    [Theory]
    [InlineData(null, "*", "evil.example", null)]
    [InlineData(null, "revops.agency.example;*", "evil.example", null)]
    [InlineData(null, "*", "localhost:5080", "http://localhost:5080/")]
    [InlineData(null, "revops.agency.example", "revops.agency.example", "http://revops.agency.example/")]
    [InlineData("https://revops.agency.example/app", "*", "evil.example", "https://revops.agency.example/")]
    public void Address_OfALinkIsNotWhatAStrangerWritesIntoTheRequest(string? given, string hosts, string host, string? expected)
    {
        var settings = new Microsoft.Extensions.Configuration.ConfigurationManager { [PublicAddress.Key] = given, ["AllowedHosts"] = hosts };
        var request = new Microsoft.AspNetCore.Http.DefaultHttpContext().Request;
        (request.Scheme, request.Host) = ("http", new(host));
        Assert.Equal(expected, PublicAddress.From(settings).OfStranger(request)?.AbsoluteUri);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    private async Task<string> AskAsync(string email)
    {
        using var answer = await host.Client().SubmitAsync("/forgot", "forgot", ("Email", email));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>Everything that was logged.</summary>
    private sealed class Said : ILoggerProvider, ILogger
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<string> lines = new();

        public IReadOnlyCollection<string> Lines => lines;

        public ILogger CreateLogger(string categoryName) => this;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => lines.Enqueue(formatter(state, exception) + exception);

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public void Dispose()
        {
            // Nothing is held.
        }
    }
}
