using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Attribution;
using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.Ingestion;
using RevOps.Core.Ingestion.Connectors;
using RevOps.Core.Ingestion.Connectors.HubSpot;
using RevOps.Core.People;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Secrets;
using RevOps.Core.Receivables;
using RevOps.Sandbox;
using RevOps.Sandbox.HubSpot;
using RevOps.Tests.Journeys;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Ingestion.Connectors;

/// <summary>What calendars and a CRM send becomes bookings, sales and stages, over HTTP and on one host.</summary>
public sealed class ConnectorJourneyTests(OneAgency one) : IClassFixture<OneAgency>
{
    private const string Actor = "system:test";

    private Agency Agency => one.Agency;

    private ConnectorDesk Desk => Agency.Host.Services.GetRequiredService<ConnectorDesk>();

    [Fact]
    public async Task CalCom_UnmappedWaitsAndItsMappingReleasesADraft()
    {
        var body = Agency.CalComBody("BOOKING_CREATED", "cal-1", "coaching", "jo1@acme.example");
        Assert.Equal(HttpStatusCode.OK, await Agency.CalComAsync(body));
        await Agency.Host.DrainAsync();
        var waiting = await Agency.DeliveryAsync(Caller.IdOf(body));
        Assert.Equal((DeliveryStatus.NeedsDetails, "type.unmapped", "Session coaching", DataKey.Company), (waiting.Status, waiting.Gaps, waiting.TypeName, waiting.OwnerId));

        Assert.Equal(1, await MapAsync("coaching", "1 234,50"));
        await Agency.Host.DrainAsync();
        var invoice = await Agency.InvoiceAsync("cal-1");
        Assert.Equal((InvoiceStatus.ReadyForReview, 123_450L, 148_140L, ""), (invoice.Status, invoice.NetMinor, invoice.GrossMinor, invoice.Problems));

        // The same again changes nothing, and its body now stands under the key of whom it is about.
        Assert.Equal(HttpStatusCode.OK, await Agency.CalComAsync(body));
        await Agency.Host.DrainAsync();
        var applied = await Agency.DeliveryAsync(Caller.IdOf(body));
        Assert.Equal((DeliveryStatus.Applied, 1, "calcom"), (applied.Status, applied.Repeats, applied.EventSource));
        Assert.NotEqual(DataKey.Company, applied.OwnerId);
        await using var db = await Agency.Host.OpenDatabaseAsync();
        Assert.Equal(1, await db.Set<ReceivedEvent>().CountAsync(row => row.Source == "calcom" && row.EventId == applied.EventId));
        var visitor = Agency.Host.Services.GetRequiredService<Vault>().LookupHash(nameof(IdentityKeyKind.Visitor), "v-cal-1");
        Assert.True(await db.Set<IdentityKey>().AnyAsync(key => key.Kind == IdentityKeyKind.Visitor && key.Hash == visitor));
    }

    [Fact]
    public async Task CalCom_MovedKeepsItsBookingAndCancelledDropsTheDraft()
    {
        await MapAsync("audit-day", "900");
        Assert.Equal(HttpStatusCode.OK, await Agency.CalComAsync(Agency.CalComBody("BOOKING_CREATED", "cal-2", "audit-day", "jo2@acme.example")));
        await Agency.Host.DrainAsync();
        Agency.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(HttpStatusCode.OK, await Agency.CalComAsync(Agency.CalComBody("BOOKING_RESCHEDULED", "cal-2b", "audit-day", "jo2@acme.example", before: "cal-2")));
        await Agency.Host.DrainAsync();
        var content = await ContentAsync("cal-2");
        Assert.Equal((Agency.Clock.GetUtcNow().AddDays(4), 900m), (content.SlotStart, content.Lines[0].UnitAmount));

        Agency.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(HttpStatusCode.OK, await Agency.CalComAsync(Agency.CalComBody("BOOKING_CANCELLED", "cal-2b", "audit-day", "jo2@acme.example")));
        var before = await Agency.InvoiceAsync("cal-2");
        await Agency.Host.DrainAsync();
        await using var db = await Agency.Host.OpenDatabaseAsync();
        Assert.Equal(BookingStatus.Cancelled, (await db.Set<Booking>().SingleAsync(row => row.BookingId == "cal-2")).Status);
        Assert.Equal(InvoiceStatus.Cancelled, (await db.Set<Invoice>().SingleAsync(row => row.Id == before.Id)).Status);
        Assert.False(await db.Set<Booking>().AnyAsync(row => row.BookingId == "cal-2b"));
    }

    [Fact]
    public async Task CalCom_WithoutAnAddressWaitsUntilSomebodyEntersIt()
    {
        await MapAsync("bare", "100");
        var body = Agency.CalComBody("BOOKING_CREATED", "cal-3", "bare", "jo3@acme.example", complete: false);
        await Agency.CalComAsync(body);
        await Agency.Host.DrainAsync();
        var waiting = await Agency.DeliveryAsync(Caller.IdOf(body));
        Assert.Equal(["legalName.missing", "address.missing", "country.missing"], waiting.GapList);

        var values = new Dictionary<string, string>(StringComparer.Ordinal) { ["legalName"] = "Bare SAS", ["line1"] = "2 rue Neuve", ["postalCode"] = "69001", ["city"] = "Lyon", ["country"] = "FR", ["siren"] = Events.SirenOf("bare") };
        Assert.True(await Desk.EnterAsync(waiting.Id, values, Actor, CancellationToken.None));
        await Agency.Host.DrainAsync();
        Assert.Equal("", (await Agency.InvoiceAsync("cal-3")).Problems);

        // Whoever is known by then needs no details again.
        await Agency.CalComAsync(Agency.CalComBody("BOOKING_CREATED", "cal-4", "bare", "jo3@acme.example", complete: false));
        await Agency.Host.DrainAsync();
        Assert.Equal("", (await Agency.InvoiceAsync("cal-4")).Problems);
    }

    [Fact]
    public async Task Calendly_ACallIsAStageAndASessionIsASale()
    {
        var (call, session) = (CalendlyBody("inv-1", "https://api.calendly.com/event_types/CALL", "Discovery call"), CalendlyBody("inv-2", "https://api.calendly.com/event_types/SESSION", "Session"));
        Assert.Equal(HttpStatusCode.OK, await Agency.CalendlyAsync(call));
        Assert.Equal(HttpStatusCode.OK, await Agency.CalendlyAsync(session));
        await Desk.SaveTypeAsync(Connector.Calendly, new() { Key = "https://api.calendly.com/event_types/CALL", Target = ConnectorMapping.Meeting }, CultureInfo.InvariantCulture, Actor, CancellationToken.None);
        await Desk.SaveTypeAsync(Connector.Calendly, new() { Key = "Session", Price = "120", TaxInclusive = true, TaxRate = "20" }, CultureInfo.InvariantCulture, Actor, CancellationToken.None);
        await Desk.SaveAsync(Connector.Calendly, MappingKind.Field, new Dictionary<string, string>(StringComparer.Ordinal) { ["legalName"] = "Votre société ?", ["line1"] = "=1 rue X", ["postalCode"] = "=75001", ["city"] = "=Paris", ["country"] = "=FR", ["siren"] = "=" + Events.SirenOf("calendly") }, Actor, CancellationToken.None);
        await Agency.Host.DrainAsync();

        var invoice = await Agency.InvoiceAsync("inv-2");
        Assert.Equal((10_000L, 12_000L), (invoice.NetMinor, invoice.GrossMinor));
        await using var db = await Agency.Host.OpenDatabaseAsync();
        Assert.True(await db.Set<LeadStageRecord>().AnyAsync(row => row.Stage == "meeting"));
        Assert.Equal(DeliveryStatus.Applied, (await Agency.DeliveryAsync("invitee.created:inv-1")).Status);
    }

    [Fact]
    public async Task HubSpot_AWonDealIsReadBackWithItsLinesAndA429Heals()
    {
        var deal = Agency.Sandbox.EnterDeal(new()
        {
            Name = "Website", Company = "Deal SARL", Siren = Events.SirenOf("deal"), Address = "3 rue Haute", Zip = "44000", City = "Nantes", Country = "France", Email = "ann@deal.example", FirstName = "Ann", LastName = "Durand",
            Lines = [new("Design", 2, 500m) { Discount = 50m }, new("Hosting", 1, 99.90m)],
        });
        await Agency.DrainUntilAsync(() => StageAsync("meeting", "hubspot"));

        // HubSpot asks for patience while the deal is read: the work waits, and then goes on.
        Agency.Sandbox.Faults.Add(new Fault { Route = "GET /crm/v3/objects/deals/*", Kind = FaultKind.TooManyRequests, Count = 1 });
        Agency.Sandbox.MoveDeal(deal);
        await Agency.DrainUntilAsync(async () =>
        {
            Agency.Clock.Advance(TimeSpan.FromSeconds(2));
            await using var db = await Agency.Host.OpenDatabaseAsync();
            return await db.Set<Booking>().AnyAsync(row => row.DealId == deal && row.InvoiceId != null) && (await Agency.InvoiceAsync(deal)).Status == InvoiceStatus.ReadyForReview;
        });
        var invoice = await Agency.InvoiceAsync(deal);
        Assert.Equal((99_990L, ""), (invoice.NetMinor, invoice.Problems));
        Assert.Equal(["Design", "Hosting"], (await ContentAsync(deal)).Lines.Select(line => line.Description));
        Assert.Empty(Agency.Sandbox.Faults.Active);

        // And its own list of won deals says the same, past the notices.
        var today = DateOnly.FromDateTime(Agency.Clock.GetUtcNow().UtcDateTime);
        var read = ActivatorUtilities.GetServiceOrCreateInstance<ReadCrmDeals>(Agency.Host.Services.CreateScope().ServiceProvider);
        Assert.Equal(1, await read.ReadAsync(new Period(today.AddDays(-7), today), await Agency.ApproverAsync(), CancellationToken.None));
        await using var after = await Agency.Host.OpenDatabaseAsync();
        Assert.Equal((deal, 109_990L, "hubspot"), await after.Set<CrmDeal>().Select(row => ValueTuple.Create(row.DealId, row.AmountMinor, row.Source)).SingleAsync());
    }

    [Fact]
    public async Task Standard_CarriesAnEventAndShowsWhatIsWrongWithAnother()
    {
        var good = Events.Of("booking_confirmed", Events.Sale("std-1", customer: "C-std"), "std-event-1", "partner", Agency.Clock.GetUtcNow());
        Assert.Equal(HttpStatusCode.OK, await Agency.StandardAsync("msg_1", good.ToJsonString()));
        Assert.Equal(HttpStatusCode.OK, await Agency.StandardAsync("msg_2", """{"specversion":"1.0","id":"std-event-2","source":"partner","type":"revops.booking_confirmed.v1","data":{"bookingId":"x"}}"""));
        Assert.Equal(HttpStatusCode.OK, await Agency.StandardAsync("msg_3", "no json"));
        await Agency.Host.DrainAsync();
        Assert.Equal(InvoiceStatus.ReadyForReview, (await Agency.InvoiceAsync("std-1")).Status);
        Assert.Equal((DeliveryStatus.Applied, "partner"), ((await Agency.DeliveryAsync("msg_1")).Status, (await Agency.DeliveryAsync("msg_1")).EventSource));
        var refused = await Agency.DeliveryAsync("msg_2");
        Assert.Equal(DeliveryStatus.Failed, refused.Status);
        Assert.Contains("data.currency", refused.Error, StringComparison.Ordinal);
        Assert.Equal((DeliveryStatus.Failed, "notJson"), ((await Agency.DeliveryAsync("msg_3")).Status, (await Agency.DeliveryAsync("msg_3")).Error));
    }

    [Fact]
    public async Task Forged_Is401AndLeavesANumberAlone()
    {
        var refused = Agency.Host.Services.GetRequiredService<RefusedHooks>();
        var before = (await refused.TodayAsync(CancellationToken.None)).GetValueOrDefault("calcom");
        var body = Agency.CalComBody("BOOKING_CREATED", "cal-forged", "coaching");
        Assert.Equal(HttpStatusCode.Unauthorized, await Agency.CalComAsync(body, secret: "another-secret"));
        Assert.Equal(HttpStatusCode.Unauthorized, await Agency.PostAsync("calcom", body.ToJsonString()));
        Assert.Equal(HttpStatusCode.Unauthorized, await Agency.PostAsync("hubspot", "[]", ("X-HubSpot-Signature-v3", "x"), ("X-HubSpot-Request-Timestamp", "1")));
        Assert.Equal(HttpStatusCode.NotFound, await Agency.PostAsync("unheard-of", "{}"));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await Agency.PostAsync("calcom", new string('x', 1_100_000)));
        Assert.Equal(before + 2, (await refused.TodayAsync(CancellationToken.None))["calcom"]);
        await using var db = await Agency.Host.OpenDatabaseAsync();
        Assert.False(await db.Set<HookDelivery>().AnyAsync(row => row.Subject == "cal-forged"));
    }

    private async Task<int> MapAsync(string key, string price)
    {
        var (problems, asked) = await Desk.SaveTypeAsync(Connector.CalCom, new() { Key = key, Price = price }, CultureInfo.GetCultureInfo("fr-FR"), Actor, CancellationToken.None);
        Assert.Empty(problems);
        return asked;
    }

    private async Task<bool> StageAsync(string stage, string source)
    {
        await using var db = await Agency.Host.OpenDatabaseAsync();
        return await (from record in db.Set<LeadStageRecord>() join received in db.Set<ReceivedEvent>() on record.Id equals received.Id where record.Stage == stage && received.Source == source select record).AnyAsync();
    }

    private async Task<BookingContent> ContentAsync(string id)
    {
        await using var db = await Agency.Host.OpenDatabaseAsync();
        var booking = await db.Set<Booking>().SingleAsync(row => row.BookingId == id || row.DealId == id);
        return JsonSerializer.Deserialize<BookingContent>((await Agency.Host.Services.GetRequiredService<Vault>().OpenAsync(booking.PersonId, booking.Id, booking.SealedContent))!)!;
    }

    private JsonObject CalendlyBody(string invitee, string type, string name) => new()
    {
        ["event"] = "invitee.created",
        ["created_at"] = Agency.Clock.GetUtcNow().ToString("O"),
        ["payload"] = new JsonObject
        {
            ["uri"] = $"https://api.calendly.com/scheduled_events/E1/invitees/{invitee}",
            ["email"] = $"{invitee}@calendly.example",
            ["name"] = "Max Weber",
            ["questions_and_answers"] = new JsonArray(new JsonObject { ["question"] = "Votre société ?", ["answer"] = "Weber SARL", ["position"] = 0 }),
            ["tracking"] = new JsonObject { ["utm_source"] = "newsletter" },
            ["scheduled_event"] = new JsonObject { ["event_type"] = type, ["name"] = name, ["start_time"] = Agency.Clock.GetUtcNow().AddDays(2).ToString("O"), ["end_time"] = Agency.Clock.GetUtcNow().AddDays(2).AddHours(1).ToString("O") },
        },
    };
}
