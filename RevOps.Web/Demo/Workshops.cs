using System.Globalization;
using System.Text.Json.Nodes;
using RevOps.Core.Platform.Demo;

namespace RevOps.Web.Demo;

/// <summary>Somebody who buys would take places of a workshop as well, if it costs no more than it is worth to them.</summary>
/// <param name="Start">Of the slot.</param>
/// <param name="Worth">The highest price that they would pay, as a share of the list price.</param>
/// <param name="IsMember">Of the chamber of trade, whose members have a fare of their own while places are left for it.</param>
public sealed record WorkshopWish(DateTimeOffset Start, int Places, double Worth, bool IsMember);

/// <summary>The agency's half-day workshops: few places, three mornings a week, and a price that moves. Pure: the same story, the same wishes.</summary>
public static class Workshops
{
    public const string Code = DemoRun.ServiceCode;
    public const string Name = "Atelier collectif (demi-journée)";
    public const decimal Price = 190m;
    public const string FullFare = "plein";
    public const string MemberFare = "adherent";
    public const int Capacity = 8;

    // One per cent more costs so many per cent of the requests.
    private const double Elasticity = 2.2;
    private const double Cheapest = 0.95;

    // How long before people book, on average.
    private const double MeanLead = 11;
    private const int MostLead = 40;
    private const int ToldAhead = 45;
    private const int DaysOfWeek = 7;
    private static readonly TimeSpan Begins = new(9, 30, 0);
    private static readonly TimeSpan Told = new(8, 0, 0);
    public static readonly TimeSpan Lasts = new(3, 0, 0);

    /// <summary>Places of the coming weeks, told on the first morning and then every week.</summary>
    public static IEnumerable<(DateTimeOffset Time, string Type, JsonObject Data)> Tell(Story story)
    {
        for (var day = 0; day < story.Days; day += DaysOfWeek)
        {
            var known = day == 0 ? 0 : day + ToldAhead - DaysOfWeek;
            foreach (var slot in Slots(story, known, day + ToldAhead))
                yield return (story.At(day, Told), "availability", Availability(slot, 0));
        }
    }

    /// <summary>Which sales come with a wish, by their number among all events.</summary>
    public static IReadOnlyDictionary<int, WorkshopWish> Wishes(Story story, IEnumerable<(int Index, DateTimeOffset Time)> sales)
    {
        var (random, wishes) = (new Random(story.Seed + 12), new Dictionary<int, WorkshopWish>());
        foreach (var (index, time) in sales)
        {
            var lead = 1 + Math.Min(MostLead - 1, (int)(-MeanLead * Math.Log(1 - random.NextDouble())));
            var (places, worth) = (1 + (random.Next(10) switch { < 3 => 0, < 7 => 1, < 9 => 2, _ => 3 }), Cheapest * Math.Pow(1 - random.NextDouble(), -1 / Elasticity));
            var day = (int)Math.Floor((time - story.At(0, TimeSpan.Zero)).TotalDays) + lead;
            if (Slots(story, Math.Max(0, day), day + DaysOfWeek).FirstOrDefault(slot => slot > time) is var slot && slot != default)
                wishes[index] = new(slot, places, worth, random.Next(4) == 0);
        }

        return wishes;
    }

    /// <summary>The sale with the workshop on it.</summary>
    public static JsonObject With(JsonObject sale, WorkshopWish wish, decimal price, bool asMember)
    {
        var with = sale.DeepClone().AsObject();
        (with["slotStart"], with["slotEnd"]) = (wish.Start.ToString("O"), (wish.Start + Lasts).ToString("O"));
        with["fareClass"] = asMember ? MemberFare : FullFare;
        with["lines"]!.AsArray().Add(new JsonObject
        {
            ["key"] = "atelier", ["serviceCode"] = Code, ["description"] = Name, ["quantity"] = wish.Places, ["unitAmount"] = price.ToString(CultureInfo.InvariantCulture), ["taxRatePercent"] = 20,
        });
        return with;
    }

    public static JsonObject Availability(DateTimeOffset slot, int refused) => new()
    {
        ["serviceCode"] = Code, ["slotStart"] = slot.ToString("O"), ["slotEnd"] = (slot + Lasts).ToString("O"), ["capacity"] = Capacity, ["refused"] = refused,
    };

    private static IEnumerable<DateTimeOffset> Slots(Story story, int from, int until) => Enumerable.Range(from, Math.Max(0, until - from)).Where(day => story.FirstDay.AddDays(day).DayOfWeek is DayOfWeek.Tuesday or DayOfWeek.Wednesday or DayOfWeek.Thursday)
        .Select(day => story.At(day, Begins));
}
