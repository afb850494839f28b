using System.Net;
using System.Text.RegularExpressions;
using RevOps.Core.Billing;
using RevOps.Core.Conversions;
using RevOps.Core.Identity;
using RevOps.Core.Ingestion;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Platform.Secrets;
using RevOps.Tests.Billing;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Overview;

/// <summary>The first view, as the server sends it before any script runs.</summary>
public sealed partial class OverviewTests : IAsyncDisposable
{
    private readonly RevOpsHost host = new() { Clock = new TurnableClock(SomeSales.Noon), Settings = { ["Demo:Enabled"] = "true" } };

    [Fact]
    public async Task Nothing_SaysHowToSendTheFirstEventToThisVeryHost()
    {
        var page = await PageAsync("/", Roles.Finance);
        Assert.Contains("key create --scopes events:write", page, StringComparison.Ordinal);
        Assert.Contains($"curl {host.Address}api/v1/events", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Figures_LeadToTheirRowsForWhoeverMayOpenThem()
    {
        await ReceiveOneAsync();
        await new SomeSales(host).AddAsync("B-1", invoice => (invoice.Status, invoice.Currency, invoice.IssuedAt, invoice.DueOn) = (InvoiceStatus.Open, "EUR", SomeSales.Noon, new(2026, 4, 1)), mode: Mode.Live);

        var (finance, marketing) = (await PageAsync("/", Roles.Finance), await PageAsync("/", Roles.Marketing));
        Assert.Contains("aria-label=\"Open receivables: €120.00\"", finance, StringComparison.Ordinal);
        Assert.Contains("/overview/open?from=2026-02-01&to=2026-03-02", finance, StringComparison.Ordinal);
        Assert.DoesNotContain("/overview/open", marketing, StringComparison.Ordinal);
        Assert.DoesNotContain("/invoices?", marketing, StringComparison.Ordinal);
        Assert.Contains("/conversions?status=held&from=2026-02-01&to=2026-03-02", marketing, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RowsBehindAFigure_AreForWhoeverMayOpenThem()
    {
        await ReceiveOneAsync();
        await new SomeSales(host).AddAsync("B-1", invoice => (invoice.Status, invoice.Currency, invoice.IssuedAt, invoice.DueOn) = (InvoiceStatus.Open, "EUR", SomeSales.Noon, new(2026, 4, 1)), mode: Mode.Live);

        Assert.Contains("Client B-1", await PageAsync("/overview/open", Roles.Finance), StringComparison.Ordinal);
        var refused = await PageAsync("/overview/open", Roles.Marketing);
        Assert.Contains("These rows are not yours to open", refused, StringComparison.Ordinal);
        Assert.DoesNotContain("Client B-1", refused, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Needs_AreOfThoseWhoCanMeetThem()
    {
        await ReceiveOneAsync();
        var sales = new SomeSales(host);
        await sales.AddAsync("ready", invoice => invoice.DraftedAt = SomeSales.Noon);
        await sales.AddAsync("incomplete", invoice => invoice.Problems = ReviewProblem.SirenMissing);
        await sales.AddAsync("held", invoice => invoice.Status = InvoiceStatus.Held);
        await sales.AddAsync("late", invoice => (invoice.Status, invoice.IssuedAt, invoice.DueOn) = (InvoiceStatus.Open, SomeSales.Noon, new(2026, 3, 1)));
        await using (var db = await host.OpenDatabaseAsync())
        {
            db.Enqueue<DraftInvoice>("none", SomeSales.Noon).LastError = "It broke";
            db.Add(new RejectedEvent { Id = Guid.CreateVersion7(), RecordedAt = DateTimeOffset.UtcNow, Errors = "[]", MaskedData = "{}" });
            db.Add(new Conversion
            {
                Id = Guid.CreateVersion7(),
                Platform = AdPlatform.Meta,
                Stage = ConversionStage.Booked,
                EventId = "booked.1",
                TransactionId = "booked.1",
                PersonId = Guid.CreateVersion7(),
                SubjectId = Guid.CreateVersion7(),
                Mode = Mode.Live,
                OccurredAt = SomeSales.Noon,
                RecordedAt = SomeSales.Noon,
                Status = ConversionStatus.Held,
            });
            await db.SaveChangesAsync();
        }

        string[] blocked = ["/approvals?show=blocked"], jobs = ["/jobs?tab=failing"], events = ["/events?tab=rejected"], conversions = ["/conversions?status=held"];
        foreach (var (role, expected) in new (string, string[])[]
        {
            (Roles.Finance, [.. blocked, .. jobs, "/approvals?show=ready", .. blocked, "/invoices?status=overdue", .. events]),
            (Roles.Marketing, [.. jobs, .. events, .. conversions]),
            (Roles.Management, conversions),
            (Roles.Admin, ["/connections", .. jobs, "/connections", "/connections", .. events]),
            (Roles.Privacy, conversions),
        })
        {
            var section = (await PageAsync("/", role)).Split("<section class=\"needs\"")[1].Split("</section>")[0];
            Assert.Equal((role, string.Join(' ', expected)), (role, string.Join(' ', Href().Matches(section).Select(link => link.Groups["href"].Value))));
        }
    }

    [Theory]
    [InlineData("/?from=nonsense&to=2026-13-01")]
    [InlineData("/invoices?status=7x&page=-3&from=never&sort=colour")]
    [InlineData("/approvals?show=what&invoice=not-an-id&page=99")]
    public async Task AddressesTypedByHand_Open(string path)
    {
        await ReceiveOneAsync();
        Assert.Contains("<h1", await PageAsync(path, Roles.Finance), StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [GeneratedRegex("href=\"(?<href>[^\"]+)\"", RegexOptions.None, 1_000)]
    private static partial Regex Href();

    private async Task<string> PageAsync(string path, string role)
    {
        using var client = await host.SignedInAsync(role);
        return WebUtility.HtmlDecode(await client.GetStringAsync(path));
    }

    private async Task ReceiveOneAsync()
    {
        await using var db = await host.OpenDatabaseAsync();
        db.Add(new ReceivedEvent
        {
            Id = Guid.CreateVersion7(),
            Source = "test",
            EventId = "1",
            Type = "revops.touch.v1",
            OccurredAt = SomeSales.Noon,
            RecordedAt = SomeSales.Noon,
            Mode = Mode.Live,
            OwnerId = DataKey.Company,
            SealedData = [],
            DataHash = [],
        });
        await db.SaveChangesAsync();
    }
}
