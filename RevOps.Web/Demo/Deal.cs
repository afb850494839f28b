using System.Globalization;
using System.Text.Json.Nodes;

namespace RevOps.Web.Demo;

/// <summary>One sale, and what becomes of it before it is invoiced and after.</summary>
internal sealed class Deal(Story story, int number, Person person, string visitorId, string sessionId, DateTimeOffset at, Random random)
{
    public const string Prefix = "DEMO-B";

    private string BookingId => $"{Prefix}{number + 1:0000}";

    private int Day => (int)Math.Floor((at - story.At(0, TimeSpan.Zero)).TotalDays);

    /// <summary>Two customers of the last weeks say neither who they are nor where: their drafts wait, and say what is missing.</summary>
    private bool IsComplete => number != story.Bookings - 4 && number != story.Bookings - 9;

    public IEnumerable<(DateTimeOffset Time, string Type, JsonObject Data)> Tell()
    {
        var lines = Lines();
        yield return number % 10 == 9 ? (at, "deal_won", Sale(lines)) : (at, "booking_confirmed", Sale(lines));

        // Before anybody approved it, and after.
        if (number % 15 == 7)
            yield return (at.AddMinutes(25), "booking_changed", Changed(lines));
        else if (number % 31 == 5)
            yield return (at.AddMinutes(30), "booking_cancelled", Cancelled("Le client a changé d’avis"));
        else if (number is 40 or 77)
            yield return (at.AddDays(9), "booking_cancelled", Cancelled("Projet abandonné"));
        else if (number == 58)
            yield return (at.AddDays(6), "booking_changed", Changed(lines));
    }

    private List<(Agency.Service Service, int Quantity)> Lines()
    {
        var lines = new List<(Agency.Service Service, int Quantity)> { (Pick(), 1) };
        if (random.Next(3) == 0 && Pick() is var second && second != lines[0].Service)
            lines.Add((second, 1));
        if (lines.TrueForAll(line => line.Service.Code != "coaching") && random.Next(4) == 0)
            lines.Add((Agency.Services.Single(service => service.Code == "coaching"), random.Next(1, 4)));
        return lines;
    }

    private Agency.Service Pick()
    {
        var left = random.Next(0, Agency.Services.Sum(service => service.Weight));
        return Agency.Services.First(service => (left -= service.Weight) < 0);
    }

    private JsonObject Sale(List<(Agency.Service Service, int Quantity)> lines)
    {
        var sale = new JsonObject
        {
            ["bookingId"] = BookingId,
            ["dealId"] = $"DEMO-D{number + 1:0000}",
            ["customer"] = person.Customer(IsComplete),
            ["visitorId"] = visitorId,
            ["voiceSessionId"] = sessionId,
            ["currency"] = "EUR",
            ["lines"] = Write(lines, extra: 0),
            ["serviceDate"] = story.FirstDay.AddDays(Day + 10 + number % 14).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["paymentTermsDays"] = 30,
        };
        if (number % 6 == 0)
            sale["purchaseOrder"] = $"BC-{2600 + number}";
        return sale;
    }

    private JsonObject Changed(List<(Agency.Service Service, int Quantity)> lines) => new() { ["bookingId"] = BookingId, ["lines"] = Write(lines, extra: 1) };

    private JsonObject Cancelled(string reason) => new() { ["bookingId"] = BookingId, ["reason"] = reason };

    private JsonArray Write(List<(Agency.Service Service, int Quantity)> lines, int extra) => new([.. lines.Select((line, index) => (JsonNode)new JsonObject
    {
        ["key"] = line.Service.Code,
        ["serviceCode"] = line.Service.Code,
        ["description"] = line.Service.Name,
        ["quantity"] = line.Quantity + (index == 0 ? extra : 0),
        ["unitAmount"] = Agency.PriceOn(line.Service, Day).ToString(CultureInfo.InvariantCulture),
        ["taxRatePercent"] = 20,
    })]);
}
