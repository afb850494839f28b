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
public sealed class ResetTests(ResetTests.OneHost one) : IClassFixture<ResetTests.OneHost>
{
    private const string Own = "their own address";
    private readonly RevOpsHost host = one.Host;

    // One host for all, and somebody else in each.
    private readonly string email = $"annabel.{Guid.NewGuid():N}@agency.example";

    [Fact]
    public async Task Link_SetsAPasswordOnceAndEndsWhatWasOpen()
    {
        await host.HireAsync(email, Roles.Marketing);
        using var open = await host.ComeInAsync(email);
        await AskAsync(email);
        var mail = Assert.Single(await MailsAsync());
        Assert.Equal(("Set a new password", email), (mail.Subject, mail.To.Mailboxes.Single().Address));
        var link = Staff.LinkIn(mail);
        Assert.DoesNotContain("annabel", link, StringComparison.OrdinalIgnoreCase);

        using var stranger = host.Client();
        using var set = await stranger.SubmitAsync(link, "password", ("Password", "another long sentence"));
        Assert.Equal("/signin?said=reset", set.LeadsTo());
        Assert.False(await open.IsInAsync());
        using var old = await host.Client().TryPasswordAsync(email);
        Assert.Null(old.LeadsTo());
        using var fresh = await host.Client().TryPasswordAsync(email, "another long sentence");
        Assert.Equal("/", fresh.LeadsTo());

        Assert.Contains("This link opens nothing any more", await stranger.GetStringAsync(link), StringComparison.Ordinal);
        Assert.Contains(await MailsAsync(), one => one.Subject == "Your password was changed");
    }

    [Fact]
    public async Task Answer_IsTheSameForEverybody()
    {
        await host.HireAsync(email, Roles.Marketing);
        Assert.Equal(Words(await AskAsync(email)), Words(await AskAsync("nobody@agency.example")));
        Assert.Single(await MailsAsync());
        Assert.DoesNotContain(await host.MailsAsync(), mail => mail.To.Mailboxes.Any(to => to.Address.StartsWith("nobody@", StringComparison.Ordinal)));

        // The anti-forgery token and the nonce differ from answer to answer.
        static string Words(string html) => System.Text.RegularExpressions.Regex.Replace(html, "(?:nonce|value)=\"[^\"]*\"|<!--.*?-->", "", System.Text.RegularExpressions.RegexOptions.Singleline, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Link_StandsInNoLogNoAuditAndNoRow()
    {
        var id = await host.HireAsync(email, Roles.Marketing);
        await AskAsync(email);
        var link = Staff.LinkIn(Assert.Single(await MailsAsync()));
        (await host.Client().GetAsync(link)).Dispose();
        var token = Uri.UnescapeDataString(link.Split("token=")[1]);

        Assert.NotEmpty(one.Log.Lines);
        Assert.DoesNotContain(one.Log.Lines, line => line.Contains(token[..40], StringComparison.Ordinal) || line.Contains(email, StringComparison.OrdinalIgnoreCase));
        await using var db = await host.OpenDatabaseAsync();
        var row = await db.Set<StoredMail>().AsNoTracking().SingleAsync(mail => mail.SubjectId == id);
        Assert.Equal((MailState.Sent, true), (row.State, row.SealedContent is null));
        Assert.Null((await db.Set<OutboxRow>().AsNoTracking().SingleAsync(job => job.Job == nameof(SendMail) && job.Argument == row.Id.ToString())).LastError);
        Assert.All(await db.Set<OutboxRow>().AsNoTracking().Where(job => job.Job == nameof(SendMail)).ToListAsync(), job => Assert.True(Guid.TryParse(job.Argument, out _)));
    }

    [Fact]
    public async Task Mails_AreThreeAnHour()
    {
        await host.HireAsync(email, Roles.Marketing);
        for (var asked = 0; asked < 5; asked++)
            await AskAsync(email);
        Assert.Equal(3, (await MailsAsync()).Count);
    }

    [Fact]
    public async Task Link_ExpiresAndIsNotAnotherUsers()
    {
        await using var hasty = new RevOpsHost { Configure = services => services.Configure<DataProtectionTokenProviderOptions>(options => options.TokenLifespan = TimeSpan.Zero) };
        await hasty.HireAsync(email, Roles.Marketing);
        using var stranger = hasty.Client();
        (await stranger.SubmitAsync("/forgot", "forgot", ("Email", email))).Dispose();
        Assert.Contains("opens nothing any more", await stranger.GetStringAsync(Staff.LinkIn(Assert.Single(await hasty.MailsAsync()))), StringComparison.Ordinal);

        var bob = await host.HireAsync("bob@agency.example", Roles.Admin);
        await host.HireAsync(email, Roles.Marketing);
        await AskAsync(email);
        var token = Staff.LinkIn(Assert.Single(await MailsAsync())).Split("token=")[1];
        Assert.Contains("opens nothing any more", await host.Client().GetStringAsync($"/reset?user={bob:N}&token={token}"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("short", "at least 12")]
    [InlineData("password2026", "one of the first")]
    [InlineData("P4ssw0rdP4ssw0rd", "one of the first")]
    [InlineData("1234567890123", "one of the first")]
    [InlineData("aaaaaaaaaaaaaa", "one of the first")]
    [InlineData("Azertyuiop2026!", "one of the first")]
    [InlineData(Own, "no password")]
    public async Task Password_IsRefusedWithAWord(string password, string word)
    {
        await host.HireAsync(email, Roles.Marketing);
        await AskAsync(email);
        var link = Staff.LinkIn(Assert.Single(await MailsAsync()));
        using var refused = await host.Client().SubmitAsync(link, "password", ("Password", password == Own ? email : password));
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
        var (id, admin) = (await host.HireAsync(email, Roles.Marketing), await host.HireAsync("admin@agency.example", Roles.Admin));
        await host.AtDeskAsync(desk => desk.LockAsync(id, admin, CancellationToken.None));
        await AskAsync(email);
        Assert.Empty(await MailsAsync());
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

    /// <summary>Those to them.</summary>
    private async Task<IReadOnlyList<MimeKit.MimeMessage>> MailsAsync() => [.. (await host.MailsAsync()).Where(mail => mail.To.Mailboxes.Any(to => to.Address == email))];

    private async Task<string> AskAsync(string email)
    {
        using var answer = await host.Client().SubmitAsync("/forgot", "forgot", ("Email", email));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }

    public sealed class OneHost : IAsyncDisposable
    {
        public OneHost() => Host = new() { Settings = { ["Logging:LogLevel:Default"] = "Information" }, Configure = services => services.AddLogging(logging => logging.AddProvider(Log)) };

        public RevOpsHost Host { get; }

        internal Said Log { get; } = new();

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }

    /// <summary>Everything that was logged.</summary>
    internal sealed class Said : ILoggerProvider, ILogger
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
