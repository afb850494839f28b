using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Billing;
using RevOps.Core.Catalogue;
using RevOps.Core.Ingestion.Prices;
using RevOps.Core.Platform;
using RevOps.Core.Pricing.Advising;
using RevOps.Core.Pricing.Slots;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Journeys;

/// <summary>What the booking site is told, what its sales are held against, and what is left of them for the next price.</summary>
public sealed partial class SlotPriceTests
{
    [Fact]
    public async Task Site_IsToldWhetherAnythingChanged_AndNothingPersonal()
    {
        await OfferAsync();
        using var first = await site.GetAsync("/api/v1/prices?service=workshop");
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        var body = await first.Content.ReadAsStringAsync();
        Assert.DoesNotContain("acme", body, StringComparison.OrdinalIgnoreCase);
        var workshop = Assert.Single(JsonNode.Parse(body)!["services"]!.AsArray())!;
        Assert.Equal(("WORKSHOP", 20m, 100m, false), ((string?)workshop["code"], (decimal?)workshop["taxRatePercent"], (decimal?)workshop["prices"]![0]!["unitAmount"], (bool?)workshop["prices"]![0]!["taxInclusive"]));

        using var again = new HttpRequestMessage(HttpMethod.Get, "/api/v1/prices?service=WORKSHOP") { Headers = { IfNoneMatch = { EntityTagHeaderValue.Parse(first.Headers.ETag!.ToString()) } } };
        using var same = await site.SendAsync(again);
        Assert.Equal((HttpStatusCode.NotModified, first.Headers.ETag), (same.StatusCode, same.Headers.ETag));

        await agency.SendAsync("availability", Availability(Slot(25), Capacity + 1));
        using var changed = await site.GetAsync("/api/v1/prices?service=WORKSHOP");
        Assert.NotEqual(first.Headers.ETag, changed.Headers.ETag);
        Assert.Equal(HttpStatusCode.NotFound, (await site.GetAsync("/api/v1/prices?service=none")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await site.GetAsync("/api/v1/prices?from=2026-02-30")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await agency.Sender.GetAsync("/api/v1/prices")).StatusCode);
    }

    [Fact]
    public async Task ACheaperFare_IsNoWrongPrice_AndTheSiteIsToldHowManyPlacesAreKept()
    {
        var service = await OfferAsync();
        await SetAsync(service, new() { Floor = "80", Ceiling = "160", Fares = "full; Full fare; 100\nmember; Members; 90" });
        await AdviseAsync();
        foreach (var (id, sold, price) in new[] { ("F-1", "MEMBER", 90m), ("F-2", "member", 100m), ("F-3", "full", 90m), ("F-4", "full", 100m) })
        {
            var sale = Sale(id, Slot(20), price, 1);
            sale["fareClass"] = sold;
            await agency.SendAsync("booking_confirmed", sale);
        }

        await agency.Host.DrainAsync();
        foreach (var (id, fits) in new[] { ("F-1", true), ("F-2", false), ("F-3", false), ("F-4", true) })
            Assert.Equal(fits, (await agency.InvoiceAsync(id)).ProblemList.Count == 0);
        var offered = JsonNode.Parse(await site.GetStringAsync("/api/v1/prices?service=WORKSHOP"))!["services"]![0]!;
        var fare = Assert.Single(offered["fares"]!.AsArray())!;
        Assert.Equal(("member", 90m), ((string?)fare["code"], (decimal?)fare["unitAmount"]));
        var kept = offered["slots"]!.AsArray().Select(slot => (int?)Assert.Single(slot!["fares"]!.AsArray())!["placesKept"]).ToList();
        Assert.True(kept[^1] > 0, "four places of each past slot went at the full fare");
        Assert.Equal(kept.Order(), kept);
    }

    /// <summary>A member pays the slot's price where that is the lower one.</summary>
    [Fact]
    public async Task AFareAboveTheSlotsPrice_IsNotExpected()
    {
        var service = await OfferAsync();
        await SetAsync(service, new() { Floor = "80", Ceiling = "160", Fares = "full; Full fare; 100\nmember; Members; 90" });
        await using (var db = await agency.Host.OpenDatabaseAsync())
        {
            db.Add(new PriceVersion { Id = Guid.CreateVersion7(), ServiceId = service, SlotStart = Slot(20), Mode = Mode.Sandbox, Currency = "EUR", UnitAmount = "84", ValidFrom = DateOnly.FromDateTime(Agency.Morning.Date), BeganAt = agency.Clock.GetUtcNow(), UserId = service, RecordedAt = agency.Clock.GetUtcNow() });
            await db.SaveChangesAsync(CancellationToken.None);
        }

        agency.Clock.Advance(TimeSpan.FromMinutes(1));
        foreach (var (id, price) in new[] { ("L-1", 84m), ("L-2", 90m) })
        {
            var sale = Sale(id, Slot(20), price, 1);
            sale["fareClass"] = "member";
            await agency.SendAsync("booking_confirmed", sale);
        }

        await agency.Host.DrainAsync();
        Assert.Empty((await agency.InvoiceAsync("L-1")).ProblemList);
        Assert.Equal([ReviewProblem.PriceDiffers], (await agency.InvoiceAsync("L-2")).ProblemList);
    }

    [Fact]
    public async Task WhatGroupsPaid_IsToldOfFiveClientsOrMore()
    {
        await OfferAsync();
        var fairness = agency.Host.Services.GetRequiredService<FairnessQueries>();
        var first = Assert.Single(await fairness.OfAsync(CancellationToken.None), row => row.Group == ClientGroup.History);
        Assert.Equal(("first", PastSlots * 4, 1.0), (first.Name, first.Sales, first.Share));

        // One client who comes back again and again is no group.
        for (var times = 0; times < Fairness.LeastClients; times++)
        {
            agency.Clock.Advance(TimeSpan.FromMinutes(1));
            await agency.SendAsync("booking_confirmed", Sale($"R-{times}", Slot(20), 130m, 1, "C-AGAIN"));
        }

        await agency.Host.DrainAsync();
        Assert.DoesNotContain(await fairness.OfAsync(CancellationToken.None), row => row.Name == "returning");
    }

    [Fact]
    public async Task Bookings_TakeMoveAndFreePlaces_AndLostDemandIsKept()
    {
        await OfferAsync();
        await agency.SendAsync("booking_confirmed", Sale("M-1", Slot(20), 100m, 3));
        Assert.Equal((3, 0), (await PlacesAsync(Slot(20)), await PlacesAsync(Slot(21))));
        agency.Clock.Advance(TimeSpan.FromMinutes(1));
        await agency.SendAsync("booking_changed", new() { ["bookingId"] = "M-1", ["slotStart"] = Slot(21).ToString("O"), ["slotEnd"] = Slot(21).AddHours(2).ToString("O") });
        Assert.Equal((0, 3), (await PlacesAsync(Slot(20)), await PlacesAsync(Slot(21))));
        agency.Clock.Advance(TimeSpan.FromMinutes(1));
        await agency.SendAsync("booking_cancelled", new() { ["bookingId"] = "M-1", ["reason"] = "ill" });
        Assert.Equal(0, await PlacesAsync(Slot(21)));

        await agency.SendAsync("availability", Availability(Slot(20), Capacity, refused: 2));
        await using var db = await agency.Host.OpenDatabaseAsync();
        Assert.Equal(2, await db.Set<SlotRefusal>().SumAsync(refusal => refusal.Requests, CancellationToken.None));
    }
}
