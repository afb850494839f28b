using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Attribution;
using RevOps.Core.Billing;
using RevOps.Core.Conversions;
using RevOps.Core.Ingestion;
using RevOps.Core.People;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Receivables;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Journeys;

/// <summary>The walk of one booking from ad click to paid invoice to conversions delivered, over HTTP, on the sandbox.</summary>
public sealed class ClickToCashTests
{
    [Fact]
    public async Task CanFollowOneBookingFromClickToCashAndBackToThePlatforms()
    {
        await using var agency = await Agency.OpenAsync();
        await ComeByAdAndBookAsync(agency);
        await agency.Host.DrainAsync();

        // One draft, equal to the cent, waits for Finance.
        var draft = await agency.InvoiceAsync("B-1");
        Assert.Equal((InvoiceStatus.ReadyForReview, 120_000L, 24_000L, 144_000L, ""), (draft.Status, draft.NetMinor, draft.TaxMinor, draft.GrossMinor, draft.Problems));
        Assert.Equal(1, agency.Sandbox.Executed("POST /v1/invoices"));

        Assert.Equal(DecisionResult.Done, await agency.ApproveAsync("B-1"));
        await agency.Host.DrainAsync();
        var open = await agency.InvoiceAsync("B-1");
        Assert.Equal(InvoiceStatus.Open, open.Status);
        Assert.NotNull(open.Number);
        Assert.Equal(new DateOnly(2026, 6, 3), open.DueOn);
        Assert.Equal(1, agency.Sandbox.Executed("POST /v1/invoices/{id}/send"));

        agency.Clock.Advance(TimeSpan.FromDays(10));
        agency.Sandbox.Pay(open.StripeInvoiceId!);
        await agency.DrainUntilAsync(async () => (await agency.InvoiceAsync("B-1")).Status == InvoiceStatus.Paid);
        await agency.LetGoogleAnswerAsync();

        await using var db = await agency.Host.OpenDatabaseAsync();
        var payment = await db.Set<Payment>().SingleAsync();
        Assert.Equal(144_000, payment.AmountMinor);
        var credit = await db.Set<Credit>().SingleAsync();
        Assert.Equal((Channel.PaidSearch, 144_000L), (credit.Channel, credit.AmountMinor));

        // Lead, qualified, booked and paid, each once per platform, delivered; Google's payment restates its booking.
        var conversions = await db.Set<Conversion>().AsNoTracking().ToListAsync();
        Assert.Equal(8, conversions.Count);
        Assert.All(conversions, conversion => Assert.Equal(ConversionStatus.Delivered, conversion.Status));
        var google = agency.Sandbox.GoogleEffects()["conversions"]!.AsArray();
        var booked = Assert.Single(google, conversion => (string?)conversion!["transactionId"] == "booked.B-1");
        Assert.Equal(1_440m, (decimal)booked!["value"]!);
        Assert.Equal(["booked.B-1", "lead.S-1", "paid.B-1", "qualified.S-1"], agency.Sandbox.MetaEffects()["events"]!.AsArray().Select(sent => (string)sent!["eventId"]!).Order(StringComparer.Ordinal));

        Assert.False(await db.Set<OutboxRow>().AnyAsync(row => row.State != OutboxState.Done));
        var metrics = await agency.MetricsAsync();
        Assert.Equal((1, 0), ((int)metrics["invoices"]!["paid"]!, (int)metrics["receivables"]!["openMinor"]!));
        Assert.Equal("sandbox", (string)metrics["mode"]!);
    }

    [Fact]
    public async Task CanSeeOneJourneyOfTouchesVoiceSessionAndBooking()
    {
        await using var agency = await Agency.OpenAsync();
        await ComeByAdAndBookAsync(agency);
        await agency.Host.DrainAsync();

        await using var db = await agency.Host.OpenDatabaseAsync();
        var session = await db.Set<VoiceSession>().SingleAsync();
        Assert.True(session.Qualified);
        var group = await IdentityGraph.GroupOf(db, session.PersonId).ToListAsync();
        Assert.Contains((await db.Set<Touch>().SingleAsync()).PersonId, group);
        Assert.Contains((await db.Set<Core.Bookings.Booking>().SingleAsync()).PersonId, group);
    }

    [Fact]
    public async Task CanChangeADraftWithItsBookingAndDropItWithACancellation()
    {
        await using var agency = await Agency.OpenAsync();
        await agency.SendAsync("booking_confirmed", Events.Sale("B-1"));
        await agency.Host.DrainAsync();

        agency.Clock.Advance(TimeSpan.FromMinutes(1));
        await agency.SendAsync("booking_changed", new() { ["bookingId"] = "B-1", ["lines"] = new JsonArray(new JsonObject { ["key"] = "audit", ["description"] = "Audit", ["quantity"] = 2, ["unitAmountMinor"] = 10_000 }) });
        await agency.Host.DrainAsync();
        var changed = await agency.InvoiceAsync("B-1");
        Assert.Equal((InvoiceStatus.ReadyForReview, 2, 24_000L), (changed.Status, changed.DraftVersion, changed.GrossMinor));
        Assert.Equal(1, DraftsAtStripe(agency));

        agency.Clock.Advance(TimeSpan.FromMinutes(1));
        await agency.SendAsync("booking_cancelled", new() { ["bookingId"] = "B-1" });
        await agency.Host.DrainAsync();
        Assert.Equal(InvoiceStatus.Cancelled, (await agency.InvoiceAsync("B-1")).Status);
        Assert.Equal(0, DraftsAtStripe(agency));
    }

    [Fact]
    public async Task CanGatherThreeLinesWhoseTaxIsOnTheirSum()
    {
        await using var agency = await Agency.OpenAsync();
        var sale = Events.Sale("B-1");
        sale["lines"] = new JsonArray([.. Enumerable.Range(1, 3).Select(index => (JsonNode)new JsonObject { ["key"] = $"l{index}", ["description"] = "Hour", ["quantity"] = 1, ["unitAmount"] = "33.33" })]);
        await agency.SendAsync("booking_confirmed", sale);
        await agency.Host.DrainAsync();

        var draft = await agency.InvoiceAsync("B-1");
        Assert.Equal((InvoiceStatus.ReadyForReview, 9_999L, 2_000L), (draft.Status, draft.NetMinor, draft.TaxMinor));
    }

    private static async Task ComeByAdAndBookAsync(Agency agency)
    {
        await agency.SendAsync("touch", Events.Touch("v-1", gclid: "G-1", fbclid: "F-1"));
        await agency.SendAsync("consent", Events.Consent("v-1"));
        agency.Clock.Advance(TimeSpan.FromHours(7));
        await agency.SendAsync("voice_session", Events.Voice("S-1", "v-1", "c-1@acme.example", agency.Clock.GetUtcNow()));
        agency.Clock.Advance(TimeSpan.FromMinutes(5));
        var sale = Events.Sale("B-1", "D-1");
        (sale["visitorId"], sale["voiceSessionId"]) = ("v-1", "S-1");
        await agency.SendAsync("booking_confirmed", sale);
    }

    private static int DraftsAtStripe(Agency agency) => agency.Sandbox.StripeEffects()["invoices"]!.AsArray().Count(invoice => (string?)invoice!["status"] == "draft");
}
