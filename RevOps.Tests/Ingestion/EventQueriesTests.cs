using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Identity;
using RevOps.Core.Ingestion;
using RevOps.Core.Platform;
using RevOps.Tests.Testing;
using RevOps.Web.Ingestion;

namespace RevOps.Tests.Ingestion;

/// <summary>What the Events page says.</summary>
public sealed class EventQueriesTests : IAsyncLifetime
{
    private readonly RevOpsHost host = new();
    private HttpClient client = null!;

    private EventQueries Queries => host.Services.GetRequiredService<EventQueries>();

    private EventStoryQueries Stories => host.Services.GetRequiredService<EventStoryQueries>();

    public async ValueTask InitializeAsync() => client = host.Client(await host.CreateKeyAsync(ApiKey.EventsWrite));

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await host.DisposeAsync();
    }

    [Fact]
    public async Task Accepted_AreNewestFirstAndPageByPage_StoredOnesToo()
    {
        foreach (var number in Enumerable.Range(1, 30))
            await client.SendAsync(Events.Of("lead_stage", Stage(), id: $"stage-{number}", source: "crm"));
        await client.PostEventsAsync(new JsonArray([.. Enumerable.Range(1, 30).Select(number => Events.Of("touch", Events.Touch($"v-{number}"), id: $"touch-{number}"))]));

        var (first, second) = (await Queries.AcceptedAsync(new()), await Queries.AcceptedAsync(new(Page: 2)));
        Assert.Equal(new EventCounts(60, 0, 0, 0), await Queries.CountAsync(new()));
        Assert.Equal((EventQueries.PageSize, 10), (first.Count, second.Count));
        Assert.Equal(60, first.Concat(second).DistinctBy(row => row.Id).Count());
        Assert.Equal(first.OrderByDescending(row => row.RecordedAt).Select(row => row.RecordedAt), first.Select(row => row.RecordedAt));
        Assert.Equal(EventStatus.Stored, first[0].Status);
        Assert.Equal("stage-1", second[^1].EventId);

        await host.DrainAsync();
        Assert.All(await Queries.AcceptedAsync(new(Type: "revops.touch.v1")), row => Assert.Equal(EventStatus.Applied, row.Status));
    }

    [Fact]
    public async Task Filters_TakeATypeAFamilyASourceAnIdAndDays()
    {
        await client.SendAsync(Events.Of("lead_stage", Stage(), id: "e-1", source: "crm"));
        await client.SendAsync(Events.Of("lead_stage", Stage(), id: "e-1", source: "site"));
        await client.SendAsync(Events.Of("consent", Events.Consent("v-1"), id: "e-12", source: "site"));
        await client.PostEventsAsync(Events.Of("nonsense", [], id: "e-1", source: "site"));

        Assert.Equal(2, (await Queries.AcceptedAsync(new(Type: "revops.lead_stage.v1"))).Count);
        Assert.Single(await Queries.AcceptedAsync(new(Type: "revops.lead_stage.v1", Source: "site")));
        Assert.Equal(3, (await Queries.AcceptedAsync(new(Type: "revops.*"))).Count);
        Assert.Equal(new EventCounts(0, 0, 0, 0), await Queries.CountAsync(new(Type: "stripe.*")));

        // The whole id of the sender's, whoever the sender is.
        Assert.Equal(["crm", "site"], (await Queries.AcceptedAsync(new() { EventId = "e-1" })).Select(row => row.Source).Order());
        Assert.Equal("site", Assert.Single(await Queries.AcceptedAsync(new(Source: "site") { EventId = "e-1" })).Source);

        var today = (await host.Services.GetRequiredService<CompanyProfile>().CurrentAsync()).DayOf(TimeProvider.System.GetUtcNow());
        Assert.Equal(new EventCounts(3, 0, 0, 0), await Queries.CountAsync(new() { From = today.AddDays(-1), To = today }));
        Assert.Equal(new EventCounts(0, 0, 0, 0), await Queries.CountAsync(new() { From = today.AddDays(2) }));
    }

    [Fact]
    public async Task Origin_KeepsStripeAndOurOwnOut_UnlessTheyAreAskedFor()
    {
        await client.SendAsync(Events.Of("lead_stage", Stage(), id: "lead"));
        await client.PostEventsAsync(Events.Of("lead_stage", [], id: "bad"));
        var receiver = host.Services.GetRequiredService<EventReceiver>();
        await receiver.ReceiveInternalAsync("stripe", "evt_1", "stripe.invoice.paid", new StripeNoticed("invoice.paid", null, null, "pi_1"), CancellationToken.None);
        await receiver.ReceiveInternalAsync("stripe", "evt_2", "stripe.invoice.paid", new StripeNoticed("invoice.paid", null, null), CancellationToken.None);
        await receiver.ReceiveInternalAsync("revops", "company", CompanyChanged.Type, new CompanyChanged(Guid.CreateVersion7()), CancellationToken.None);

        Assert.Equal(["lead"], await IdsAsync(EventOrigin.Outside));
        Assert.Equal(["evt_1"], await IdsAsync(EventOrigin.Stripe));
        Assert.Equal(["company"], await IdsAsync(EventOrigin.Product));
        Assert.Equal(["company", "evt_1", "lead"], (await IdsAsync(EventOrigin.All)).Order());

        Assert.Equal(new EventCounts(1, 0, 0, 1), await Queries.CountAsync(new()));
        Assert.Equal(new EventCounts(1, 0, 1, 0), await Queries.CountAsync(new() { Origin = EventOrigin.Stripe }));
        Assert.Equal(new EventCounts(3, 0, 1, 1), await Queries.CountAsync(new() { Origin = EventOrigin.All }));

        Assert.Equal("evt_2", Assert.Single(await Queries.IgnoredAsync(new() { Origin = EventOrigin.Stripe })).EventId);

        async Task<IEnumerable<string>> IdsAsync(EventOrigin origin) => (await Queries.AcceptedAsync(new() { Origin = origin })).Select(row => row.EventId);
    }

    [Fact]
    public async Task Story_LeadsToTheSale_AndMasksThePerson()
    {
        await client.SendAsync(Events.Of("booking_confirmed", Events.Sale("B-1"), id: "sale"));
        await host.DrainAsync();
        var row = Assert.Single(await Queries.AcceptedAsync(new()));

        var masked = await Stories.FindAsync(row.Id, clear: false);
        Assert.Equal(("B-1", true, true), (masked!.Booking, masked.IsPersonal, masked.IsFromOutside));
        Assert.NotNull(masked.InvoiceId);
        Assert.NotNull(masked.PersonId);
        Assert.Equal(2, masked.Conversions.Count);
        Assert.Contains("\"bookingId\": \"B-1\"", masked.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("c-1@acme.example", masked.Body, StringComparison.Ordinal);
        Assert.Contains("c-1@acme.example", (await Stories.FindAsync(row.Id, clear: true))!.Body, StringComparison.Ordinal);

        // What speaks of the booking leads there as well.
        await client.SendAsync(Events.Of("booking_cancelled", new JsonObject { ["bookingId"] = "B-1" }, id: "cancel"));
        var cancelled = (await Queries.AcceptedAsync(new() { EventId = "cancel" }))[0];
        Assert.Equal(masked.InvoiceId, (await Stories.FindAsync(cancelled.Id, clear: false))!.InvoiceId);
        Assert.Null(await Stories.FindAsync(Guid.CreateVersion7(), clear: false));
    }

    [Fact]
    public async Task Repeat_WithAnotherBody_IsNoted()
    {
        await client.SendAsync(Events.Of("lead_stage", Stage("lead"), id: "e-1"));
        await client.PostEventsAsync(Events.Of("lead_stage", Stage("won"), id: "e-1"));

        var row = Assert.Single(await Queries.AcceptedAsync(new()));
        Assert.Equal((1, true), (row.Repeats, row.RepeatDiffered));
    }

    [Fact]
    public async Task Parked_SayWhatTheyWaitFor()
    {
        await client.SendAsync(Events.Of("booking_cancelled", new JsonObject { ["bookingId"] = "B-1", ["reason"] = "ill" }));

        Assert.Equal("booking:B-1", Assert.Single(await Queries.ParkedAsync(new())).ParkedOn);
        Assert.Empty(await Queries.AcceptedAsync(new()));
        Assert.Equal(new EventCounts(0, 1, 0, 0), await Queries.CountAsync(new()));
    }

    [Fact]
    public async Task Rejected_SayWhatToMendAndNothingPersonal()
    {
        var data = Events.Voice("S-1", "v-1", "ann@example.com", DateTimeOffset.UtcNow);
        data["outcome"] = "maybe";
        await client.PostEventsAsync(Events.Of("voice_session", data, id: "e-1"));

        var row = Assert.Single(await Queries.RejectedAsync(new()));
        Assert.Equal("data.outcome", Assert.Single(row.Errors).Path);
        Assert.Contains("qualified", row.Errors[0].Message, StringComparison.Ordinal);
        var story = await Stories.FindRejectedAsync(row.Id);
        Assert.Equal("\"maybe\"", JsonLines.At(story!.Body, "data.outcome"));
        Assert.DoesNotContain("ann@example.com", story.Body, StringComparison.Ordinal);
    }

    private static JsonObject Stage(string stage = "lead") => new() { ["contact"] = new JsonObject { ["ref"] = "L-1" }, ["stage"] = stage };
}
