using System.Text.Json.Nodes;

namespace RevOps.Web.Demo;

/// <summary>What the demo tells: an agency's days, seen from outside.</summary>
/// <param name="Seed">The same seed and first day tell the same story.</param>
/// <param name="FirstDay">In <paramref name="Zone"/>.</param>
/// <param name="Days">The last one is today.</param>
/// <param name="People">Who visits the site.</param>
/// <param name="Bookings">How many of their visits end in a sale, at most.</param>
/// <param name="Zone">The company's.</param>
public sealed record Story(int Seed, DateOnly FirstDay, int Days, int People, int Bookings, TimeZoneInfo Zone)
{
    public const int UsualDays = 90;
    public const int UsualPeople = 420;
    public const int UsualBookings = 134;

    public DateTimeOffset At(double day, TimeSpan time) => At(FirstDay.AddDays((int)Math.Floor(day)), time);

    public DateTimeOffset At(DateOnly day, TimeSpan time)
    {
        // An hour that the clocks skip in spring has no instant of its own: the next one serves.
        var local = day.ToDateTime(TimeOnly.MinValue) + time;
        return new DateTimeOffset(local, Zone.GetUtcOffset(Zone.IsInvalidTime(local) ? local.AddHours(1) : local)).ToUniversalTime();
    }
}

/// <summary>Something that another system tells RevOps.</summary>
/// <param name="Id">The same in every run of the story, so that a run that was broken off tells nothing twice.</param>
public sealed record ToldEvent(string Id, DateTimeOffset Time, string Type, JsonObject Data)
{
    public const string Source = "demo";

    /// <summary>What whoever buys would take as well; null for most.</summary>
    public WorkshopWish? Wish { get; init; }

    public JsonObject Envelope() => new()
    {
        ["specversion"] = "1.0",
        ["id"] = Id,
        ["source"] = Source,
        ["type"] = $"revops.{Type}.v1",
        ["time"] = Time.ToString("O"),
        ["data"] = Data.DeepClone(),
    };
}
