using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Conversions;
using RevOps.Core.Conversions.Meta;
using RevOps.Core.Conversions.Sending;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Outbox;
using RevOps.Sandbox;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Journeys;

/// <summary>Many conversions at once, and platforms that stumble: nothing is lost, nothing counted twice, and what is bad is named.</summary>
public sealed class SendingTests
{
    private const string ToMeta = "POST /{version}/{dataset}/events";
    private const string ToGoogle = "POST /v1/events:ingest";

    [Fact]
    public async Task CanSendABacklogInOneRequestPerPlatform()
    {
        await using var agency = await Agency.OpenAsync();
        await BookAsync(agency, 12);
        await LetGoogleAnswerAsync(agency);

        Assert.All(await ConversionsAsync(agency), row => Assert.Equal((ConversionStatus.Delivered, null), (row.Status, row.Reason)));
        await using var db = await agency.Host.OpenDatabaseAsync();
        Assert.Equal([(AdPlatform.Meta, 12, EffectState.Done), (AdPlatform.Google, 12, EffectState.Done)], await BatchesAsync(db));
        Assert.Equal((1, 1), ((int)agency.Sandbox.MetaEffects()["batchesAccepted"]!, (int)agency.Sandbox.GoogleEffects()["requestsAccepted"]!));

        // Each shows its own part, and of the others nothing.
        var story = (await agency.Host.Services.GetRequiredService<ConversionQueries>().FindAsync((await ConversionsAsync(agency)).First(row => row.EventId == "booked.B-3").Id, clear: true))!;
        var request = Assert.Single(story.Requests);
        Assert.Equal((12, 1, 200), (request.Count, request.Attempts, request.HttpStatus));
        Assert.Equal(story.RequestId, request.RequestId);
        var effect = Assert.Single(story.Effects);
        Assert.Equal((EffectState.Done, 1), (effect.State, effect.Attempts));
        Assert.Contains("booked.B-3", effect.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("booked.B-4", effect.Body, StringComparison.Ordinal);
        Assert.NotNull(effect.Answer);
    }

    [Fact]
    public async Task CanNameTheBadOnesAndDeliverTheOthersOnce()
    {
        await using var agency = await Agency.OpenAsync();
        await BookAsync(agency, 9, "poison-1", "poison-2");
        await LetGoogleAnswerAsync(agency);

        var rows = await ConversionsAsync(agency);
        Assert.Equal(22, rows.Count);
        Assert.All(rows, row => Assert.Equal(
            row.EventId.Contains("poison", StringComparison.Ordinal) ? (ConversionStatus.Rejected, row.Platform == AdPlatform.Meta ? "100/2804017" : "INVALID_EVENT") : (ConversionStatus.Delivered, null), (row.Status, row.Reason)));
        Assert.Equal((9, 0), ((int)agency.Sandbox.MetaEffects()["counted"]!, (int)agency.Sandbox.MetaEffects()["duplicates"]!));
        Assert.Equal(9, agency.Sandbox.GoogleEffects()["conversions"]!.AsArray().Count);

        // A bad one was in each request that was refused for its sake; the last was its own, whose answer it shows.
        var bad = rows.First(row => row is { Platform: AdPlatform.Meta, EventId: "booked.poison-1" });
        var story = (await agency.Host.Services.GetRequiredService<ConversionQueries>().FindAsync(bad.Id, clear: true))!;
        Assert.Equal((11, 1), (story.Requests[0].Count, story.Requests[^1].Count));
        Assert.All(story.Requests, request => Assert.Equal((EffectState.Refused, "100/2804017"), (request.State, request.Code)));
        Assert.Equal((EffectState.Refused, story.Requests.Count), (Assert.Single(story.Effects).State, story.Effects[0].Attempts));
        Assert.Contains("order_id", story.Effects[0].Answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CanSendAgainUnderTheSameIdsWhenTheAnswerIsLost()
    {
        await using var agency = await Agency.OpenAsync();
        foreach (var route in new[] { ToMeta, ToGoogle })
            agency.Sandbox.Faults.Add(new Fault { Route = route, Kind = FaultKind.Drop, Count = 2 });
        await BookAsync(agency, 5);
        await agency.Host.DrainAsync();

        // It was asked again at once, and then left to the outbox.
        Assert.All(await ConversionsAsync(agency), row => Assert.Equal((ConversionStatus.Queued, "unreached"), (row.Status, row.Reason)));

        agency.Clock.Advance(TimeSpan.FromMinutes(1));
        await LetGoogleAnswerAsync(agency);
        Assert.All(await ConversionsAsync(agency), row => Assert.Equal(ConversionStatus.Delivered, row.Status));
        Assert.Equal((5, 10), ((int)agency.Sandbox.MetaEffects()["counted"]!, (int)agency.Sandbox.MetaEffects()["duplicates"]!));
        Assert.All(agency.Sandbox.GoogleEffects()["conversions"]!.AsArray(), sent => Assert.Equal(3, (int)sent!["received"]!));
    }

    /// <summary>What is still inside its window is only late. What fell out of it meanwhile says so, and when.</summary>
    [Fact]
    public async Task CanOutliveThreeHoursWithoutThePlatforms()
    {
        await using var agency = await Agency.OpenAsync();
        foreach (var route in new[] { ToMeta, ToGoogle })
            agency.Sandbox.Faults.Add(new Fault { Route = route, Kind = FaultKind.Error, Count = -1 });
        await BookAsync(agency, 4);
        var old = Events.Sale("B-old", customer: "C-old");
        old["visitorId"] = "v-1";
        await agency.Sender.SendAsync(Events.Of("booking_confirmed", old, time: agency.Clock.GetUtcNow() - TimeSpan.FromDays(7) + TimeSpan.FromHours(2)));

        for (var minutes = 0; minutes < 180; minutes += 20)
        {
            await agency.Host.DrainAsync();
            Assert.Empty(agency.Sandbox.MetaEffects()["events"]!.AsArray());
            agency.Clock.Advance(TimeSpan.FromMinutes(20));
        }

        await using (var db = await agency.Host.OpenDatabaseAsync())
            Assert.All(await db.Set<OutboxRow>().Where(row => row.Job == nameof(SendConversions) && row.State == OutboxState.Waiting).ToListAsync(), row => Assert.False(row.Held));
        agency.Sandbox.Faults.Clear();
        await agency.Host.DrainAsync();
        await LetGoogleAnswerAsync(agency);

        var rows = await ConversionsAsync(agency);
        Assert.Equal(10, rows.Count);
        var lost = Assert.Single(rows, row => row.Status != ConversionStatus.Delivered);
        Assert.Equal((AdPlatform.Meta, "booked.B-old", ConversionStatus.Rejected, "late.waited"), (lost.Platform, lost.EventId, lost.Status, lost.Reason));
        Assert.NotNull(lost.OutcomeAt);
        Assert.Contains("7 days", lost.Message, StringComparison.Ordinal);
        Assert.Equal(0, (int)agency.Sandbox.MetaEffects()["duplicates"]!);
    }

    [Fact]
    public async Task CanWaitForATokenAndGoOnWhenItIsMended()
    {
        await using var agency = await Agency.OpenAsync();
        var account = agency.Host.Services.GetRequiredService<MetaAccount>();
        account.Sandbox = account.Sandbox! with { AccessToken = "bad" };
        await BookAsync(agency, 3);
        await LetGoogleAnswerAsync(agency);

        var rows = await ConversionsAsync(agency);
        Assert.All(rows.Where(row => row.Platform == AdPlatform.Meta), row => Assert.Equal((ConversionStatus.Queued, "190"), (row.Status, row.Reason)));
        Assert.All(rows.Where(row => row.Platform == AdPlatform.Google), row => Assert.Equal(ConversionStatus.Delivered, row.Status));
        await using (var db = await agency.Host.OpenDatabaseAsync())
            Assert.Equal("Meta: 190", (await db.Set<OutboxRow>().SingleAsync(row => row.Job == nameof(SendConversions) && row.State == OutboxState.Waiting)).LastError);

        account.Sandbox = account.Sandbox with { AccessToken = "good" };
        agency.Clock.Advance(TimeSpan.FromMinutes(2));
        await agency.Host.DrainAsync();
        Assert.All(await ConversionsAsync(agency), row => Assert.Equal((ConversionStatus.Delivered, null), (row.Status, row.Reason)));
    }

    [Fact]
    public async Task CanProveWhatConsentStoppedAndReleased()
    {
        await using var agency = await Agency.OpenAsync();
        await agency.SendAsync("voice_session", Events.Voice("S-1", "v-1", "ann@acme.example", agency.Clock.GetUtcNow(), met: 0));
        foreach (var ads in new[] { "", "denied", "denied", "granted" })
        {
            agency.Clock.Advance(TimeSpan.FromHours(1));
            if (ads.Length > 0)
                await agency.SendAsync("consent", Events.Consent("v-1", ads));
            await agency.Host.DrainAsync();
        }

        await using var db = await agency.Host.OpenDatabaseAsync();
        foreach (var conversion in await db.Set<Conversion>().ToListAsync())
        {
            // Each once: to be looked at again and found the same is no news.
            var written = await db.Set<AuditEntry>().Where(entry => entry.SubjectId == conversion.Id.ToString()).OrderBy(entry => entry.Sequence).Select(entry => entry.Action).ToListAsync();
            Assert.Equal(["conversion.held", "conversion.cancelled", "conversion.released"], written);
        }
    }

    /// <summary>The last moment counts: who says no after their conversion was read and written is not sent.</summary>
    [Fact]
    public async Task CanWithdrawWhileItIsBeingPrepared()
    {
        Agency? agency = null;
        await using var opened = agency = await Agency.OpenAsync(configure: services =>
        {
            foreach (var known in services.Where(service => service.ServiceType == typeof(IConversionChannel)).ToList())
            {
                services.Remove(known);
                services.AddSingleton<IConversionChannel>(container => new Interrupted((IConversionChannel)known.ImplementationFactory!(container), () =>
                {
                    agency!.Clock.Advance(TimeSpan.FromMinutes(1));
                    return agency.SendAsync("consent", Events.Consent("v-1", "denied"));
                }));
            }
        });
        await BookAsync(agency, 2);
        await agency.Host.DrainAsync();

        Assert.All(await ConversionsAsync(agency), row => Assert.Equal((ConversionStatus.Held, "consent.denied"), (row.Status, row.Reason)));
        Assert.Empty(agency.Sandbox.MetaEffects()["events"]!.AsArray());
        Assert.Empty(agency.Sandbox.GoogleEffects()["conversions"]!.AsArray());
    }

    /// <summary>A payment overwrites the value of its booking under one transaction: they never travel together, and the booking goes first.</summary>
    [Fact]
    public async Task CanTellOneSaleStepByStep()
    {
        await using var agency = await Agency.OpenAsync();
        await agency.SendAsync("consent", Events.Consent("v-1"));
        agency.Sandbox.Faults.Add(new Fault { Route = ToGoogle, Kind = FaultKind.Error, Count = 2 });
        await BookAsync(agency, 1);
        await agency.Host.DrainAsync();
        await agency.ApproveAsync("B-0");
        await agency.Host.DrainAsync();
        agency.Sandbox.Pay((await agency.InvoiceAsync("B-0")).StripeInvoiceId!);
        await agency.DrainUntilAsync(async () => (await ConversionsAsync(agency)).Exists(row => row.Stage == ConversionStage.Paid));
        Assert.Equal(2, (await ConversionsAsync(agency)).Count(row => row is { Platform: AdPlatform.Google, SentAt: null }));

        agency.Clock.Advance(TimeSpan.FromMinutes(5));
        await LetGoogleAnswerAsync(agency);
        var sale = Assert.Single(agency.Sandbox.GoogleEffects()["conversions"]!.AsArray())!;
        Assert.Equal((1_440m, 1), ((decimal)sale["value"]!, (int)sale["adjustments"]!));
        Assert.All(await ConversionsAsync(agency), row => Assert.Equal(ConversionStatus.Delivered, row.Status));
    }

    private static async Task BookAsync(Agency agency, int count, params string[] more)
    {
        await agency.SendAsync("consent", Events.Consent("v-1"));
        foreach (var booking in Enumerable.Range(0, count).Select(number => $"B-{number}").Concat(more))
        {
            var sale = Events.Sale(booking, customer: "C-1");
            sale["visitorId"] = "v-1";
            await agency.SendAsync("booking_confirmed", sale);
        }
    }

    private static async Task LetGoogleAnswerAsync(Agency agency)
    {
        await agency.Host.DrainAsync();
        agency.Clock.Advance(TimeSpan.FromHours(1));
        await agency.Host.DrainAsync();
    }

    private static async Task<List<Conversion>> ConversionsAsync(Agency agency)
    {
        await using var db = await agency.Host.OpenDatabaseAsync();
        return await db.Set<Conversion>().AsNoTracking().OrderBy(row => row.Platform).ThenBy(row => row.EventId).ToListAsync();
    }

    private static async Task<List<(AdPlatform, int, EffectState)>> BatchesAsync(Core.Data.RevOpsDb db) =>
        [.. (await db.Set<ConversionBatch>().OrderBy(batch => batch.Platform).ToListAsync()).Select(batch => (batch.Platform, batch.Count, batch.State))];

    /// <summary>A channel during whose first writing something else happens.</summary>
    private sealed class Interrupted(IConversionChannel channel, Func<Task> meanwhile) : IConversionChannel
    {
        private int written;

        public AdPlatform Platform => channel.Platform;

        public Core.Platform.Mode? Mode => channel.Mode;

        public TimeSpan Memory(bool isInStore) => channel.Memory(isInStore);

        public int MostPerRequest => channel.MostPerRequest;

        public bool OneNamePerRequest => channel.OneNamePerRequest;

        public Refusal? Check(ConversionFacts facts, DateTimeOffset now) => channel.Check(facts, now);

        public MatchKeys KeysOf(ConversionFacts facts) => channel.KeysOf(facts);

        public string Envelope(string name) => channel.Envelope(name);

        public byte[] WriteEvent(ConversionFacts facts)
        {
            if (Interlocked.Increment(ref written) == 1)
                meanwhile().GetAwaiter().GetResult();
            return channel.WriteEvent(facts);
        }

        public Task<ChannelAnswer> SendAsync(string envelope, IReadOnlyList<byte[]> events, CancellationToken cancellation) => channel.SendAsync(envelope, events, cancellation);

        public Task<RequestResult> PollAsync(string requestId, CancellationToken cancellation) => channel.PollAsync(requestId, cancellation);
    }
}
