using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Attribution;
using RevOps.Core.Conversions;
using RevOps.Core.Platform.Audit;
using RevOps.Sandbox;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Journeys;

/// <summary>What the ad platforms are told of a lead and a booking, and when: as consent, value and cancellation come, over HTTP, on the sandbox.</summary>
public sealed class TellingTests
{
    [Fact]
    public async Task CanHoldConversionsUntilConsentComes()
    {
        await using var agency = await Agency.OpenAsync();
        await agency.SendAsync("touch", Events.Touch("v-1", gclid: "G-1"));
        agency.Clock.Advance(TimeSpan.FromHours(7));
        await agency.SendAsync("voice_session", Events.Voice("S-1", "v-1", "ann@acme.example", agency.Clock.GetUtcNow()));
        await agency.Host.DrainAsync();

        await using (var db = await agency.Host.OpenDatabaseAsync())
            Assert.All(await db.Set<Conversion>().ToListAsync(), conversion => Assert.Equal((ConversionStatus.Held, "consent.unknown"), (conversion.Status, conversion.Reason)));
        Assert.Empty(agency.Sandbox.MetaEffects()["events"]!.AsArray());
        Assert.Empty(agency.Sandbox.GoogleEffects()["conversions"]!.AsArray());

        await agency.SendAsync("consent", Events.Consent("v-1", ads: "denied"));
        await agency.Host.DrainAsync();
        await using (var db = await agency.Host.OpenDatabaseAsync())
            Assert.All(await db.Set<Conversion>().ToListAsync(), conversion => Assert.Equal((ConversionStatus.Held, "consent.denied"), (conversion.Status, conversion.Reason)));

        agency.Clock.Advance(TimeSpan.FromMinutes(1));
        await agency.SendAsync("consent", Events.Consent("v-1"));
        await agency.LetGoogleAnswerAsync();
        await using (var db = await agency.Host.OpenDatabaseAsync())
            Assert.All(await db.Set<Conversion>().ToListAsync(), conversion => Assert.Equal(ConversionStatus.Delivered, conversion.Status));
    }

    /// <summary>Some clicks are known to the voice AI alone: a call from an ad, or a page that handed over what the browser knew.</summary>
    [Fact]
    public async Task CanTellThePlatformsOfTheClickThatTheCallBrought()
    {
        await using var agency = await Agency.OpenAsync();
        await agency.SendAsync("consent", Events.Consent("v-1"));
        await SpeakAsync("S-1", "own");
        agency.Clock.Advance(TimeSpan.FromHours(1));
        await agency.SendAsync("touch", Events.Touch("v-1", gclid: "G-visit"));
        agency.Clock.Advance(TimeSpan.FromHours(1));
        await SpeakAsync("S-2", "later");
        await SpeakAsync("S-3", null);
        agency.Clock.Advance(TimeSpan.FromHours(1));
        foreach (var (booking, session) in new[] { ("B-1", "S-1"), ("B-2", null) })
        {
            var sale = Events.Sale(booking);
            (sale["visitorId"], sale["voiceSessionId"]) = ("v-1", session);
            await agency.SendAsync("booking_confirmed", sale);
        }

        await agency.Host.DrainAsync();
        var own = (await ClickAsync("booked.B-1"))!;
        Assert.Equal(("G-own", Agency.Morning, new("google", "77", null, "9")), (own.Gclid, own.SeenAt, own.Ad));
        Assert.Equal("F-own", (await ClickAsync("lead.S-1", AdPlatform.Meta))!.Fbclid);

        // The newest one counts of what is not said to belong to it: the call's, not the visit's before.
        foreach (var other in new[] { "booked.B-2", "lead.S-2", "lead.S-3" })
            Assert.Equal("G-later", (await ClickAsync(other))!.Gclid);
        await using (var db = await agency.Host.OpenDatabaseAsync())
        {
            var person = (await db.Set<VoiceSession>().SingleAsync(session => session.SessionId == "S-1")).PersonId;
            var step = (await agency.Host.Services.GetRequiredService<TimelineQueries>().FindAsync(person, clear: false))!.Steps.OfType<VoiceStep>().First();
            Assert.Equal(("77", "gclid,fbclid", (string?)null), (step.Ad!.CampaignId, step.ClickIdKinds, step.Need.Evidence));
        }

        // The same door as for what a browser tells.
        agency.Clock.Advance(TimeSpan.FromMinutes(1));
        await agency.SendAsync("consent", Events.Consent("v-1", measurement: "denied"));
        await agency.Host.DrainAsync();
        Assert.Null(await ClickAsync("booked.B-1"));

        Task SpeakAsync(string id, string? click)
        {
            var voice = Events.Voice(id, "v-1", "c-1@acme.example", agency.Clock.GetUtcNow());
            if (click is not null)
                (voice["clickIds"], voice["ad"]) = (new JsonObject { ["gclid"] = $"G-{click}", ["fbclid"] = $"F-{click}" }, new JsonObject { ["platform"] = "google", ["campaignId"] = "77", ["adId"] = "9" });
            return agency.SendAsync("voice_session", voice);
        }

        async Task<ClickFacts?> ClickAsync(string eventId, AdPlatform platform = AdPlatform.Google)
        {
            await using var scope = agency.Host.Services.CreateAsyncScope();
            await using var db = await agency.Host.OpenDatabaseAsync();
            var conversion = await db.Set<Conversion>().SingleAsync(row => row.EventId == eventId && row.Platform == platform);
            return (await scope.ServiceProvider.GetRequiredService<ConversionFactsReader>().ReadAsync(db, conversion, new(conversion.Stage, platform, true, "any"), restates: false, CancellationToken.None)).Facts.Click;
        }
    }

    [Fact]
    public async Task CanTellTheNewValueAfterAnAttemptThatFailed()
    {
        await using var agency = await Agency.OpenAsync();
        var sale = Events.Sale("B-1", unitAmount: 1_150);
        sale["visitorId"] = "v-1";
        await agency.SendAsync("consent", Events.Consent("v-1"));
        agency.Sandbox.Faults.Add(new Fault { Route = "POST /{version}/{dataset}/events", Kind = FaultKind.Error, Count = -1 });
        await agency.SendAsync("booking_confirmed", sale);
        await agency.Host.DrainAsync();
        Assert.Empty(agency.Sandbox.MetaEffects()["events"]!.AsArray());

        agency.Sandbox.Faults.Clear();
        agency.Clock.Advance(TimeSpan.FromMinutes(15));
        await agency.SendAsync("booking_confirmed", Events.Sale("B-1", unitAmount: 2_300));
        await agency.Host.DrainAsync();
        Assert.Equal(2_300m, (decimal)Assert.Single(agency.Sandbox.MetaEffects()["events"]!.AsArray())!["value"]!);
    }

    [Fact]
    public async Task CanTakeABookingBackAfterItWasTold()
    {
        await using var agency = await Agency.OpenAsync();
        var sale = Events.Sale("B-1", unitAmount: 1_000);
        sale["visitorId"] = "v-1";
        await agency.SendAsync("consent", Events.Consent("v-1"));
        await agency.SendAsync("booking_confirmed", sale);
        await agency.Host.DrainAsync();
        Assert.Equal(1_000m, (decimal)Told()["value"]!);

        // Another hour is no other value: nobody is told anything.
        agency.Clock.Advance(TimeSpan.FromMinutes(1));
        await agency.SendAsync("booking_changed", new() { ["bookingId"] = "B-1", ["slotStart"] = "2026-06-01T09:00:00+02:00", ["slotEnd"] = "2026-06-01T10:00:00+02:00" });
        await using (var db = await agency.Host.OpenDatabaseAsync())
            Assert.False(await db.Set<Conversion>().AnyAsync(row => row.Stage == ConversionStage.Refunded));

        // Dearer, and then cancelled: no invoice was issued, so no credit note tells of either.
        agency.Clock.Advance(TimeSpan.FromMinutes(1));
        await agency.SendAsync("booking_confirmed", Events.Sale("B-1", unitAmount: 1_300));
        await agency.Host.DrainAsync();
        Assert.Equal(1_300m, (decimal)Told()["value"]!);
        await agency.SendAsync("booking_cancelled", new() { ["bookingId"] = "B-1" });
        await agency.Host.DrainAsync();
        Assert.Equal(0m, (decimal)Told()["value"]!);

        JsonNode Told() => Assert.Single(agency.Sandbox.GoogleEffects()["conversions"]!.AsArray(), sent => (string?)sent!["transactionId"] == "booked.B-1")!;
    }

    [Fact]
    public async Task CanWithdrawWhileAConversionWaitsForItsPlatform()
    {
        await using var agency = await Agency.OpenAsync();
        await agency.SendAsync("touch", Events.Touch("v-1", gclid: "G-1"));
        await agency.SendAsync("consent", Events.Consent("v-1"));
        await agency.SendAsync("voice_session", Events.Voice("S-1", "v-1", "c-1@acme.example", agency.Clock.GetUtcNow(), met: 4));
        await agency.Host.DrainAsync();
        agency.Clock.Advance(TimeSpan.FromMinutes(1));
        await agency.SendAsync("consent", Events.Consent("v-1", ads: "denied"));

        // The click is younger than six hours: Google would have been told this afternoon.
        await using var db = await agency.Host.OpenDatabaseAsync();
        var waiting = await db.Set<Conversion>().Where(row => row.Platform == AdPlatform.Google).ToListAsync();
        Assert.Equal(2, waiting.Count);
        Assert.All(waiting, row => Assert.Equal((ConversionStatus.Held, "consent.denied", (DateTimeOffset?)null), (row.Status, row.Reason, row.DueAt)));
        Assert.Equal(2, await db.Set<AuditEntry>().CountAsync(entry => entry.Action == "conversion.cancelled"));
    }

    [Fact]
    public async Task CanLetWhatIsHeldFollowItsBooking()
    {
        await using var agency = await Agency.OpenAsync();
        await agency.SendAsync("booking_confirmed", Events.Sale("B-1"));
        await agency.SendAsync("booking_confirmed", Events.Sale("B-2", customer: "C-2"));
        await agency.Host.DrainAsync();
        agency.Clock.Advance(TimeSpan.FromMinutes(1));
        await agency.SendAsync("booking_confirmed", Events.Sale("B-1", unitAmount: 2_100));
        agency.Clock.Advance(TimeSpan.FromMinutes(1));
        await agency.SendAsync("booking_confirmed", Events.Sale("B-1", unitAmount: 2_300));
        await agency.SendAsync("booking_cancelled", new() { ["bookingId"] = "B-2" });

        await using var db = await agency.Host.OpenDatabaseAsync();
        Assert.All(await db.Set<Conversion>().Where(conversion => conversion.EventId == "booked.B-1").ToListAsync(), conversion => Assert.Equal((ConversionStatus.Held, 230_000L, null), (conversion.Status, conversion.ValueMinor, conversion.WholeMinor)));
        Assert.All(await db.Set<Conversion>().Where(conversion => conversion.EventId == "booked.B-2").ToListAsync(), conversion => Assert.Equal((ConversionStatus.Rejected, "booking.cancelled"), (conversion.Status, conversion.Reason)));
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, true)]
    public async Task CanQualifyALeadByTheCompanysRule(int met, bool qualified)
    {
        await using var agency = await Agency.OpenAsync();
        await agency.SendAsync("consent", Events.Consent("v-1"));
        await agency.SendAsync("voice_session", Events.Voice("S-1", "v-1", "ann@acme.example", agency.Clock.GetUtcNow(), met));

        await using var db = await agency.Host.OpenDatabaseAsync();
        Assert.Equal(qualified, (await db.Set<VoiceSession>().SingleAsync()).Qualified);
        Assert.Equal(qualified ? 2 : 0, await db.Set<Conversion>().CountAsync(conversion => conversion.Stage == ConversionStage.Qualified));
    }
}
