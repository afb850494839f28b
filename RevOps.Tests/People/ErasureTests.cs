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

/// <summary>Somebody comes by an ad, talks, books as a private person and pays; then they ask for what is held of them, and to be forgotten.</summary>
public sealed partial class ErasureTests : IAsyncLifetime
{
    private const string Email = "berenice.titus@rome.example";
    private const string Phone = "+33655443322";
    private const string Name = "Bérénice";

    // Nothing of these happens in this story.
    private static readonly HeldKind[] NotHere =
    [
        HeldKind.Mails, HeldKind.Merges, HeldKind.LeadStages, HeldKind.Payments, HeldKind.InvoiceEdits, HeldKind.CreditNotes, HeldKind.BankLines, HeldKind.InvoiceNotes, HeldKind.Deliveries, HeldKind.Links, HeldKind.Changes,
    ];

    private readonly Heard log = new();
    private Agency agency = null!;
    private Guid person;

    public async ValueTask InitializeAsync()
    {
        agency = await Agency.OpenAsync(demo: true, services => services.AddLogging(logging => logging.AddProvider(log)));
        await agency.SendAsync("touch", Events.Touch("v-1", gclid: "G-berenice", fbclid: "F-berenice"));
        var consent = Events.Consent("v-1");
        consent["proof"] = $"ticked by {Email}";
        await agency.SendAsync("consent", consent);
        agency.Clock.Advance(TimeSpan.FromHours(7));
        var voice = Events.Voice("S-1", "v-1", Email, agency.Clock.GetUtcNow());
        (voice["contact"]!["phone"], voice["contact"]!["firstName"], voice["bant"]!["need"]!["evidence"]) = (Phone, Name, $"call me at {Phone}");
        await agency.SendAsync("voice_session", voice);
        var sale = Events.Sale("B-1", customer: "C-9");
        (sale["visitorId"], sale["voiceSessionId"]) = ("v-1", "S-1");
        var customer = sale["customer"]!.AsObject();
        customer.Remove("siren");
        (customer["kind"], customer["email"], customer["phone"], customer["legalName"]) = ("consumer", Email, Phone, $"{Name} Titus");
        await agency.SendAsync("booking_confirmed", sale);
        await agency.Host.DrainAsync();
        await using var db = await agency.Host.OpenDatabaseAsync();
        person = await db.Set<Person>().Where(row => row.Identified).Select(row => row.CanonicalId).Distinct().SingleAsync();
        var (rounds, reader) = (agency.Host.Services.GetRequiredService<BantDesk>(), await agency.ApproverAsync(await agency.HireAsync("reader@agency.example", Roles.Privacy)));
        var (_, round) = await rounds.BeginAsync(await agency.Host.Services.GetRequiredService<BantReviewQueries>().UsualPeriodAsync(), BantReview.Least, reader, CancellationToken.None);
        Assert.Equal(ReviewResult.Done, await rounds.ReadAsync(round!.Value, 1, new(true, null, true, null, true, $"Wants to be called at {Phone}"), reader, CancellationToken.None));
    }

    public ValueTask DisposeAsync() => agency.DisposeAsync();

    [Fact]
    public async Task Person_IsGivenEverything_AndThenForgottenEverywhere()
    {
        using var privacy = await agency.Host.SignedInAsync(Roles.Privacy);
        var export = JsonNode.Parse(await privacy.GetStringAsync($"/people/{person}/export"))!.AsObject();
        Assert.Equal(Email, (string?)export["contact"]!["Email"]);
        Assert.Contains("G-berenice", export["touches"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains(Phone, export["voiceSessions"]![0]!["evidence"]!.ToJsonString().Replace("\\u002B", "+", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.All(Enum.GetValues<HeldKind>().Except(NotHere), kind => Assert.NotEmpty(Enumerate(export[char.ToLowerInvariant(kind.ToString()[0]) + kind.ToString()[1..]])));
        using (var marketing = await agency.Host.SignedInAsync(Roles.Marketing))
            Assert.NotEqual(HttpStatusCode.OK, (await marketing.GetAsync($"/people/{person}/export")).StatusCode);

        // A draft that could be issued to nobody stands in the way.
        var who = await agency.ApproverAsync(await agency.HireAsync("privacy@agency.example", Roles.Privacy));
        var desk = agency.Host.Services.GetRequiredService<PeopleDesk>();
        Assert.Equal(PeopleResult.NotAllowed, await desk.EraseAsync(person, await agency.ApproverAsync(), CancellationToken.None));
        Assert.Equal(PeopleResult.DraftsWait, await desk.EraseAsync(person, who, CancellationToken.None));
        Assert.Equal(DecisionResult.Done, await agency.ApproveAsync("B-1"));
        await agency.DrainUntilAsync(async () => (await agency.InvoiceAsync("B-1")).SentAt is not null);
        Assert.NotEmpty(await FoundAsync());

        Assert.Equal(PeopleResult.Done, await desk.EraseAsync(person, who, CancellationToken.None));
        await agency.Host.DrainAsync();
        Assert.Equal(["Invoice.SealedBuyer: name"], await FoundAsync());
        Assert.Empty(await InFilesAsync());
        Assert.Empty(log.Said);
        await StandsAsync();
    }

    [Fact]
    public async Task ContactOfACompany_IsForgottenThereToo_AndTheCompanyStays()
    {
        await agency.SendAsync("voice_session", Events.Voice("S-2", "v-2", Email, agency.Clock.GetUtcNow()));
        var sale = Events.Sale("B-2");
        (sale["contact"], sale["customer"]!["email"], sale["customer"]!["phone"]) = (new JsonObject { ["email"] = Email, ["phone"] = Phone }, Email, Phone);
        await agency.SendAsync("booking_confirmed", sale);
        await agency.Host.DrainAsync();
        foreach (var booking in new[] { "B-1", "B-2" })
        {
            Assert.Equal(DecisionResult.Done, await agency.ApproveAsync(booking));
            await agency.DrainUntilAsync(async () => (await agency.InvoiceAsync(booking)).SentAt is not null);
        }

        Assert.Contains("Customer.SealedDetails: e-mail", await FoundAsync());

        var who = await agency.ApproverAsync(await agency.HireAsync("privacy@agency.example", Roles.Privacy));
        Assert.Equal(PeopleResult.Done, await agency.Host.Services.GetRequiredService<PeopleDesk>().EraseAsync(person, who, CancellationToken.None));
        await agency.Host.DrainAsync();
        Assert.Equal(["Invoice.SealedBuyer: name"], await FoundAsync());
        await using var db = await agency.Host.OpenDatabaseAsync();
        var company = await db.Set<Customer>().SingleAsync(row => row.CompanyHash != null);
        Assert.Equal(("Acme SARL", CustomerGap.Email), ((await company.OpenAsync(agency.Host.Services.GetRequiredService<Vault>(), CancellationToken.None))!.LegalName, company.Missing));
    }

    [Fact]
    public async Task WhatSaysWhoVisits_GoesWithThem_AndTheirBrowserServesWhoeverElseHasIt()
    {
        // Bob and Bérénice use one browser: it is hers by her ref, and his as well.
        var (hers, his) = (Events.Touch("v-3"), Events.Touch("v-3"));
        (hers["contact"], his["contact"]) = (new JsonObject { ["email"] = Email, ["ref"] = "R-1" }, new JsonObject { ["email"] = "bob@example.com", ["ref"] = "R-2" });
        await agency.SendAsync("touch", hers);
        await agency.Host.DrainAsync();
        await agency.SendAsync("touch", his);
        await agency.Host.DrainAsync();
        Assert.Equal(DecisionResult.Done, await agency.ApproveAsync("B-1"));
        await agency.DrainUntilAsync(async () => (await agency.InvoiceAsync("B-1")).SentAt is not null);

        var who = await agency.ApproverAsync(await agency.HireAsync("privacy@agency.example", Roles.Privacy));
        var desk = agency.Host.Services.GetRequiredService<PeopleDesk>();
        Assert.Equal(PeopleResult.Done, await desk.EraseAsync(person, who, CancellationToken.None));
        Assert.DoesNotContain(await FoundAsync(), found => found.EndsWith("e-mail", StringComparison.Ordinal));

        // The browser's own row is nobody's by name, and is forgotten as well.
        await using var db = await agency.Host.OpenDatabaseAsync();
        var hash = agency.Host.Services.GetRequiredService<Vault>().LookupHash(nameof(IdentityKeyKind.Visitor), "v-3");
        var home = await db.Set<IdentityKey>().Where(key => key.Hash == hash).Select(key => key.PersonId).SingleAsync();
        Assert.Equal(PeopleResult.Done, await desk.EraseAsync(home, who, CancellationToken.None));

        // The browser is still Bob's, and nobody who comes with it is laid under a person without a key.
        await agency.SendAsync("touch", Events.Touch("v-3"));
        await agency.Host.DrainAsync();
        Assert.True(await db.Set<Person>().AnyAsync(row => db.Set<IdentityKey>().Any(key => key.Hash == hash && key.PersonId == row.Id) && row.ErasedAt == null));
        Assert.False(await db.Set<ReceivedEvent>().AnyAsync(row => row.Status == EventStatus.Stored));
    }

    [Fact]
    public async Task RefusalOfABrowser_OutlivesItsOwner()
    {
        var vault = agency.Host.Services.GetRequiredService<Vault>();
        await agency.SendAsync("consent", new() { ["contact"] = new JsonObject { ["email"] = "eve@example.com" }, ["country"] = "FR", ["purposes"] = new JsonObject { ["measurement"] = "granted" }, ["textVersion"] = "1" });
        var said = Events.Touch("v-9");
        said["contact"] = new JsonObject { ["email"] = "eve@example.com" };
        await agency.SendAsync("touch", said);
        await agency.Host.DrainAsync();

        // Somebody else says on it who he is, and answers: that is his alone to see.
        var his = Events.Consent("v-9", ads: "granted", measurement: "granted");
        his["contact"] = new JsonObject { ["email"] = "bob@example.com" };
        await agency.SendAsync("consent", his);
        agency.Clock.Advance(TimeSpan.FromMinutes(1));
        await agency.SendAsync("consent", Events.Consent("v-9", ads: "denied", measurement: "denied"));
        await using var db = await agency.Host.OpenDatabaseAsync();
        var (visitor, email) = (vault.LookupHash(nameof(IdentityKeyKind.Visitor), "v-9"), vault.LookupHash(nameof(IdentityKeyKind.Email), "eve@example.com"));
        Task<Guid> GroupAsync(byte[] hash) => db.Set<IdentityKey>().Where(key => key.Hash == hash).Join(db.Set<Person>(), key => key.PersonId, row => row.Id, (_, row) => row.CanonicalId).SingleAsync();
        Assert.NotEqual(await GroupAsync(email), await GroupAsync(visitor));

        // It speaks for Eve as well: her history has the very answer that counts.
        var (eve, files) = (await GroupAsync(email), agency.Host.Services.GetRequiredService<PersonFileQueries>());
        Assert.Equal([(false, true), (true, false)], (await files.ConsentsAsync(eve, clear: true)).Rows.Select(answer => (answer.Measurement!.Value, answer.OnBrowser)));
        Assert.Equal(2, (await files.FindAsync(eve))!.Held.Single(held => held.Kind == HeldKind.Consents).Count);
        Assert.Equal([false, true], (await agency.Host.Services.GetRequiredService<TimelineQueries>().FindAsync(eve, clear: false))!.Steps.OfType<ConsentStep>().Select(step => step.OnBrowser));
        using (var privacy = await agency.Host.SignedInAsync(Roles.Privacy))
        {
            Assert.Equal(2, JsonNode.Parse(await privacy.GetStringAsync($"/people/{eve}/export"))!["consents"]!.AsArray().Count);
            Assert.Contains("on one of their browsers", await privacy.GetStringAsync($"/people/{eve}"), StringComparison.Ordinal);
        }

        var who = await agency.ApproverAsync(await agency.HireAsync("privacy@agency.example", Roles.Privacy));
        Assert.Equal(PeopleResult.Done, await agency.Host.Services.GetRequiredService<PeopleDesk>().EraseAsync(await GroupAsync(visitor), who, CancellationToken.None));
        Assert.NotEqual(await GroupAsync(email), await GroupAsync(visitor));
    }

    [Fact]
    public async Task TouchesThatWereReadBeforeAnErasure_AreReadAnew()
    {
        var services = agency.Host.Services;
        await agency.SendAsync("touch", Events.Touch("v-8"));
        var job = new JoinTouches(services.GetRequiredService<IDbContextFactory<RevOpsDb>>(), services.GetRequiredService<IngestionServices>(), new JoinPace());
        var others = await agency.Host.OpenDatabaseAsync();
        await others.BeginWorkAsync(CancellationToken.None);
        var running = job.RunAsync(null!, CancellationToken.None);
        Assert.False(running.IsCompleted);
        services.GetRequiredService<Vault>().ForgetAll();
        await others.DisposeAsync();

        await running;
        await using var db = await agency.Host.OpenDatabaseAsync();
        Assert.False(await db.Set<ReceivedEvent>().AnyAsync(row => row.Status == EventStatus.Stored));
    }

    [Fact]
    public async Task Export_HoldsWhatLiesAnywhere_AndThePageCountsIt()
    {
        var invoice = await agency.InvoiceAsync("B-1");
        var (vault, now) = (agency.Host.Services.GetRequiredService<Vault>(), agency.Clock.GetUtcNow());
        await using (var db = await agency.Host.OpenDatabaseAsync())
        {
            for (var number = 0; number < 250; number++)
                db.Add(new ConsentRecord { Id = Guid.CreateVersion7(), PersonId = person, OccurredAt = now.AddMinutes(-number), RecordedAt = now, Ads = true, TextVersion = $"asked {number}" });
            var (note, line, comment) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
            db.Add(new CreditNote
            {
                Id = note, InvoiceId = invoice.Id, CustomerId = invoice.CustomerId, Mode = invoice.Mode, Reason = CreditReason.Goodwill, Currency = "EUR", NetMinor = 100, TaxMinor = 20, GrossMinor = 120, OccurredAt = now, RecordedAt = now,
                OwnerId = person, SealedMemo = await vault.SealAsync(db, person, note, "A gesture for her", default),
            });
            db.Add(new CreditNoteLine { Id = line, CreditNoteId = note, InvoiceLineId = line, Position = 1, NetMinor = 100, TaxMinor = 20, Category = TaxCategory.Standard, RateBasisPoints = 2_000 });
            db.Add(new InvoiceComment { Id = comment, InvoiceId = invoice.Id, UserId = comment, OccurredAt = now, SealedText = await vault.SealAsync(db, DataKey.Company, comment, "Called twice", default) });
            db.AddRange(await DeliveryAsync(db, "known", person, "sealed for her"), await DeliveryAsync(db, "stray", DataKey.Company, $"from {Email}"), await DeliveryAsync(db, "other", DataKey.Company, "from somebody else"));
            await db.SaveChangesAsync();
        }

        using var privacy = await agency.Host.SignedInAsync(Roles.Privacy);
        var export = JsonNode.Parse(await privacy.GetStringAsync($"/people/{person}/export"))!.AsObject();
        Assert.Equal(251, export["consents"]!.AsArray().Count);
        Assert.Equal(["known", "stray"], export["deliveries"]!.AsArray().Select(delivery => (string)delivery!["trigger"]!));
        Assert.Equal(["sealed for her", $"from {Email}"], export["deliveries"]!.AsArray().Select(delivery => (string)delivery!["body"]!));
        Assert.Equal(Email, (string?)export["customers"]!.AsArray().Single()!["details"]!["Email"]);
        Assert.Equal("Audit", (string?)export["invoiceLines"]!.AsArray().Single()!["description"]);
        Assert.Equal(("A gesture for her", 100), ((string?)export["creditNotes"]![0]!["memo"], (int)export["creditNotes"]![0]!["lines"]![0]!["netMinor"]!));
        Assert.Equal("Called twice", (string?)export["invoiceNotes"]![0]!["text"]);
        Assert.Contains(export["contact"]!["members"]!.AsArray(), member => member!["said"]!.ToJsonString().Contains(Email, StringComparison.Ordinal));

        var file = (await agency.Host.Services.GetRequiredService<PersonFileQueries>().FindAsync(person))!;
        Assert.Equal(Enum.GetValues<HeldKind>(), file.Held.Select(held => held.Kind));
        Assert.All(file.Held.Where(held => held.Kind is not HeldKind.Contact and not HeldKind.Deliveries), held => Assert.Equal(held.Count, export[char.ToLowerInvariant(held.Kind.ToString()[0]) + held.Kind.ToString()[1..]]!.AsArray().Count));
        Assert.Contains("251", await privacy.GetStringAsync($"/people/{person}?page=11"), StringComparison.Ordinal);

        async Task<HookDelivery> DeliveryAsync(RevOpsDb db, string trigger, Guid owner, string body)
        {
            var id = Guid.CreateVersion7();
            return new() { Id = id, Connector = "calcom", VendorId = trigger, Trigger = trigger, RecordedAt = now, OwnerId = owner, SealedBody = await vault.SealAsync(db, owner, id, body, default) };
        }
    }

    private async Task StandsAsync()
    {
        await using var db = await agency.Host.OpenDatabaseAsync();
        Assert.False(await db.Set<Conversion>().AnyAsync(row => row.Status == ConversionStatus.Queued || row.Status == ConversionStatus.Held));
        Assert.Empty(await db.Set<IdentityKey>().ToListAsync());
        Assert.Null(await agency.Host.Services.GetRequiredService<AuditTrail>().FindBreakAsync());

        // The law keeps the buyer's name and address on what was issued.
        var invoice = await agency.InvoiceAsync("B-1");
        var buyer = await agency.Host.Services.GetRequiredService<Vault>().OpenAsync(invoice.OwnerId, invoice.Id, invoice.SealedBuyer);
        var details = System.Text.Json.JsonSerializer.Deserialize<CustomerDetails>(buyer!)!;
        Assert.Equal(($"{Name} Titus", (string?)null, (string?)null), (details.LegalName, details.Email, details.Phone));

        // Whoever comes with the same keys is somebody new.
        await agency.SendAsync("lead_stage", new() { ["contact"] = new JsonObject { ["email"] = Email }, ["stage"] = "lead" });
        Assert.NotEqual(person, await db.Set<Person>().Where(row => row.Identified).Select(row => row.CanonicalId).SingleAsync());
        await agency.SendAsync("touch", Events.Touch("v-1"));
        await agency.Host.DrainAsync();
        Assert.Equal(2, await db.Set<Touch>().Select(touch => touch.PersonId).Distinct().CountAsync());
    }
}
