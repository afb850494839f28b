using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Identity;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Mail;
using RevOps.Core.Scorecard.Digest;
using RevOps.Core.Platform.Secrets;
using RevOps.Tests.Overview;
using RevOps.Web.Scorecard.Digest;

namespace RevOps.Tests.Scorecard;

/// <summary>The week as a page and as a letter: read on Monday, 2 March 2026.</summary>
public sealed class DigestTests
{
    [Fact]
    public async Task Figures_AreThoseOfTheWeekAndOfTheOneBefore()
    {
        var (world, invoice) = await WatchWorld.OpenAsync();
        await using var _ = world;
        await using (var db = await world.Host.OpenDatabaseAsync())
        {
            db.AddRange(OverviewWorld.Pay(invoice, 3_000, OverviewWorld.Noon(2026, 2, 24)), OverviewWorld.Pay(invoice, 1_000, OverviewWorld.Noon(2026, 3, 1)), OverviewWorld.Pay(invoice, 2_000, OverviewWorld.Noon(2026, 2, 16)), OverviewWorld.Pay(invoice, 500, OverviewWorld.Noon(2026, 3, 2)));
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        var queries = world.Get<DigestQueries>();
        var (last, running) = await queries.WeeksAsync(CancellationToken.None);
        Assert.Equal((new(2026, 2, 23), new(2026, 3, 2)), (last, running));
        var digest = (await queries.OfAsync(last, CancellationToken.None))!;
        Assert.Equal((new Period(new(2026, 2, 23), new(2026, 3, 1)), new Period(new(2026, 2, 16), new(2026, 2, 22)), true), (digest.Days, digest.Compared, digest.IsOver));
        Assert.Equal((4_000d, 2_000d), Of(digest, DigestKind.Cash));
        Assert.Equal(Enum.GetValues<DigestKind>(), digest.Figures.Select(figure => figure.Kind));
        Assert.Empty(digest.Next);

        // The one that lasts, up to today and against the same days.
        var now = (await queries.OfAsync(running, CancellationToken.None))!;
        Assert.Equal((new Period(running, running), false, (500d, 0d)), (now.Days, now.IsOver, Of(now, DigestKind.Cash)));
        Assert.Null(await queries.OfAsync(running.AddDays(7), CancellationToken.None));
    }

    [Fact]
    public async Task Letter_GoesOnceToWhoeverAskedAndMayStillSeeIt()
    {
        var (world, _) = await WatchWorld.OpenAsync();
        await using var __ = world;
        var (desk, english, french) = (world.Get<DigestDesk>(), await world.HireAsync(Roles.Management, "boss@agency.example"), await world.HireAsync(Roles.Management, "chef@agency.example", "fr"));
        Assert.False(await desk.AskAsync(true, await world.HireAsync(Roles.Finance), CancellationToken.None));
        foreach (var reader in new[] { english, french })
            Assert.True(await desk.AskAsync(true, reader, CancellationToken.None));
        await world.LookAsync();
        await world.RunAsync<SendDigests>();
        await world.RunAsync<SendDigests>();
        await world.Host.DrainAsync();

        // No server is set: they are files, and nothing fails.
        var letters = await world.Get<DigestQueries>().LettersAsync(new(2026, 2, 23), CancellationToken.None);
        Assert.Equal([(english.UserId, MailState.Sent, MailSender.File), (french.UserId, MailState.Sent, MailSender.File)], letters.OrderBy(letter => letter.UserId).Select(letter => (letter.UserId, letter.State!.Value, letter.Way!)));
        var texts = await TextsAsync(world);
        Assert.Contains(texts, text => text.Contains("Cash in: €0.00", StringComparison.Ordinal) && text.Contains("/digest?week=2026-02-23", StringComparison.Ordinal));
        Assert.Contains(texts, text => text.Contains("Encaissements\u00a0: 0,00\u00a0€", StringComparison.Ordinal));

        // Who no longer wants it, or may no longer see it, gets no next one.
        Assert.True(await desk.AskAsync(false, english, CancellationToken.None));
        world.Clock.Advance(TimeSpan.FromDays(7));
        await world.RunAsync<SendDigests>();
        Assert.Equal([french.UserId], (await world.Get<DigestQueries>().LettersAsync(new(2026, 3, 2), CancellationToken.None)).Select(letter => letter.UserId));
    }

    [Fact]
    public async Task Week_StaysAsItWasTold()
    {
        var (world, invoice) = await WatchWorld.OpenAsync();
        await using var _ = world;
        await world.LookAsync();
        await world.RunAsync<SendDigests>();
        var (week, queries) = (new DateOnly(2026, 2, 23), world.Get<DigestQueries>());
        var told = (await queries.OfAsync(week, CancellationToken.None))!;
        Assert.Equal((world.Clock.GetUtcNow(), (0d, 0d)), (told.ToldAt!.Value, Of(told, DigestKind.Cash)));

        // A payment of that week comes in late, and the job runs again.
        await using (var db = await world.Host.OpenDatabaseAsync())
        {
            db.Add(OverviewWorld.Pay(invoice, 3_000, OverviewWorld.Noon(2026, 2, 24)));
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        world.Clock.Advance(TimeSpan.FromHours(2));
        await world.RunAsync<SendDigests>();
        var again = (await queries.OfAsync(week, CancellationToken.None))!;
        Assert.Equal((told.ToldAt, (0d, 0d)), (again.ToldAt, Of(again, DigestKind.Cash)));
        Assert.Equal(told.Next.Select(line => (line.Rule.Id, line.ToWin)), again.Next.Select(line => (line.Rule.Id, line.ToWin)));
    }

    private static async Task<List<string>> TextsAsync(WatchWorld world)
    {
        await using var db = await world.Host.OpenDatabaseAsync();
        var texts = new List<string>();
        foreach (var mail in await db.Set<StoredMail>().ToListAsync())
            texts.Add(System.Text.Json.JsonSerializer.Deserialize<MailContent>((await world.Get<Vault>().OpenAsync(mail.OwnerId, mail.Id, mail.SealedContent!))!)!.Text);
        return texts;
    }

    private static (double?, double?) Of(DigestView digest, DigestKind kind) => digest.Figures.Single(figure => figure.Kind == kind) is var figure ? (figure.Now, figure.Before) : default;
}
