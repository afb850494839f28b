using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.Conversions;
using RevOps.Core.Identity;
using RevOps.Core.Ingestion;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Ingestion;

/// <summary>The front door over HTTP: what it takes, what it refuses, and how it says so.</summary>
public sealed class EventsEndpointTests(EventsEndpointTests.Door door) : IClassFixture<EventsEndpointTests.Door>
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;

    public sealed class Door : IAsyncLifetime
    {
        public RevOpsHost Host { get; } = new() { Settings = { ["RateLimits:Events:PermitsPerSecond"] = "100000" } };

        public HttpClient Client { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Client = Host.Client(await Host.CreateKeyAsync(ApiKey.EventsWrite));

        public async ValueTask DisposeAsync()
        {
            Client.Dispose();
            await Host.DisposeAsync();
        }
    }

    public static TheoryData<string, JsonObject> EveryType => new()
    {
        { "touch", Events.Touch("v-1", gclid: "G1") },
        { "voice_session", Events.Voice("s-1", "v-1", "ann@example.com", Now) },
        { "lead_stage", new JsonObject { ["contact"] = new JsonObject { ["ref"] = "L-1" }, ["stage"] = "meeting", ["value"] = new JsonObject { ["minor"] = 500, ["currency"] = "EUR" } } },
        { "booking_confirmed", Events.Sale("B-every") },
        { "deal_won", Events.Sale(null, "D-every") },
        { "booking_changed", new JsonObject { ["bookingId"] = "B-later", ["lines"] = new JsonArray(new JsonObject { ["quantity"] = 1, ["unitAmountMinor"] = 100 }) } },
        { "booking_cancelled", new JsonObject { ["bookingId"] = "B-later", ["reason"] = "ill" } },
        { "consent", Events.Consent("v-1") },
        { "ad_spend", new JsonObject { ["platform"] = "meta", ["account"] = "a", ["date"] = "2026-05-01", ["campaignId"] = "77", ["campaignName"] = "Spring", ["costMinor"] = 1_000, ["currency"] = "EUR" } },
        { "availability", new JsonObject { ["serviceCode"] = "audit", ["slotStart"] = "2026-05-01T09:00:00+02:00", ["slotEnd"] = "2026-05-01T10:00:00+02:00", ["capacity"] = 3, ["refused"] = 1 } },
    };

    [Theory]
    [MemberData(nameof(EveryType))]
    public async Task Event_OfEveryType_IsAcceptedOnceAndStoredSealed(string type, JsonObject data)
    {
        data["unknownField"] = "is kept";
        var envelope = Events.Of(type, data);
        var (status, body) = await door.Client.PostEventsAsync(envelope, "application/cloudevents+json");
        Assert.Equal(HttpStatusCode.Accepted, status);
        Assert.Equal("accepted", (string?)body!["results"]![0]!["status"]);

        await using var db = await door.Host.OpenDatabaseAsync();
        var stored = await db.Set<ReceivedEvent>().SingleAsync(row => row.EventId == (string)envelope["id"]!);
        Assert.DoesNotContain("is kept", Encoding.UTF8.GetString(stored.SealedData), StringComparison.Ordinal);

        var (_, again) = await door.Client.PostEventsAsync(envelope);
        Assert.Equal("duplicate", (string?)again!["results"]![0]!["status"]);
    }

    public static TheoryData<string, string, string> Impossible => new()
    {
        { """{"type":"revops.unknown.v1"}""", "type", "is not known" },
        { """{"time":"2999-01-01T00:00:00Z"}""", "time", "future" },
        { """{"time":"2026-01-01T00:00:00"}""", "time", "offset" },
        { """{"data":{"currency":"EURO"}}""", "data.currency", "ISO 4217" },
        { """{"data":{"currency":"XAU"}}""", "data.currency", "ISO 4217" },
        { """{"data":{"bookingId":null}}""", "data.bookingId", "required" },
        { """{"data":{"customer":{"ref":""}}}""", "data.customer.ref", "required" },
        { """{"data":{"lines":[]}}""", "data.lines", "required" },
        { """{"data":{"lines":[{"unitAmountMinor":100}]}}""", "data.lines[0].quantity", "required" },
        { """{"data":{"lines":[{"quantity":1,"unitAmountMinor":-100}]}}""", "data.lines[0].unitAmountMinor", "from 0" },
        { """{"data":{"lines":[{"quantity":-1,"unitAmountMinor":100}]}}""", "data.lines[0].quantity", "from 0" },
        { """{"data":{"lines":[{"quantity":1,"unitAmount":"1.2345678"}]}}""", "data.lines[0].unitAmount", "6 decimals" },
        { """{"data":{"lines":[{"quantity":1,"unitAmountMinor":100,"discountMinor":101}]}}""", "data.lines[0].discountMinor", "at most its line" },
        { """{"data":{"lines":[{"quantity":1}]}}""", "data.lines[0].unitAmountMinor", "required" },
    };

    [Theory]
    [MemberData(nameof(Impossible))]
    public async Task Event_ThatIsImpossible_IsRejectedWithThePathAndWhatWasExpected(string change, string path, string expected)
    {
        var envelope = Merge(Events.Of("booking_confirmed", Events.Sale("B-impossible")), JsonNode.Parse(change)!.AsObject());
        var (status, body) = await door.Client.PostEventsAsync(envelope);
        Assert.Equal(HttpStatusCode.Accepted, status);

        var result = body!["results"]![0]!;
        Assert.Equal("rejected", (string?)result["status"]);
        var error = Assert.Single(result["errors"]!.AsArray(), error => (string?)error!["path"] == path);
        Assert.Contains(expected, (string?)error!["message"], StringComparison.Ordinal);

        await using var db = await door.Host.OpenDatabaseAsync();
        Assert.False(await db.Set<Booking>().AnyAsync(booking => booking.BookingId == "B-impossible"));
        var kept = await db.Set<RejectedEvent>().SingleAsync(row => row.EventId == (string)envelope["id"]!);
        Assert.DoesNotContain("acme", kept.MaskedData, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Batch_WithABadEvent_TakesTheOthersAndAnswersInOrder()
    {
        var batch = new JsonArray(Events.Of("touch", Events.Touch("v-b"), "b-1"), Events.Of("nonsense", [], "b-2"), Events.Of("touch", Events.Touch("v-b"), "b-3"), Events.Of("touch", Events.Touch("v-b"), "b-1"));
        var (status, body) = await door.Client.PostEventsAsync(batch, "application/cloudevents-batch+json");
        Assert.Equal(HttpStatusCode.Accepted, status);
        Assert.Equal(["b-1 accepted", "b-2 rejected", "b-3 accepted", "b-1 duplicate"], body!["results"]!.AsArray().Select(result => $"{result!["id"]} {result["status"]}"));
    }

    [Fact]
    public async Task SameEvent_FiftyTimesAtOnce_HasOneEffect()
    {
        var envelope = Events.Of("booking_confirmed", Events.Sale("B-fifty"));
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => door.Client.PostEventsAsync(envelope.DeepClone())));
        Assert.Single(answers, answer => (string?)answer.Body!["results"]![0]!["status"] == "accepted");
        Assert.Equal(49, answers.Count(answer => (string?)answer.Body!["results"]![0]!["status"] == "duplicate"));

        await using var db = await door.Host.OpenDatabaseAsync();
        var booking = await db.Set<Booking>().SingleAsync(row => row.BookingId == "B-fifty");
        Assert.Equal(1, await db.Set<Invoice>().CountAsync(invoice => invoice.Id == booking.InvoiceId));
    }

    [Fact]
    public async Task SameId_WithAnotherBody_ChangesNothingAndIsNoted()
    {
        await door.Client.SendAsync(Events.Of("booking_confirmed", Events.Sale("B-same", unitAmount: 100), "same-1"));
        var (_, body) = await door.Client.PostEventsAsync(Events.Of("booking_confirmed", Events.Sale("B-same", unitAmount: 999), "same-1"));
        Assert.Equal("duplicate", (string?)body!["results"]![0]!["status"]);

        await using var db = await door.Host.OpenDatabaseAsync();
        Assert.Equal(10_000, (await db.Set<Booking>().SingleAsync(row => row.BookingId == "B-same")).AmountMinor);
        Assert.True((await db.Set<ReceivedEvent>().SingleAsync(row => row.EventId == "same-1")).RepeatDiffered);
    }

    [Fact]
    public async Task DryRun_SaysWhatWouldHappenAndStoresNothing()
    {
        var (status, body) = await door.Client.PostEventsAsync(Events.Of("booking_confirmed", Events.Sale("B-dry"), "dry-1"), query: "?dryRun=true");
        Assert.Equal(HttpStatusCode.Accepted, status);
        Assert.Equal("accepted", (string?)body!["results"]![0]!["status"]);
        Assert.NotEmpty(body["results"]![0]!["wouldDo"]!.AsArray());

        await using var db = await door.Host.OpenDatabaseAsync();
        Assert.False(await db.Set<ReceivedEvent>().AnyAsync(row => row.EventId == "dry-1"));
        Assert.False(await db.Set<Booking>().AnyAsync(row => row.BookingId == "B-dry"));
    }

    [Fact]
    public async Task Body_OfFiveMebibytes_Is413()
    {
        using var answer = await door.Client.PostRawAsync(new string(' ', 5 * 1024 * 1024));
        await IsProblemAsync(answer, HttpStatusCode.RequestEntityTooLarge, "4 MiB");
    }

    [Fact]
    public async Task Batch_Of1001_Is413()
    {
        var batch = new JsonArray([.. Enumerable.Range(0, 1_001).Select(index => (JsonNode)Events.Of("touch", Events.Touch("v"), $"many-{index}"))]);
        using var answer = await door.Client.PostRawAsync(batch.ToJsonString());
        await IsProblemAsync(answer, HttpStatusCode.RequestEntityTooLarge, "1000");
    }

    [Theory]
    [InlineData("{", "application/json", "not JSON")]
    [InlineData("{\"hello\":1}", "application/json", "specversion")]
    [InlineData("[]", "application/cloudevents+json", "one CloudEvent")]
    [InlineData("{\"specversion\":\"1.0\"}", "application/cloudevents-batch+json", "array")]
    public async Task Body_ThatIsNoCloudEvent_Is400(string body, string media, string expected)
    {
        using var answer = await door.Client.PostRawAsync(body, media);
        await IsProblemAsync(answer, HttpStatusCode.BadRequest, expected);
    }

    [Fact]
    public async Task Events_FasterThanAllowed_Are429WithRetryAfter()
    {
        await using var host = new RevOpsHost { Settings = { ["RateLimits:Events:PermitsPerSecond"] = "2" } };
        using var client = host.Client(await host.CreateKeyAsync(ApiKey.EventsWrite));
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => client.PostRawAsync("{}")));
        var refused = answers.First(answer => answer.StatusCode == HttpStatusCode.TooManyRequests);
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task TextThatIsNoUnicode_IsRejectedAndSinksNoBatch()
    {
        var bad = Events.Of("booking_confirmed", Events.Sale("B-surrogate"), "surrogate").ToJsonString().Replace("Acme SARL", "\\ud800", StringComparison.Ordinal);
        using var answer = await door.Client.PostRawAsync($"[{bad},{Events.Of("touch", Events.Touch("v-u"), "beside-it").ToJsonString()}]");
        var results = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["results"]!;
        Assert.Equal(["rejected", "accepted"], results.AsArray().Select(result => (string)result!["status"]!));
    }

    [Fact]
    public async Task SourceOfTheProductItself_IsRefusedFromOutside()
    {
        var (_, body) = await door.Client.PostEventsAsync(Events.Of("touch", Events.Touch("v-s"), source: "revops"));
        Assert.Equal("source", (string?)body!["results"]![0]!["errors"]![0]!["path"]);
    }

    [Fact]
    public async Task ChangedBooking_KeepsTheMinorUnitsOfItsOwnCurrency()
    {
        var sale = Events.Sale("B-yen");
        sale["currency"] = "JPY";
        await door.Client.SendAsync(Events.Of("booking_confirmed", sale, time: Now.AddMinutes(-2)));
        await door.Client.SendAsync(Events.Of("booking_changed", new() { ["bookingId"] = "B-yen", ["lines"] = new JsonArray(new JsonObject { ["quantity"] = 1, ["unitAmountMinor"] = 5_000 }) }));
        await using var db = await door.Host.OpenDatabaseAsync();
        Assert.Equal(5_000, (await db.Set<Booking>().SingleAsync(row => row.BookingId == "B-yen")).AmountMinor);
    }

    [Fact]
    public async Task Key_MissingWrongOrWithoutTheScope_Is401Or403()
    {
        using var nobody = door.Host.Client();
        using var stranger = door.Host.Client("rk_0000");
        using var reader = door.Host.Client(await door.Host.CreateKeyAsync(ApiKey.MetricsRead));
        foreach (var (client, expected) in new[] { (nobody, HttpStatusCode.Unauthorized), (stranger, HttpStatusCode.Unauthorized), (reader, HttpStatusCode.Forbidden) })
        {
            using var answer = await client.PostRawAsync("{}");
            Assert.Equal(expected, answer.StatusCode);
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        }
    }

    [Fact]
    public async Task ChangeAndCancellation_BeforeTheBooking_AreParkedAndAppliedWhenItComes()
    {
        var later = new JsonObject { ["bookingId"] = "B-parked", ["lines"] = new JsonArray(new JsonObject { ["key"] = "audit", ["description"] = "Audit", ["quantity"] = 2, ["unitAmountMinor"] = 5_000 }) };
        await door.Client.SendAsync(Events.Of("booking_changed", later, "parked-1", time: Now.AddMinutes(-1)));
        await using (var db = await door.Host.OpenDatabaseAsync())
            Assert.Equal(EventStatus.Parked, (await db.Set<ReceivedEvent>().SingleAsync(row => row.EventId == "parked-1")).Status);

        await door.Client.SendAsync(Events.Of("booking_confirmed", Events.Sale("B-parked"), time: Now.AddMinutes(-10)));
        await using (var db = await door.Host.OpenDatabaseAsync())
        {
            Assert.Equal(EventStatus.Applied, (await db.Set<ReceivedEvent>().SingleAsync(row => row.EventId == "parked-1")).Status);
            Assert.Equal(10_000, (await db.Set<Booking>().SingleAsync(row => row.BookingId == "B-parked")).AmountMinor);
        }
    }

    [Fact]
    public async Task Cancellation_BeforeTheBooking_LeavesNothingToInvoiceOrToTell()
    {
        await door.Client.SendAsync(Events.Of("booking_cancelled", new() { ["bookingId"] = "B-gone" }, time: Now.AddMinutes(-1)));
        await door.Client.SendAsync(Events.Of("booking_confirmed", Events.Sale("B-gone"), time: Now.AddMinutes(-10)));
        await using var db = await door.Host.OpenDatabaseAsync();
        var booking = await db.Set<Booking>().SingleAsync(row => row.BookingId == "B-gone");
        Assert.Equal(InvoiceStatus.Cancelled, (await db.Set<Invoice>().SingleAsync(invoice => invoice.Id == booking.InvoiceId)).Status);
        Assert.All(await db.Set<Conversion>().Where(conversion => conversion.SubjectId == booking.Id).ToListAsync(), conversion => Assert.Equal(ConversionStatus.Rejected, conversion.Status));
    }

    [Fact]
    public async Task BookingAndDeal_OfOneDealId_MakeOneInvoiceWhicheverComesFirst()
    {
        await door.Client.SendAsync(Events.Of("deal_won", Events.Sale(null, "D-one")));
        await door.Client.SendAsync(Events.Of("booking_confirmed", Events.Sale("B-one", "D-one")));
        await door.Client.SendAsync(Events.Of("booking_confirmed", Events.Sale("B-two", "D-two")));
        await door.Client.SendAsync(Events.Of("deal_won", Events.Sale(null, "D-two")));

        await using var db = await door.Host.OpenDatabaseAsync();
        foreach (var deal in new[] { "D-one", "D-two" })
        {
            var booking = await db.Set<Booking>().SingleAsync(row => row.DealId == deal);
            Assert.NotNull(booking.BookingId);
            Assert.Equal(1, await db.Set<Invoice>().CountAsync(invoice => invoice.Id == booking.InvoiceId));
        }
    }

    [Fact]
    public async Task OpenApi_DescribesTheEventsEndpoint()
    {
        using var nobody = door.Host.Client();
        var document = JsonNode.Parse(await nobody.GetStringAsync("/openapi/v1.json"))!;
        Assert.NotNull(document["paths"]!["/api/v1/events"]!["post"]);
        Assert.NotNull(document["paths"]!["/api/v1/metrics"]!["get"]);
    }

    private static async Task IsProblemAsync(HttpResponseMessage answer, HttpStatusCode status, string expected)
    {
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains(expected, (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["detail"], StringComparison.Ordinal);
    }

    private static JsonObject Merge(JsonObject target, JsonObject change)
    {
        foreach (var (name, value) in change)
            target[name] = value is JsonObject inner && target[name] is JsonObject existing ? Merge((JsonObject)existing.DeepClone(), inner) : value?.DeepClone();
        return target;
    }
}
