using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Attribution;
using RevOps.Core.Conversions;
using RevOps.Core.Conversions.Meta;
using RevOps.Core.Identity;
using RevOps.Core.Ingestion;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Retention;
using RevOps.Tests.Connections;
using RevOps.Tests.Journeys;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Settings;

/// <summary>Stages, the BANT rule and retention, as the pages change them.</summary>
public sealed class RuleTests
{
    private const string Actor = "user:0198f000-0000-7000-8000-000000000001";

    [Fact]
    public async Task StageThatIsOff_IsNotToldAndWhatWasQueuedIsHeldUntilItIsOnAgain()
    {
        await using var agency = await Agency.OpenAsync();
        await ConsentAsync(agency);
        await agency.SendAsync("voice_session", Events.Voice("S-1", "v-1", "c-1@acme.example", agency.Clock.GetUtcNow(), met: 1));
        await ChooseAsync(agency.Host, (ConversionStage.Lead, AdPlatform.Meta, false, "Lead"));
        await agency.SendAsync("voice_session", Events.Voice("S-2", "v-1", "c-1@acme.example", agency.Clock.GetUtcNow(), met: 1));
        await agency.Host.DrainAsync();

        Assert.Equal([(AdPlatform.Meta, "lead.S-1")], (await ConversionsAsync(agency.Host)).Where(conversion => conversion is { Status: ConversionStatus.Held, Reason: StageRules.Off }).Select(conversion => (conversion.Platform, conversion.EventId)));
        Assert.DoesNotContain(await ConversionsAsync(agency.Host), conversion => conversion is { Platform: AdPlatform.Meta, EventId: "lead.S-2" });
        Assert.Equal(0, (int)agency.Sandbox.MetaEffects()["counted"]!);

        await ChooseAsync(agency.Host, (ConversionStage.Lead, AdPlatform.Meta, true, "FirstContact"));
        await agency.Host.DrainAsync();
        var sent = Assert.Single(agency.Sandbox.MetaEffects()["events"]!.AsArray());
        Assert.Equal(("lead.S-1", "FirstContact"), ((string?)sent!["eventId"], (string?)sent["eventName"]));
    }

    [Fact]
    public async Task AValue_IsThatOfTheStagesRule()
    {
        await using var agency = await Agency.OpenAsync();
        await ConsentAsync(agency);
        await StoreAsync(agency.Host, new ChosenStage(ConversionStage.Lead, AdPlatform.Meta, true, "Lead") { Value = ValueRule.Fixed, Fixed = new Money(15_00, "EUR") },
            new ChosenStage(ConversionStage.Booked, AdPlatform.Meta, true, "Purchase") { Value = ValueRule.Margin }, new ChosenStage(ConversionStage.Booked, AdPlatform.Google, true, "") { Value = ValueRule.Booking, IsShared = true });
        await agency.SendAsync("voice_session", Events.Voice("S-1", "v-1", "c-1@acme.example", agency.Clock.GetUtcNow(), met: 1));
        await agency.SendAsync("touch", Events.Touch("v-1", gclid: "G-1"));
        await agency.Host.DrainAsync();
        var sale = Events.Sale("B-1", unitAmount: 1_000);
        sale["visitorId"] = "v-1";
        await agency.SendAsync("booking_confirmed", sale);
        await agency.Host.DrainAsync();

        // What a slot costs is not known, so neither is the margin, and Meta's own check says what is missing. Half of the visits came from a click of Google's.
        var told = await ConversionsAsync(agency.Host);
        Assert.Equal(15_00, Assert.Single(told, row => row is { Platform: AdPlatform.Meta, EventId: "lead.S-1" }).ValueMinor);
        var margin = Assert.Single(told, row => row is { Platform: AdPlatform.Meta, EventId: "booked.B-1" });
        Assert.Equal((null, ConversionStatus.Rejected, "no_value"), (margin.ValueMinor, margin.Status, margin.Reason));
        Assert.Equal(500_00, Assert.Single(told, row => row is { Platform: AdPlatform.Google, EventId: "booked.B-1" }).ValueMinor);

        // It is shown before anything is sent, and masked.
        var previews = agency.Host.Services.GetRequiredService<ConversionPreviews>();
        var choice = Assert.Single(await previews.ChoicesAsync(ConversionStage.Booked));
        var preview = (await previews.OfAsync(AdPlatform.Meta, choice.Id, clear: false))!;
        Assert.Equal("no_value", preview.Refusal!.Code);
        Assert.Contains("\"event_name\": \"Purchase\"", preview.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(MetaUserData.Hash("c-1@acme.example"), preview.Body, StringComparison.Ordinal);
        Assert.Contains(MetaUserData.Hash("c-1@acme.example"), (await previews.OfAsync(AdPlatform.Meta, choice.Id, clear: true))!.Body, StringComparison.Ordinal);

        // By rules that nobody saved: at a fixed value, and at the booking's, nothing speaks against it.
        var chosen = (await previews.OfAsync(AdPlatform.Meta, choice.Id, clear: false, preview.Rule with { Name = "Sold", Value = ValueRule.Fixed, Fixed = new(77_00, "EUR") }))!;
        Assert.Null(chosen.Refusal);
        Assert.Contains("\"event_name\": \"Sold\"", chosen.Body, StringComparison.Ordinal);
        Assert.Contains("\"value\": 77", chosen.Body, StringComparison.Ordinal);
        Assert.Null((await previews.OfAsync(AdPlatform.Meta, choice.Id, clear: false, preview.Rule with { Value = ValueRule.Booking }))!.Refusal);
        Assert.Equal("no_value", (await previews.OfAsync(AdPlatform.Meta, choice.Id, clear: false))!.Refusal!.Code);
    }

    /// <summary>Google looks at the very payload and throws it away; of an action that takes no uploads it says so.</summary>
    [Fact]
    public async Task Preview_CanBeRehearsedAtGoogle_AndNothingIsCounted()
    {
        await using var agency = await Agency.OpenAsync();
        await agency.SendAsync("consent", Events.Consent("v-1"));
        var sale = Events.Sale("B-1");
        sale["visitorId"] = "v-1";
        await agency.SendAsync("booking_confirmed", sale);
        var previews = agency.Host.Services.GetRequiredService<ConversionPreviews>();
        var choice = Assert.Single(await previews.ChoicesAsync(ConversionStage.Booked));
        var preview = (await previews.OfAsync(AdPlatform.Google, choice.Id, clear: false))!;

        Assert.Equal(ChannelOutcome.Delivered, (await previews.RehearseAsync(preview, Actor, CancellationToken.None))!.Outcome);
        Assert.Equal("INVALID_CONVERSION_ACTION_TYPE", (await previews.RehearseAsync(preview with { Rule = preview.Rule with { Name = "404" } }, Actor, CancellationToken.None))!.Code);
        Assert.Empty(agency.Sandbox.GoogleEffects()["conversions"]!.AsArray());

        agency.Clock.Advance(TimeSpan.FromMinutes(1));
        await agency.SendAsync("consent", Events.Consent("v-1", "denied"));
        await agency.Host.DrainAsync();
        Assert.Null(await previews.RehearseAsync(preview, Actor, CancellationToken.None));
        await using var db = await agency.Host.OpenDatabaseAsync();
        Assert.Equal(2, await db.Set<AuditEntry>().CountAsync(entry => entry.Action == "conversion.rehearsed" && entry.Actor == Actor));
    }

    [Fact]
    public async Task GoogleAction_ChosenLater_ReleasesWhatWasHeldForIt()
    {
        // An account of one's own has no actions until somebody chooses them.
        await using var world = await ConnectionWorld.StartAsync();
        await world.SaveAsync("Stripe", ("Stripe:ApiKey", "sk_test_1"));
        await world.SaveAsync("Google", ("Google:CustomerId", "1234567890"), ("Google:ServiceAccountKey", await File.ReadAllTextAsync(world.Servers.GoogleKeyFile)));
        using var sender = world.Host.Client(await world.Host.CreateKeyAsync(ApiKey.EventsWrite));
        await sender.SendAsync(Events.Of("touch", Events.Touch("v-1")));
        await sender.SendAsync(Events.Of("consent", Events.Consent("v-1")));
        await sender.SendAsync(Events.Of("voice_session", Events.Voice("S-1", "v-1", "c-1@acme.example", DateTimeOffset.UtcNow, met: 1)));
        await world.Host.DrainAsync();
        Assert.Equal("no_conversion_action", Assert.Single(await ConversionsAsync(world.Host), conversion => conversion.Platform == AdPlatform.Google).Reason);

        await ChooseAsync(world.Host, (ConversionStage.Lead, AdPlatform.Google, true, "987654321"));
        await world.Host.DrainAsync();
        Assert.Equal("987654321", (string?)Assert.Single(world.Servers.GoogleEffects()["conversions"]!.AsArray())!["productDestinationId"]);
        await using var db = await world.Host.OpenDatabaseAsync();
        Assert.True(await db.Set<AuditEntry>().AnyAsync(entry => entry.Action == "stages.changed" && entry.Actor == Actor));
    }

    [Fact]
    public async Task GoogleAction_OfTheConfiguration_Wins()
    {
        await using var host = new RevOpsHost { Settings = { ["Google:ConversionActions:Booked"] = "42" } };
        await host.Services.GetRequiredService<EventReceiver>().ReceiveInternalAsync("revops", "stages/1", StagesChosen.Type, new StagesChosen([new(ConversionStage.Booked, AdPlatform.Google, true, "77")], Actor), CancellationToken.None);

        await using var db = await host.OpenDatabaseAsync();
        var stages = host.Services.GetRequiredService<StageRules>();
        var (booked, paid) = (await stages.OfAsync(db, ConversionStage.Booked, AdPlatform.Google, CancellationToken.None), await stages.OfAsync(db, ConversionStage.Paid, AdPlatform.Google, CancellationToken.None));
        Assert.Equal(("42", "Google:ConversionActions:Booked"), (booked.Name, booked.LockedBy));
        Assert.Equal("42", paid.Name);
    }

    [Theory]
    [InlineData(ConversionStage.Lead, AdPlatform.Meta, "Purchase", "meta.purchase")]
    [InlineData(ConversionStage.Lead, AdPlatform.Meta, "", "meta.missing")]
    [InlineData(ConversionStage.Lead, AdPlatform.Meta, "Lead<script>", "meta.name")]
    [InlineData(ConversionStage.Lead, AdPlatform.Meta, "InvoicePaid", "same")]
    [InlineData(ConversionStage.Lead, AdPlatform.Google, "12a", "google.action")]
    [InlineData(ConversionStage.Lead, AdPlatform.Google, "1003", "same")]
    [InlineData(ConversionStage.Lead, AdPlatform.Google, "", null)]
    [InlineData(ConversionStage.Booked, AdPlatform.Meta, "Achat", null)]
    [InlineData(ConversionStage.Refunded, AdPlatform.Meta, "", null)]
    public void Stages_ThatCannotBeMeant_AreNamed(ConversionStage stage, AdPlatform platform, string name, string? expected)
    {
        var chosen = (from each in StageRules.Stages
                      from at in Enum.GetValues<AdPlatform>()
                      select new StageRule(each, at, true, (each, at) == (stage, platform) ? name : at == AdPlatform.Meta ? StageRules.MetaNameOf(each) : $"100{(int)StageRules.ActionStageOf(each)}")).ToList();
        Assert.Equal(expected, StageRules.Check(chosen).GetValueOrDefault((stage, platform)));
    }

    [Theory]
    [InlineData(ConversionStage.Lead, AdPlatform.Meta, "Purchase", ValueRule.Fixed, 15_00L, null)]
    [InlineData(ConversionStage.Lead, AdPlatform.Google, "77", ValueRule.Fixed, null, "value.fixed")]
    [InlineData(ConversionStage.Lead, AdPlatform.Google, "77", ValueRule.Fixed, 0L, "value.fixed")]
    [InlineData(ConversionStage.Booked, AdPlatform.Meta, "Purchase", ValueRule.None, null, "meta.purchase")]
    [InlineData(ConversionStage.Paid, AdPlatform.Google, "", ValueRule.None, null, "google.value")]
    [InlineData(ConversionStage.Paid, AdPlatform.Google, "", ValueRule.Margin, null, null)]
    public void AValue_ThatAPlatformWouldRefuse_IsNamed(ConversionStage stage, AdPlatform platform, string name, ValueRule value, long? minor, string? expected)
    {
        var rule = new StageRule(stage, platform, true, name) { Value = value, Fixed = minor is { } amount ? new Money(amount, "EUR") : null };
        Assert.Equal(expected, StageRules.Check([rule]).GetValueOrDefault((stage, platform)));
    }

    [Fact]
    public async Task BantRule_CountsFromNowOnAndShowsBeforehandWhatItWouldDo()
    {
        await using var agency = await Agency.OpenAsync();
        var rules = agency.Host.Services.GetRequiredService<BantRules>();
        for (var met = 0; met <= 4; met++)
            await agency.SendAsync("voice_session", Events.Voice($"S-{met}", "v-1", "c-1@acme.example", agency.Clock.GetUtcNow(), met));
        var callback = Events.Voice("S-callback", "v-1", "c-1@acme.example", agency.Clock.GetUtcNow(), met: 4);
        callback["outcome"] = "callback";
        await agency.SendAsync("voice_session", callback);
        await agency.SendAsync("voice_session", Events.Voice("S-old", "v-1", "c-1@acme.example", agency.Clock.GetUtcNow().AddDays(-31), met: 4));

        Assert.Equal(new BantPreview(6, 3, 3), await rules.PreviewAsync(2, [VoiceOutcome.Unqualified, VoiceOutcome.Callback]));
        Assert.Equal(new BantPreview(6, 3, 4), await rules.PreviewAsync(2, []));

        agency.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(await rules.SaveAsync(2, [VoiceOutcome.Callback], Actor, CancellationToken.None));
        Assert.False(await rules.SaveAsync(2, [VoiceOutcome.Callback], Actor, CancellationToken.None));
        await agency.SendAsync("voice_session", Events.Voice("S-after", "v-1", "c-1@acme.example", agency.Clock.GetUtcNow(), met: 2));

        await using var db = await agency.Host.OpenDatabaseAsync();
        var qualified = await db.Set<VoiceSession>().Where(session => session.Qualified).Select(session => session.SessionId).ToListAsync();
        Assert.Equal(["S-3", "S-4", "S-after", "S-callback", "S-old"], qualified.Order(StringComparer.Ordinal));
        Assert.Equal(2, (await rules.HistoryAsync()).Count);
    }

    [Fact]
    public async Task Retention_IsAVersionPerChange()
    {
        await using var host = new RevOpsHost();
        var rules = host.Services.GetRequiredService<RetentionRules>();
        Assert.True(await rules.SaveAsync(new Dictionary<RetainedKind, int> { [RetainedKind.Mail] = 6 }, Actor, CancellationToken.None));
        Assert.False(await rules.SaveAsync(new Dictionary<RetainedKind, int> { [RetainedKind.Mail] = 6 }, Actor, CancellationToken.None));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => rules.SaveAsync(new Dictionary<RetainedKind, int> { [RetainedKind.Mail] = 0 }, Actor, CancellationToken.None));

        var history = await rules.HistoryAsync();
        Assert.Equal([6, RetentionRule.Default.MailMonths], history.Select(rule => rule.MailMonths));
        Assert.Equal(RetentionRule.Default.ProspectsMonths, history[0].ProspectsMonths);
        Assert.Null(await host.Services.GetRequiredService<AuditTrail>().FindBreakAsync());
    }

    private static async Task ConsentAsync(Agency agency)
    {
        await agency.SendAsync("touch", Events.Touch("v-1"));
        await agency.SendAsync("consent", Events.Consent("v-1"));
    }

    private static Task ChooseAsync(RevOpsHost host, (ConversionStage Stage, AdPlatform Platform, bool Sends, string Name) choice) =>
        StoreAsync(host, new ChosenStage(choice.Stage, choice.Platform, choice.Sends, choice.Name));

    private static Task StoreAsync(RevOpsHost host, params ChosenStage[] choices) =>
        host.Services.GetRequiredService<EventReceiver>().ReceiveInternalAsync("revops", $"stages/{Guid.NewGuid()}", StagesChosen.Type, new StagesChosen(choices, Actor), CancellationToken.None);

    private static async Task<List<Conversion>> ConversionsAsync(RevOpsHost host)
    {
        await using var db = await host.OpenDatabaseAsync();
        return await db.Set<Conversion>().AsNoTracking().ToListAsync();
    }
}
