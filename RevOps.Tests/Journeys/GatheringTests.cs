using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.Ingestion;
using RevOps.Core.Platform.Outbox;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Journeys;

/// <summary>What may share an invoice with what, where a customer's bookings of a month are gathered.</summary>
public sealed class GatheringTests(GatheringTests.Monthly monthly) : IClassFixture<GatheringTests.Monthly>
{
    private Agency Agency => monthly.Agency;

    [Fact]
    public async Task CanHoldABookingThatAnotherProgramInvoicedWhileTheOthersGather()
    {
        await SellAsync("F-1", "C-F");
        await OtherDraftAsync("F-2");
        await SellAsync("F-2", "C-F");
        await SellAsync("F-3", "C-F");
        var (open, held) = (await Agency.InvoiceAsync("F-1"), await Agency.InvoiceAsync("F-2"));
        Assert.Equal((InvoiceStatus.Held, ReviewProblem.ForeignInvoice, null, null, 120_000L), (held.Status, held.Problems, held.GatherKey, held.GathersUntil, held.NetMinor));
        Assert.NotEqual(open.Id, held.Id);
        Assert.Equal((open.Id, 240_000L), ((await Agency.InvoiceAsync("F-3")).Id, open.NetMinor));

        // The first of a month is held too, and nothing gathers behind it.
        await OtherDraftAsync("G-1");
        await SellAsync("G-1", "C-G");
        await SellAsync("G-2", "C-G");
        Assert.Equal((InvoiceStatus.Held, null), ((await Agency.InvoiceAsync("G-1")).Status, (await Agency.InvoiceAsync("G-1")).GatherKey));
        Assert.Equal((InvoiceStatus.ReadyForReview, ReviewProblem.Gathering, 120_000L), ((await Agency.InvoiceAsync("G-2")).Status, (await Agency.InvoiceAsync("G-2")).Problems, (await Agency.InvoiceAsync("G-2")).NetMinor));
    }

    [Fact]
    public async Task CanTakeABookingOffTheGatheringWhenTheOtherProgramComesLater()
    {
        foreach (var booking in new[] { "H-1", "H-2", "H-3" })
            await SellAsync(booking, "C-H");
        await OtherDraftAsync("H-1", "H-2");
        var (first, second, rest) = (await Agency.InvoiceAsync("H-1"), await Agency.InvoiceAsync("H-2"), await Agency.InvoiceAsync("H-3"));
        Assert.Equal(3, new[] { first.Id, second.Id, rest.Id }.Distinct().Count());
        Assert.All([first, second], held => Assert.Equal((InvoiceStatus.Held, ReviewProblem.ForeignInvoice, null, 120_000L), (held.Status, held.Problems, held.GatherKey, held.NetMinor)));
        Assert.Equal((InvoiceStatus.ReadyForReview, 120_000L), (rest.Status, rest.NetMinor));

        // The last one on it is held where it stands; what comes afterwards opens another.
        await OtherDraftAsync("H-3");
        await SellAsync("H-4", "C-H");
        Assert.Equal((rest.Id, InvoiceStatus.Held, null), ((await Agency.InvoiceAsync("H-3")).Id, (await Agency.InvoiceAsync("H-3")).Status, (await Agency.InvoiceAsync("H-3")).GatherKey));
        Assert.Equal((InvoiceStatus.ReadyForReview, 120_000L), ((await Agency.InvoiceAsync("H-4")).Status, (await Agency.InvoiceAsync("H-4")).NetMinor));
    }

    [Fact]
    public async Task CanOpenASecondInvoiceOfTheMonthWhereTheLinesAreMoreThanStripeTakes()
    {
        await SellAsync("L-1", "C-L", lines: 200);
        await SellAsync("L-2", "C-L", lines: 51);
        await SellAsync("L-3", "C-L", lines: 50);
        var (full, second) = (await Agency.InvoiceAsync("L-1"), await Agency.InvoiceAsync("L-2"));
        Assert.Equal((full.Id, full.GatherKey), ((await Agency.InvoiceAsync("L-3")).Id, second.GatherKey));
        Assert.NotEqual(full.Id, second.Id);
        Assert.Equal((InvoiceStatus.ReadyForReview, InvoiceStatus.ReadyForReview), (full.Status, second.Status));

        // One that grows beyond it moves on.
        Agency.Clock.Advance(TimeSpan.FromMinutes(1));
        await SellAsync("L-3", "C-L", lines: 60);
        Assert.Equal(second.Id, (await Agency.InvoiceAsync("L-3")).Id);
        Assert.Equal((200, 111), (await CountLinesAsync("L-1"), await CountLinesAsync("L-2")));
    }

    [Fact]
    public async Task CanChangeTheCurrencyOfTheOnlyOneAndGatherOnlyItsLikeAfterwards()
    {
        await SellAsync("X-1", "C-X");
        Agency.Clock.Advance(TimeSpan.FromMinutes(1));
        await SellAsync("X-1", "C-X", currency: "USD");
        await SellAsync("X-2", "C-X");
        await SellAsync("X-3", "C-X", currency: "USD");
        Assert.Equal("2026-05/USD/exclusive", (await Agency.InvoiceAsync("X-1")).GatherKey);
        Assert.NotEqual((await Agency.InvoiceAsync("X-1")).Id, (await Agency.InvoiceAsync("X-2")).Id);
        Assert.Equal((await Agency.InvoiceAsync("X-1")).Id, (await Agency.InvoiceAsync("X-3")).Id);
    }

    [Fact]
    public async Task CanReadEachPurchaseOrderWhereTheyDiffer()
    {
        await SellAsync("P-1", "C-P", order: "PO-1");
        await SellAsync("P-2", "C-P", order: "PO-1");
        Assert.Equal("PO-1", (await VersionsAsync("P-1")).Current.PurchaseOrder);
        Assert.All((await VersionsAsync("P-1")).Current.Lines, line => Assert.DoesNotContain("PO-1", line.Description, StringComparison.Ordinal));

        await SellAsync("P-3", "C-P", order: "PO-2");
        await SellAsync("P-4", "C-P");
        var mixed = (await VersionsAsync("P-1")).Current;
        Assert.Null(mixed.PurchaseOrder);
        Assert.Equal(["P-1 · bon de commande PO-1", "P-2 · bon de commande PO-1", "P-3 · bon de commande PO-2", "P-4"], mixed.Lines.Select(line => line.Description[line.Description.IndexOf("P-", StringComparison.Ordinal)..]));
    }

    private async Task SellAsync(string booking, string customer, int lines = 1, string? order = null, string currency = "EUR")
    {
        var sale = Events.Sale(booking, customer: customer, unitAmount: 1_200m / lines);
        if (lines > 1)
            sale["lines"] = new JsonArray([.. Enumerable.Range(1, lines).Select(line => new JsonObject { ["key"] = $"{line}", ["description"] = $"Day {line}", ["quantity"] = 1, ["unitAmount"] = "1" })]);
        (sale["purchaseOrder"], sale["currency"]) = (order, currency);
        await Agency.SendAsync("booking_confirmed", sale);
        await Agency.Host.DrainAsync();
    }

    private async Task OtherDraftAsync(params string[] bookings)
    {
        foreach (var booking in bookings)
            await Agency.StripeAsync("invoices", ("customer", await Agency.StripeAsync("customers", ("name", "Acme"))), ("currency", "eur"), ("collection_method", "send_invoice"), ("days_until_due", "30"), ("metadata[deal_id]", booking));
        await using (var db = await Agency.Host.OpenDatabaseAsync())
        {
            db.Enqueue<FindForeignInvoices>("stripe", Agency.Clock.GetUtcNow(), key: Guid.NewGuid().ToString());
            await db.SaveChangesAsync();
        }

        await Agency.Host.DrainAsync();
    }

    private async Task<int> CountLinesAsync(string booking)
    {
        var invoice = await Agency.InvoiceAsync(booking);
        await using var db = await Agency.Host.OpenDatabaseAsync();
        return await db.Set<InvoiceLine>().CountAsync(line => line.InvoiceId == invoice.Id && line.DraftVersion == invoice.DraftVersion);
    }

    private async Task<DraftVersions> VersionsAsync(string booking) =>
        (await Agency.Host.Services.GetRequiredService<DraftVersionQueries>().OfAsync((await Agency.InvoiceAsync(booking)).Id, CancellationToken.None))!;

    public sealed class Monthly : IAsyncLifetime
    {
        public Agency Agency { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Agency = await Agency.OpenAsync();
            await using var db = await Agency.Host.OpenDatabaseAsync();
            db.Add(new BillingRules { Id = Guid.CreateVersion7(), ValidFrom = Agency.Clock.GetUtcNow(), Gather = GatherRule.PerMonth });
            await db.SaveChangesAsync();
        }

        public ValueTask DisposeAsync() => Agency.DisposeAsync();
    }
}
