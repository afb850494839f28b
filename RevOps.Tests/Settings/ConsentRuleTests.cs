using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Conversions;
using RevOps.Core.Ingestion;
using RevOps.Core.People;
using RevOps.Core.Platform.Audit;
using RevOps.Tests.Journeys;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Settings;

/// <summary>What an answer about ads means, or none, where the law leaves it to the company.</summary>
public sealed class ConsentRuleTests
{
    private const string Actor = "user:1";

    [Theory]
    [InlineData("US", null, null, false, false, ConsentAnswer.Granted, false)]
    [InlineData("US", null, null, true, false, ConsentAnswer.Unknown, false)]
    [InlineData("US", false, null, false, false, ConsentAnswer.Denied, true)]
    [InlineData("us", false, null, false, true, ConsentAnswer.Granted, true)]
    [InlineData("US", true, false, false, false, ConsentAnswer.Granted, true)]
    [InlineData("FR", null, null, false, false, ConsentAnswer.Unknown, false)]
    [InlineData("FR", false, null, false, true, ConsentAnswer.Denied, false)]
    [InlineData(null, false, null, false, true, ConsentAnswer.Denied, false)]
    [InlineData("CA", false, null, false, true, ConsentAnswer.Denied, false)]
    public void Answer_MeansWhatTheLawAndTheCompanySay(string? country, bool? ads, bool? personal, bool holdsMissing, bool limitsRefused, ConsentAnswer expected, bool isLimited)
    {
        var state = new ConsentState(null, ads, personal, country) { Policy = new(holdsMissing, limitsRefused) };

        Assert.Equal((expected, isLimited), (state.Ads, state.IsLimited));
    }

    [Fact]
    public async Task Choice_HoldsOrLimitsFromNowOn_IsOnRecordAndReleasesWhatWasHeld()
    {
        await using var agency = await Agency.OpenAsync();
        await ChooseAsync(agency, holdsMissing: true, limitsRefused: false);
        await BookAsync(agency, "v-1", "B-1");
        var refusal = Events.Consent("v-2", "denied");
        refusal["country"] = "US";
        await agency.SendAsync("consent", refusal);
        await BookAsync(agency, "v-2", "B-2");
        await agency.Host.DrainAsync();
        Assert.All(await OfAsync(agency), row => Assert.Equal((ConversionStatus.Held, row.EventId == "booked.B-1" ? "consent.unknown" : "consent.denied"), (row.Status, row.Reason)));

        await ChooseAsync(agency, holdsMissing: false, limitsRefused: true);
        await agency.Host.DrainAsync();
        Assert.Equal([], (await OfAsync(agency)).Where(row => row.Status is not (ConversionStatus.Delivered or ConversionStatus.Received)).Select(row => $"{row.Platform} {row.EventId} {row.Status} {row.Reason} {row.Message}"));

        // The stand-ins check the form of both.
        var meta = agency.Sandbox.MetaEffects()["events"]!.AsArray().ToDictionary(sent => (string)sent!["eventId"]!, sent => sent!["event"]!);
        Assert.Null(meta["booked.B-1"]["data_processing_options"]);
        Assert.Equal(("[\"LDU\"]", 1, 1000), (meta["booked.B-2"]["data_processing_options"]!.ToJsonString(), (int)meta["booked.B-2"]["data_processing_options_country"]!, (int)meta["booked.B-2"]["data_processing_options_state"]!));

        // What nobody was asked is claimed of nobody; whether Google counts it so, its later report says.
        Assert.Null(await ToldGoogleAsync(agency, "booked.B-1"));
        Assert.Equal("""{"adPersonalization":"CONSENT_DENIED"}""", await ToldGoogleAsync(agency, "booked.B-2"));

        await using var db = await agency.Host.OpenDatabaseAsync();
        Assert.Equal(2, await db.Set<AuditEntry>().CountAsync(entry => entry.Action == "consentRule.changed" && entry.Actor == Actor));
        var limited = (await OfAsync(agency)).FindAll(row => row.EventId == "booked.B-2").ConvertAll(row => row.Id.ToString());
        Assert.Equal(2, await db.Set<AuditEntry>().CountAsync(entry => entry.Action == "conversion.released" && limited.Contains(entry.SubjectId)));
    }

    /// <summary>The consent that went with it.</summary>
    private static async Task<string?> ToldGoogleAsync(Agency agency, string eventId)
    {
        var id = (await OfAsync(agency)).Single(row => row.Platform == AdPlatform.Google && row.EventId == eventId).Id;
        var story = (await agency.Host.Services.GetRequiredService<ConversionQueries>().FindAsync(id, clear: true))!;
        return JsonNode.Parse(Assert.Single(story.Effects).Body!)!["events"]![0]!["consent"]?.ToJsonString();
    }

    private static async Task BookAsync(Agency agency, string visitor, string booking)
    {
        var sale = Events.Sale(booking, customer: $"C-{visitor}");
        sale["visitorId"] = visitor;
        var address = sale["customer"]!["address"]!;
        (address["country"], address["postalCode"]) = ("US", "94105");
        sale["contact"] = new JsonObject { ["email"] = $"{visitor}@acme.example", ["region"] = "California", ["country"] = "US" };
        await agency.SendAsync("booking_confirmed", sale);
    }

    private static async Task<List<Conversion>> OfAsync(Agency agency)
    {
        await using var db = await agency.Host.OpenDatabaseAsync();
        return await db.Set<Conversion>().AsNoTracking().Where(row => row.Stage == ConversionStage.Booked).ToListAsync();
    }

    private static Task ChooseAsync(Agency agency, bool holdsMissing, bool limitsRefused) =>
        agency.Host.Services.GetRequiredService<EventReceiver>().ReceiveInternalAsync("revops", $"consent/{Guid.NewGuid()}", ConsentChosen.Type, new ConsentChosen(holdsMissing, limitsRefused, Actor), CancellationToken.None);
}
