using AngleSharp.Html.Parser;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Attribution;
using RevOps.Core.Attribution.Channels;
using RevOps.Core.Billing;
using RevOps.Core.Identity;
using RevOps.Core.Ingestion;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Audit;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Journeys;

/// <summary>Marketing changes how visits are put into channels: what was shown before is what happens, and credit follows.</summary>
[Collection(AttributionAgency.Name)]
public sealed class ChannelTests(AttributionAgency one)
{
    private readonly Agency agency = one.Agency;

    private ChannelDesk Desk => agency.Host.Services.GetRequiredService<ChannelDesk>();

    private ChannelQueries Queries => agency.Host.Services.GetRequiredService<ChannelQueries>();

    [Fact]
    public async Task CanChangeARule_AndSeeVisitsAndCreditFollow()
    {
        await PayAsync("partner-visitor", "CH-1", "partner");
        var marketing = await agency.ApproverAsync(await agency.HireAsync("channels@agency.example", Roles.Marketing));
        var basis = (await Desk.HistoryAsync())[0];
        List<ChannelRule> rules = [.. basis.Rules, new() { Medium = new(FieldTest.Is, ["partner"]), Channel = Channel.Affiliate, Platform = "linkedin" }];
        Assert.Equal(Channel.Other, (await CreditAsync("CH-1")).Channel);

        // Before: what would be.
        var preview = ChannelPreview.Of(await Queries.GroupsAsync(null), rules);
        Assert.Equal(("other", "affiliate"), Assert.Single(preview.Moves.Select(move => (move.From, move.To))));
        Assert.Equal(ChannelResult.NotAllowed, await Desk.SaveAsync(rules, null, basis.Id, await agency.ApproverAsync(), CancellationToken.None));
        Assert.Equal(ChannelResult.Wrong, await Desk.SaveAsync([.. rules, new() { Channel = "fax" }], null, basis.Id, marketing, CancellationToken.None));
        Assert.Equal(ChannelResult.Done, await Desk.SaveAsync(rules, null, basis.Id, marketing, CancellationToken.None));
        Assert.Equal(ChannelResult.Overtaken, await Desk.SaveAsync(basis.Rules, null, basis.Id, marketing, CancellationToken.None));
        await agency.Host.DrainAsync();

        // After: what is.
        foreach (var count in preview.Channels)
            Assert.Equal(count.Then, await CountAsync(count.Channel));
        var saved = (await Desk.HistoryAsync())[0];
        Assert.Equal((preview.Touches, preview.Moving + preview.OtherPlatform), (saved.Redecided, saved.Changed));
        Assert.NotNull(saved.EndedAt);
        Assert.Equal((Channel.Affiliate, "linkedin"), ((await CreditAsync("CH-1")).Channel, (await CreditAsync("CH-1")).Platform));

        // A visit that comes now is judged by it, too.
        await SendTouchAsync("later-visitor", "partner");
        Assert.Equal(preview.Channels.Single(count => count.Channel == Channel.Affiliate).Then + 1, await CountAsync(Channel.Affiliate));

        // And back again.
        Assert.Equal(ChannelResult.NothingNew, await Desk.SaveAsync(rules, null, saved.Id, marketing, CancellationToken.None));
        Assert.Equal(ChannelResult.Done, await Desk.SaveAsync(basis.Rules, null, saved.Id, marketing, CancellationToken.None));
        await agency.Host.DrainAsync();
        Assert.Equal((Channel.Other, null), ((await CreditAsync("CH-1")).Channel, (await CreditAsync("CH-1")).Platform));
        await using var db = await agency.Host.OpenDatabaseAsync();
        Assert.Equal(2, await db.Set<AuditEntry>().CountAsync(entry => entry.Action == "channelRules.changed" && entry.Actor == marketing.Actor));
    }

    [Fact]
    public async Task AVisitFromBeforeHostsWereKept_IsReadAgain()
    {
        await SendTouchAsync("old-visitor", null, "https://www.qwant.com/?q=somebody");
        await using var db = await agency.Host.OpenDatabaseAsync();
        var old = db.Set<Touch>().Where(touch => touch.ReferrerHost == "www.qwant.com");
        var touch = await old.AsNoTracking().SingleAsync();
        await db.WriteAsync(() => db.Set<Touch>().Where(row => row.Id == touch.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.ReferrerHost, (string?)null)), CancellationToken.None);

        var basis = (await Desk.HistoryAsync())[0];
        var marketing = await agency.ApproverAsync(await agency.HireAsync("old@agency.example", Roles.Marketing));
        List<ChannelRule> rules = [new() { Referrer = new(FieldTest.Contains, ["qwant"]), Channel = Channel.Referral }, .. basis.Rules];
        Assert.Equal(1, ChannelPreview.Of(await Queries.GroupsAsync(null), rules).Unread);
        Assert.Equal(ChannelResult.Done, await Desk.SaveAsync(rules, null, basis.Id, marketing, CancellationToken.None));
        await agency.Host.DrainAsync();

        Assert.Equal(Channel.OrganicSearch, touch.Channel);
        Assert.Equal(Channel.Referral, (await old.AsNoTracking().SingleAsync()).Channel);
    }

    [Fact]
    public async Task FiguresOpenToTheSourcesThatAddUpToThem()
    {
        await SendTouchAsync("strange-1", "carrier-pigeon");
        await SendTouchAsync("strange-2", "carrier-pigeon");
        await SendTouchAsync("paid-1", "cpc");
        var period = Period.Ending(DateOnly.FromDateTime(agency.Clock.GetUtcNow().Date), 30);

        var figures = await Queries.FiguresAsync(period, exact: true);
        var (unknown, unmatched) = (await Queries.SourcesAsync(ChannelGap.Unknown, period, 1), await Queries.SourcesAsync(ChannelGap.Unmatched, period, 1));

        Assert.Equal(figures.Unknown, unknown.Rows.Sum(row => row.Visits));
        Assert.Equal(figures.Unmatched, unmatched.Rows.Sum(row => row.Visits));
        Assert.Contains(unknown.Rows, row => row is { Medium: "carrier-pigeon", Visits: 2 });
        using var client = await agency.Host.SignedInAsync(Roles.Marketing);
        using var page = await new HtmlParser().ParseDocumentAsync(await client.GetStringAsync("/journeys/channels?rows=unknown"));
        Assert.Contains("carrier-pigeon", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.NotEmpty(page.QuerySelectorAll("button[aria-label='Edit rule 1']"));
        using var management = await agency.Host.SignedInAsync(Roles.Management);
        Assert.DoesNotContain("Edit rule 1", await management.GetStringAsync("/journeys/channels"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AVisitThatBecomesKnownAfterThePayment_GetsItsCredit()
    {
        await PayAsync("late-visitor", "CH-9", "partner");
        var earlier = Events.Touch("late-visitor");
        (earlier["source"], earlier["medium"], earlier["ad"]) = ("newsletter", "email", null);

        // Between the first visit and the sale, and told only now.
        var sold = (await agency.InvoiceAsync("CH-9")).OccurredAt;
        agency.Clock.Advance(TimeSpan.FromMinutes(5));
        await agency.Sender.SendAsync(Events.Of("touch", earlier, time: sold.AddMinutes(-1)));
        await agency.Host.DrainAsync();
        Assert.Equal(Channel.Email, (await CreditAsync("CH-9")).Channel);
    }

    /// <summary>Somebody comes by a medium, books and pays.</summary>
    private async Task PayAsync(string visitor, string booking, string medium)
    {
        await agency.SendAsync("consent", Events.Consent(visitor));
        await SendTouchAsync(visitor, medium);
        agency.Clock.Advance(TimeSpan.FromMinutes(5));
        var sale = Events.Sale(booking, customer: booking);
        sale["visitorId"] = visitor;
        await agency.SendAsync("booking_confirmed", sale);
        await agency.Host.DrainAsync();
        Assert.Equal(DecisionResult.Done, await agency.ApproveAsync(booking));
        await agency.Host.DrainAsync();
        agency.Sandbox.Pay((await agency.InvoiceAsync(booking)).StripeInvoiceId!);
        await agency.DrainUntilAsync(async () => (await agency.InvoiceAsync(booking)).Status == InvoiceStatus.Paid);
        await agency.Host.DrainAsync();
    }

    private async Task SendTouchAsync(string visitor, string? medium, string? referrer = null)
    {
        var touch = Events.Touch(visitor);
        (touch["source"], touch["medium"], touch["ad"], touch["referrer"]) = (medium is null ? null : "somewhere", medium, null, referrer);
        await agency.SendAsync("touch", touch);
        await agency.Host.DrainAsync();
    }

    private async Task<Credit> CreditAsync(string booking)
    {
        var invoice = await agency.InvoiceAsync(booking);
        await using var db = await agency.Host.OpenDatabaseAsync();
        return await db.Set<Credit>().AsNoTracking().SingleAsync(credit => credit.InvoiceId == invoice.Id);
    }

    private async Task<int> CountAsync(string channel)
    {
        await using var db = await agency.Host.OpenDatabaseAsync();
        return await db.Set<Touch>().CountAsync(touch => touch.Channel == channel);
    }
}
