using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Attribution;
using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.Ingestion;
using RevOps.Core.Ingestion.Connectors;
using RevOps.Core.People;
using RevOps.Core.Platform.Secrets;
using RevOps.Sandbox.HubSpot;
using RevOps.Tests.Journeys;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Ingestion.Connectors;

/// <summary>Deals of HubSpot's after they were won: whom they are with, and what becomes of them when they are lost again.</summary>
public sealed class HubSpotDealTests(OneAgency one) : IClassFixture<OneAgency>
{
    private Agency Agency => one.Agency;

    [Fact]
    public async Task TwoContactsOfACompany_AreTwoPeopleAndOneCustomer()
    {
        var (ann, bob) = (Agency.Sandbox.EnterDeal(Deal("Two SARL", "ann@two.example") with { Stage = "qualifiedtobuy" }), Agency.Sandbox.EnterDeal(Deal("Two SARL", "bob@two.example") with { Stage = "qualifiedtobuy" }));
        await Agency.DrainUntilAsync(async () => await LeadsAsync("qualified") == 2);
        await WinAsync(ann);
        await WinAsync(bob);

        await using var db = await Agency.Host.OpenDatabaseAsync();
        var sales = await (from booking in db.Set<Booking>() join person in db.Set<Person>() on booking.PersonId equals person.Id where booking.DealId == ann || booking.DealId == bob select new { booking.CustomerId, person.CanonicalId }).ToListAsync();
        Assert.Single(sales.Select(sale => sale.CustomerId).Distinct());
        Assert.Equal(2, sales.Select(sale => sale.CanonicalId).Distinct().Count());

        // And each is the person whose lead it was.
        var leads = await (from lead in db.Set<LeadStageRecord>() join person in db.Set<Person>() on lead.PersonId equals person.Id where lead.Stage == "qualified" select person.CanonicalId).ToListAsync();
        Assert.Equal(leads.Order(), sales.Select(sale => sale.CanonicalId).Order());
        Assert.StartsWith("hubspot-contact-", (await DataAsync(ann)).GetProperty("contact").GetProperty("ref").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("hubspot-company-", (await DataAsync(ann)).GetProperty("customer").GetProperty("ref").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("closedlost")]
    [InlineData("contractsent")]
    [InlineData(null)]
    public async Task WonAndTakenBack_CancelsItsDraft(string? stage)
    {
        var deal = await WonAsync($"Back {stage} SARL");
        var invoice = await Agency.InvoiceAsync(deal);
        await TakeBackAsync(deal, stage);
        await using var db = await Agency.Host.OpenDatabaseAsync();
        Assert.Equal(InvoiceStatus.Cancelled, (await db.Set<Invoice>().SingleAsync(row => row.Id == invoice.Id)).Status);
    }

    [Fact]
    public async Task IssuedAndTakenBack_BecomesWorkForFinanceAndWonAgainIsShown()
    {
        var deal = await WonAsync("Issued SARL");
        Assert.Equal(DecisionResult.Done, await Agency.ApproveAsync(deal));
        await Agency.Host.DrainAsync();
        await TakeBackAsync(deal, "closedlost");
        var invoice = await Agency.InvoiceAsync(deal);
        await using (var db = await Agency.Host.OpenDatabaseAsync())
        {
            Assert.Equal(InvoiceCorrection.CreditWhole, invoice.Correction);
            Assert.Equal(CreditNoteStatus.Proposed, (await db.Set<CreditNote>().SingleAsync(note => note.InvoiceId == invoice.Id)).Status);
        }

        Agency.Clock.Advance(TimeSpan.FromMinutes(1));
        Agency.Sandbox.MoveDeal(deal);
        await Agency.DrainUntilAsync(async () =>
        {
            await using var db = await Agency.Host.OpenDatabaseAsync();
            return await db.Set<HookDelivery>().AnyAsync(row => row.Subject == deal && row.Status == DeliveryStatus.NeedsDetails && row.Gaps == "sale.cancelled");
        });
    }

    [Fact]
    public async Task SoldElsewhereAndNotWonYet_Stays()
    {
        var deal = Agency.Sandbox.EnterDeal(Deal("Elsewhere SARL", "ann@elsewhere.example"));
        await Agency.SendAsync("booking_confirmed", Events.Sale("elsewhere-1", deal, customer: "C-elsewhere"));
        var before = await LeadsAsync("proposal");
        Agency.Sandbox.MoveDeal(deal, "contractsent");
        await Agency.DrainUntilAsync(async () => await LeadsAsync("proposal") > before);
        await using var db = await Agency.Host.OpenDatabaseAsync();
        Assert.Equal(BookingStatus.Confirmed, (await db.Set<Booking>().SingleAsync(row => row.DealId == deal)).Status);
    }

    private static HubSpotSale Deal(string company, string email) => new()
    {
        Name = "Audit", Company = company, Siren = Events.SirenOf(company), Address = "3 rue Haute", Zip = "44000", City = "Nantes", Country = "France", Email = email, FirstName = email[..3], LastName = "Durand",
        Lines = [new("Audit", 1, 500m)],
    };

    private async Task<string> WonAsync(string company)
    {
        var deal = Agency.Sandbox.EnterDeal(Deal(company, $"ann@{company.Length}{company.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant()}.example"));
        await WinAsync(deal);
        return deal;
    }

    private async Task WinAsync(string deal)
    {
        Agency.Clock.Advance(TimeSpan.FromMinutes(1));
        Agency.Sandbox.MoveDeal(deal);
        await Agency.DrainUntilAsync(async () =>
        {
            await using var db = await Agency.Host.OpenDatabaseAsync();
            return await db.Set<Booking>().AnyAsync(row => row.DealId == deal && row.InvoiceId != null) && (await Agency.InvoiceAsync(deal)).Status == InvoiceStatus.ReadyForReview;
        });
    }

    private async Task TakeBackAsync(string deal, string? stage)
    {
        Agency.Clock.Advance(TimeSpan.FromMinutes(1));
        if (stage is null)
            Agency.Sandbox.DeleteDeal(deal);
        else
            Agency.Sandbox.MoveDeal(deal, stage);
        await Agency.DrainUntilAsync(async () =>
        {
            await using var db = await Agency.Host.OpenDatabaseAsync();
            return await db.Set<Booking>().AnyAsync(row => row.DealId == deal && row.Status == BookingStatus.Cancelled);
        });
    }

    private async Task<int> LeadsAsync(string stage)
    {
        await using var db = await Agency.Host.OpenDatabaseAsync();
        return await db.Set<LeadStageRecord>().CountAsync(row => row.Stage == stage);
    }

    /// <summary>What the won deal was handed to the front door as.</summary>
    private async Task<JsonElement> DataAsync(string deal)
    {
        await using var db = await Agency.Host.OpenDatabaseAsync();
        var received = await (from booking in db.Set<Booking>() join one in db.Set<ReceivedEvent>() on booking.Id equals one.Id where booking.DealId == deal select one).SingleAsync();
        using var document = JsonDocument.Parse((await Agency.Host.Services.GetRequiredService<Vault>().OpenAsync(received.OwnerId, received.Id, received.SealedData))!);
        return document.RootElement.Clone();
    }
}
