using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Bookings;
using RevOps.Core.Ingestion;
using RevOps.Core.Ingestion.Connectors;
using RevOps.Core.Platform.Secrets;
using RevOps.Tests.Journeys;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Ingestion.Connectors;

/// <summary>What a calendar says counts by when it happened, in whatever order it comes and is translated.</summary>
public sealed class CalendarOrderTests(OneAgency one) : IClassFixture<OneAgency>
{
    private const string Actor = "system:test";

    private Agency Agency => one.Agency;

    private ConnectorDesk Desk => Agency.Host.Services.GetRequiredService<ConnectorDesk>();

    [Fact]
    public async Task CancellationThatOvertakesItsReschedule_CancelsTheBooking()
    {
        await MapAsync("overtaken", "900");
        await SayAsync(Agency.CalComBody("BOOKING_CREATED", "over-1", "overtaken", "over@acme.example"));
        var moved = Later(() => Agency.CalComBody("BOOKING_RESCHEDULED", "over-2", "overtaken", "over@acme.example", before: "over-1"));
        var movedAgain = Later(() => Agency.CalComBody("BOOKING_RESCHEDULED", "over-3", "overtaken", "over@acme.example", before: "over-2"));
        var cancelled = Later(() => Agency.CalComBody("BOOKING_CANCELLED", "over-3", "overtaken", "over@acme.example"));
        foreach (var body in new[] { cancelled, movedAgain, moved })
            await SayAsync(body);

        await using var db = await Agency.Host.OpenDatabaseAsync();
        Assert.Equal(BookingStatus.Cancelled, (await db.Set<Booking>().SingleAsync(row => row.BookingId == "over-1")).Status);
        Assert.False(await db.Set<ReceivedEvent>().AnyAsync(row => row.Status == EventStatus.Parked));
        var told = await Agency.DeliveryAsync(Caller.IdOf(cancelled));
        Assert.Equal((DeliveryStatus.Applied, "over-1"), (told.Status, told.BookingId));

        // By its own time, not by when it was understood.
        var said = await db.Set<ReceivedEvent>().SingleAsync(row => row.Source == "calcom" && row.EventId == told.EventId);
        Assert.InRange(said.OccurredAt - DateTimeOffset.Parse((string)cancelled["createdAt"]!, CultureInfo.InvariantCulture), TimeSpan.Zero, TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task TranslatedAgain_BringsThePriceAndKeepsTheLaterSlot()
    {
        await MapAsync("again", "900");
        var created = Agency.CalComBody("BOOKING_CREATED", "again-1", "again", "again@acme.example");
        await SayAsync(created);
        var moved = Later(() => Agency.CalComBody("BOOKING_RESCHEDULED", "again-2", "again", "again@acme.example", before: "again-1"));
        await SayAsync(moved);
        var slot = (await ContentAsync("again-1")).SlotStart;

        Agency.Clock.Advance(TimeSpan.FromHours(1));
        await MapAsync("again", "950");
        Assert.Equal(1, await Desk.TranslateAsync(new() { Id = (await Agency.DeliveryAsync(Caller.IdOf(created))).Id }, Actor, CancellationToken.None));
        await Agency.Host.DrainAsync();
        var content = await ContentAsync("again-1");
        Assert.Equal((950m, slot), (content.Lines[0].UnitAmount, content.SlotStart));
        Assert.Equal(95_000, (await Agency.InvoiceAsync("again-1")).NetMinor);
    }

    [Fact]
    public async Task LinesAndSlot_CountEachByItsOwnTime()
    {
        var at = Agency.Clock.GetUtcNow();
        async Task SendAsync(string type, JsonObject data, int minutes) => await Agency.Sender.SendAsync(Events.Of(type, data, time: at.AddMinutes(minutes)));
        Agency.Clock.Advance(TimeSpan.FromHours(1));
        await SendAsync("booking_confirmed", Events.Sale("two-times", customer: "C-two-times"), 0);

        // The move is told first, though the lines changed before it.
        await SendAsync("booking_changed", new JsonObject { ["bookingId"] = "two-times", ["slotStart"] = "2026-06-02T09:00:00+02:00" }, 2);
        await SendAsync("booking_changed", new JsonObject { ["bookingId"] = "two-times", ["lines"] = new JsonArray(new JsonObject { ["key"] = "audit", ["description"] = "Audit", ["quantity"] = 2, ["unitAmount"] = "1200" }) }, 1);
        var content = await ContentAsync("two-times");
        Assert.Equal((2m, new DateTimeOffset(2026, 6, 2, 7, 0, 0, TimeSpan.Zero)), (content.Lines[0].Quantity, content.SlotStart));
    }

    private JsonObject Later(Func<JsonObject> body)
    {
        Agency.Clock.Advance(TimeSpan.FromMinutes(5));
        return body();
    }

    private async Task SayAsync(JsonObject body)
    {
        await Agency.CalComAsync(body);
        await Agency.Host.DrainAsync();
    }

    private async Task MapAsync(string key, string price) =>
        Assert.Empty((await Desk.SaveTypeAsync(Connector.CalCom, new() { Key = key, Price = price }, CultureInfo.InvariantCulture, Actor, CancellationToken.None)).Problems);

    private async Task<BookingContent> ContentAsync(string id)
    {
        await using var db = await Agency.Host.OpenDatabaseAsync();
        var booking = await db.Set<Booking>().SingleAsync(row => row.BookingId == id);
        return JsonSerializer.Deserialize<BookingContent>((await Agency.Host.Services.GetRequiredService<Vault>().OpenAsync(booking.PersonId, booking.Id, booking.SealedContent))!)!;
    }
}
