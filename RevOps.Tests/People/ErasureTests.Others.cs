using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RevOps.Core.Attribution;
using RevOps.Core.Attribution.Review;
using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.Conversions;
using RevOps.Core.Data;
using RevOps.Core.Identity;
using RevOps.Core.Ingestion;
using RevOps.Core.Ingestion.Connectors;
using RevOps.Core.Ingestion.Persons;
using RevOps.Core.People;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Secrets;
using RevOps.Tests.Journeys;
using RevOps.Tests.Testing;

namespace RevOps.Tests.People;

/// <summary>Where their words begin or end like hers, others keep what is theirs.</summary>
public sealed partial class ErasureTests
{
    [Fact]
    public async Task WhoSharesAPartOfAnAddressOrAReference_IsSomebodyElse()
    {
        const string Ref = "C-1700";
        await agency.SendAsync("lead_stage", new() { ["contact"] = new JsonObject { ["email"] = Email, ["ref"] = Ref }, ["stage"] = "meeting" });

        // One address that another of hers begins with.
        await agency.SendAsync("lead_stage", new() { ["contact"] = new JsonObject { ["email"] = $"{Email}x", ["ref"] = Ref }, ["stage"] = "meeting" });
        Assert.Equal(DecisionResult.Done, await agency.ApproveAsync("B-1"));
        await agency.DrainUntilAsync(async () => (await agency.InvoiceAsync("B-1")).SentAt is not null);
        var escaped = Uri.EscapeDataString(Email);
        var (vault, now) = (agency.Host.Services.GetRequiredService<Vault>(), agency.Clock.GetUtcNow());
        string[] theirs =
        [
            $$"""{"customer":{"ref":"{{Ref}}1"},"note":"about {{Ref}}"}""", $"ref={Ref}1", $$"""{"{{Ref}}":1}""", $$"""{"email":"x.{{Email}}"}""", $$"""{"email":"anne-{{Email}}"}""", $$"""{"email":"anne\u002B{{Email}}"}""",
            $$"""{"email":"o'{{Email}}"}""", $$"""{"email":"{{Email}}.org"}""", $$"""{"email":"{{Email}}-two.example"}""", $"email=anne%2B{escaped}", $"a call from jo{Email}", $$"""{"id":"pi_0655443322"}""", """{"amount":655443322}""",
        ];
        string[] hers =
        [
            $$"""{"customer":{"ref":"{{Ref.ToLowerInvariant()}}"} }""", $"a=1&ref={Ref}", $$"""{"email":"\u003C{{Email}}\u003E"}""", $$"""{"note":"from\n{{Email}}."}""", $"email={escaped}&x=1", $$"""{"url":"https://x.example/?mail={{escaped}}"}""",
            $$"""{"url":"https://x.example/%20{{escaped}}"}""", $$"""{"raw":"{\"email\":\"{{Email}}\"}"}""", $"call '{Email}'", $$"""{"phone":"\u002B33 6 55 44 33 22"}""", """{"phone":33655443322}""", """{"phone":"06 55 44 33 22"}""", "phone=%2B33655443322", $$"""[{"{{Email}}":""", $$"""{"email":"{{Email}}x"}""",
        ];
        var told = new Dictionary<string, Guid>(StringComparer.Ordinal);
        await using (var db = await agency.Host.OpenDatabaseAsync())
        {
            foreach (var body in theirs.Concat(hers))
            {
                var (id, hook) = (Guid.CreateVersion7(), Guid.CreateVersion7());
                db.Add(new HookDelivery { Id = hook, Connector = "calcom", VendorId = $"{hook}", Trigger = "waits", RecordedAt = now, Status = DeliveryStatus.NeedsDetails, OwnerId = DataKey.Company, SealedBody = await vault.SealAsync(db, DataKey.Company, hook, body, default) });
                db.Add(new ReceivedEvent { Id = id, Source = "stripe", EventId = $"{id}", Type = "stripe.customer.updated", Status = EventStatus.Applied, OccurredAt = now, RecordedAt = now, Mode = Core.Platform.Mode.Sandbox, OwnerId = DataKey.Company, SealedData = await vault.SealAsync(db, DataKey.Company, id, body, default), DataHash = [] });
                told[body] = id;
            }

            await db.SaveChangesAsync();
        }

        using var privacy = await agency.Host.SignedInAsync(Roles.Privacy);
        var export = JsonNode.Parse(await privacy.GetStringAsync($"/people/{person}/export"))!.AsObject();
        Assert.Equal(hers.Order(StringComparer.Ordinal), export["deliveries"]!.AsArray().Select(delivery => (string)delivery!["body"]!).Order(StringComparer.Ordinal));

        var who = await agency.ApproverAsync(await agency.HireAsync("privacy@agency.example", Roles.Privacy));
        Assert.Equal(PeopleResult.Done, await agency.Host.Services.GetRequiredService<PeopleDesk>().EraseAsync(person, who, CancellationToken.None));
        await using (var db = await agency.Host.OpenDatabaseAsync())
        {
            var left = new List<string>();
            foreach (var delivery in await db.Set<HookDelivery>().ToListAsync())
                left.Add((await vault.OpenAsync(delivery.OwnerId, delivery.Id, delivery.SealedBody))!);
            Assert.Equal(theirs.Order(StringComparer.Ordinal), left.Order(StringComparer.Ordinal));
            foreach (var body in theirs)
                Assert.Equal(body, await SaidAsync(body));

            // A reference is no address: what Stripe said of it stays.
            Assert.Equal(hers[0], await SaidAsync(hers[0]));
            Assert.Equal("""{"email":"<…>"}""", await SaidAsync(hers[2]));
            Assert.Equal("""{"note":"from\n…."}""", await SaidAsync(hers[3]));
            Assert.Equal("email=%E2%80%A6&x=1", await SaidAsync(hers[4]));
            foreach (var body in hers.Skip(2))
                Assert.Contains("…", Uri.UnescapeDataString((await SaidAsync(body))!), StringComparison.Ordinal);

            async Task<string?> SaidAsync(string body) => await vault.OpenAsync(DataKey.Company, told[body], await db.Set<ReceivedEvent>().Where(row => row.Id == told[body]).Select(row => row.SealedData).SingleAsync());
        }
    }
}
