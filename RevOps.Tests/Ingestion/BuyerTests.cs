using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Bookings;
using RevOps.Core.People;
using RevOps.Tests.Journeys;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Ingestion;

/// <summary>Who bought: the ref of a company names the company, the ref of a private customer the person.</summary>
public sealed class BuyerTests(OneAgency one) : IClassFixture<OneAgency>
{
    private Agency Agency => one.Agency;

    [Theory]
    [InlineData("business", 2)]
    [InlineData("consumer", 1)]
    public async Task TwoWhoBookUnderOneRef_AreAsManyPeopleAsItSays(string kind, int people)
    {
        await SellAsync($"{kind}-1", kind, customer => customer["email"] = $"ann@{kind}.example");
        await SellAsync($"{kind}-2", kind, customer => customer["email"] = $"bob@{kind}.example");
        Assert.Equal((1, people), await CountAsync($"{kind}-1", $"{kind}-2"));
    }

    [Fact]
    public async Task TheContactOfABusiness_SaysWhoBooked()
    {
        await SellAsync("contact-1", "business", customer => customer["email"] = "billing@contact.example", new() { ["ref"] = "P-1", ["email"] = "ann@contact.example" });
        await SellAsync("contact-2", "business", customer => customer["email"] = "billing@contact.example", new() { ["ref"] = "P-2", ["email"] = "bob@contact.example" });
        await SellAsync("contact-3", "business", customer => customer["email"] = "billing@contact.example", new() { ["ref"] = "P-1" });
        Assert.Equal((1, 2), await CountAsync("contact-1", "contact-2", "contact-3"));
    }

    [Fact]
    public async Task ABusinessThatNamesNobody_JoinsNobody()
    {
        await SellAsync("nobody-1", "business", customer => customer.Remove("email"));
        await SellAsync("nobody-2", "business", customer => customer.Remove("email"));
        Assert.Equal((1, 2), await CountAsync("nobody-1", "nobody-2"));
    }

    private async Task SellAsync(string bookingId, string kind, Action<JsonObject> change, JsonObject? contact = null)
    {
        var sale = Events.Sale(bookingId, customer: $"C-{bookingId[..^2]}");
        var customer = sale["customer"]!.AsObject();
        customer["kind"] = kind;
        if (kind == "consumer")
            customer.Remove("siren");
        change(customer);
        if (contact is not null)
            sale["contact"] = contact;
        await Agency.SendAsync("booking_confirmed", sale);
    }

    private async Task<(int Customers, int People)> CountAsync(params string[] bookings)
    {
        await using var db = await Agency.Host.OpenDatabaseAsync();
        var found = await (from booking in db.Set<Booking>() join person in db.Set<Person>() on booking.PersonId equals person.Id where bookings.Contains(booking.BookingId) select new { booking.CustomerId, person.CanonicalId }).ToListAsync();
        Assert.Equal(bookings.Length, found.Count);
        return (found.Select(row => row.CustomerId).Distinct().Count(), found.Select(row => row.CanonicalId).Distinct().Count());
    }
}
