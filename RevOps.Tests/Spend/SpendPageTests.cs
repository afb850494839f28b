using System.Net;
using System.Text.Json.Nodes;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Attribution;
using RevOps.Core.Attribution.Returns;
using RevOps.Core.Identity;
using RevOps.Core.Platform;
using RevOps.Core.Spend;
using RevOps.Tests.Overview;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Spend;

/// <summary>
/// The page as the server sends it, on figures that can be worked out by hand: 300.00 spent on two campaigns in April, 1,000.00 paid, of which
/// 600.00 on the credit of one ad, 100.00 of a click without campaign, 200.00 of a newsletter, 100.00 without a visit.
/// </summary>
public sealed class SpendPageTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 5, 4, 10, 0, 0, TimeSpan.Zero);
    private const string April = "from=2026-04-01&to=2026-04-30";
    private readonly RevOpsHost host = new() { Clock = new TurnableClock(Now), Settings = { ["Demo:Enabled"] = "true" } };

    private AdReturnQueries Queries => host.Services.GetRequiredService<AdReturnQueries>();

    public async ValueTask InitializeAsync()
    {
        await using var db = await host.OpenDatabaseAsync();
        db.AddRange(Spend("meta", "1", "Spring", "11", 20_000), Spend("google", "2", "Brand", "", 10_000), Spend("other", "3", "Dollars", "", 5_000, "USD"), Spend("meta", "1", "Spring", "11", 99_999, mode: Mode.Sandbox));
        await CreditAsync(60_000, Channel.PaidSocial, null, null, "11");
        await CreditAsync(10_000, Channel.PaidSearch, "google", null, null);
        await CreditAsync(20_000, Channel.Email, null, null, null);
        await CreditAsync(10_000, null, null, null, null);
        await db.SaveChangesAsync();

        async Task CreditAsync(long minor, string? channel, string? platform, string? campaign, string? ad)
        {
            var (invoice, paid) = (Guid.CreateVersion7(), new DateTimeOffset(2026, 4, 25, 10, 0, 0, TimeSpan.Zero));
            var payment = OverviewWorld.Pay(invoice, minor, paid);
            var touch = channel is null ? (Guid?)null : Guid.CreateVersion7();
            if (ad is not null)
                db.Add(new Touch { Id = touch!.Value, PersonId = Guid.CreateVersion7(), OccurredAt = paid.AddDays(-20), Channel = channel!, AdId = ad, SealedDetails = [] });
            db.AddRange(payment, new Credit
            {
                Id = Guid.CreateVersion7(), PaymentId = payment.Id, InvoiceId = invoice, Model = CreditTouches.LastNonDirect, TouchId = touch, Channel = channel, Platform = platform, CampaignId = campaign,
                TouchedAt = touch is null ? null : paid.AddDays(-20), PaidAt = paid, Mode = Mode.Live, Currency = "EUR", AmountMinor = minor,
            });
            await Task.CompletedTask;
        }
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Theory]
    [InlineData(ReturnBasis.Click)]
    [InlineData(ReturnBasis.Payment)]
    public async Task Report_AddsUpToAllPaymentsAndSaysWhatItLeavesOut(ReturnBasis basis)
    {
        var report = await Queries.OfAsync(new(ReturnLevel.Platform, basis), new(new(2026, 4, 1), new(2026, 4, 30)));

        Assert.Equal([("google", 10_000L, 10_000L), ("meta", 20_000L, 60_000L)], report.Lines.Where(line => line.Kind == ReturnLineKind.Ads).OrderBy(line => line.Key).Select(line => (line.Key, line.CostMinor!.Value, line.CreditMinor)));
        Assert.Equal((20_000L, 10_000L), (Of(report, ReturnLineKind.OtherChannels), Of(report, ReturnLineKind.Unattributed)));
        Assert.Equal((100_000L, 100_000L, 100_000L), (report.PaidMinor, report.TotalCreditMinor, report.Lines.Sum(line => line.CreditMinor)));
        Assert.Equal((70d / 30, 15_000L, 2), (report.Total.Roas!.Value, report.Total.CpaMinor!.Value, report.Total.Sales));
        Assert.Equal([new Money(5_000, "USD")], report.LeftOut.Spent);
        Assert.Equal([Mode.Sandbox], report.LeftOut.Modes);

        // An ad alone names its campaign.
        var campaigns = await Queries.OfAsync(new(ReturnLevel.Campaign, basis) { Platform = "meta" }, new(new(2026, 4, 1), new(2026, 4, 30)));
        Assert.Equal([("1", "Spring", 3d)], campaigns.Lines.Select(line => (line.Key, line.Name, line.Roas!.Value)));
    }

    [Fact]
    public async Task DaysOfAWholeTime_AddUpToEveryPaymentWhicheverWayTheyAreCut()
    {
        foreach (var basis in Enum.GetValues<ReturnBasis>())
        {
            var (sum, whole) = (0L, new Period(new(2026, 3, 1), new(2026, 5, 4)));
            for (var day = whole.From; day <= whole.To; day = day.AddDays(13))
                sum += (await Queries.OfAsync(new(ReturnLevel.Platform, basis), new(day, day.AddDays(12) < whole.To ? day.AddDays(12) : whole.To))).TotalCreditMinor;
            Assert.Equal(100_000, sum);
        }
    }

    [Fact]
    public async Task Metrics_SayTheSame()
    {
        using var client = host.Client(await host.CreateKeyAsync(ApiKey.MetricsRead));
        var roas = JsonNode.Parse(await client.GetStringAsync($"/api/v1/metrics?{April}"))!["roas"]!;

        Assert.Equal((70d / 30, 70d / 30, "last_non_direct"), ((double)roas["byClickDate"]!, (double)roas["byPaymentDate"]!, (string?)roas["model"]));
    }

    [Theory]
    [InlineData("en", "Ad spend", "€300.00", "2.33", "still growing", "$50.00")]
    [InlineData("fr", "Dépenses publicitaires", "300,00\u00a0€", "2,33", "encore en hausse", "50,00\u00a0$")]
    public async Task Page_SaysTheFiguresInBothLanguages(string language, string title, string spend, string roas, string growing, string leftOut)
    {
        using var client = await host.SignedInAsync(Roles.Marketing);
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
        var page = await ReadAsync(client, $"/spend?{April}");

        Assert.Equal(title, page.QuerySelector("h1")!.TextContent.Trim());
        var values = page.QuerySelectorAll(".figures .value").Select(value => Plain(value.TextContent)).ToList();
        Assert.Equal([Plain(spend), roas], [values[0], values[2]]);
        Assert.Contains(growing, page.QuerySelector("table .growing")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(Plain(leftOut), Plain(page.QuerySelector(".sums")!.TextContent), StringComparison.Ordinal);

        // By payment nothing ripens, and nothing is hatched.
        var byPayment = await ReadAsync(client, $"/spend?{April}&basis=payment");
        Assert.Empty(byPayment.QuerySelectorAll(".growing"));
        foreach (var path in new[] { "/spend/imports", "/spend/reconciliation", "/spend/file" })
            Assert.NotEmpty((await ReadAsync(client, path)).QuerySelectorAll("h1"));
    }

    [Fact]
    public async Task Lines_OpenTheirCampaignsDaysAndAds()
    {
        using var client = await host.SignedInAsync(Roles.Management);
        var page = await ReadAsync(client, $"/spend?{April}");
        foreach (var expected in new[] { "Spring", "Wed, 15 Apr 2026" })
        {
            page = await ReadAsync(client, page.QuerySelector("tbody a.open")!.GetAttribute("href")!);
            Assert.Equal(expected, page.QuerySelector("tbody tr th, tbody tr td")!.TextContent.Trim());
        }

        Assert.Equal("11", (await ReadAsync(client, $"/spend?{April}&platform=meta&campaign=1&by=ad")).QuerySelector("tbody tr th, tbody tr td")!.TextContent.Trim());
    }

    private static long Of(AdReturnReport report, ReturnLineKind kind) => report.Lines.Single(line => line.Kind == kind).CreditMinor;

    private static AdSpend Spend(string platform, string campaign, string name, string ad, long minor, string currency = "EUR", Mode mode = Mode.Live) => new()
    {
        Id = Guid.CreateVersion7(), Platform = platform, Account = "1", Day = new(2026, 4, 15), CampaignId = campaign, CampaignName = name, AdId = ad, Currency = currency, CostMinor = minor, Clicks = 10, Mode = mode, Source = SpendSource.Import, OccurredAt = Now, RecordedAt = Now,
    };

    private static string Plain(string text) => text.Trim().Replace('\u00a0', ' ').Replace('\u202f', ' ');

    private static async Task<IHtmlDocument> ReadAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync());
    }
}
