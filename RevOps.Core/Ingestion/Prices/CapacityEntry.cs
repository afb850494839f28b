using System.Globalization;
using RevOps.Core.Catalogue;
using RevOps.Core.Platform;

namespace RevOps.Core.Ingestion.Prices;

/// <summary>Places as somebody types them: on these weekdays, from one day to another, at one hour.</summary>
public sealed record CapacityEntry
{
    public const int MostSlots = 400;
    private const int MostPlaces = 1_000_000;
    private const int FurthestDays = 730;

    public string ServiceCode { get; set; } = "";
    public string From { get; set; } = "";
    public string Until { get; set; } = "";

    /// <summary>As "09:30".</summary>
    public string Start { get; set; } = "09:00";

    public string End { get; set; } = "17:00";
    public string Capacity { get; set; } = "";
    public HashSet<DayOfWeek> Days { get; } = [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday];

    /// <param name="owner">In whose zone hours are.</param>
    /// <param name="today">The first day may not lie before it: slots that are over without a sale would say that nobody comes.</param>
    /// <returns>The slots, or what is wrong by field.</returns>
    public (IReadOnlyList<EnteredSlot> Slots, IReadOnlyDictionary<string, string> Problems) Read(CompanyVersion owner, DateOnly today)
    {
        var problems = new Dictionary<string, string>(StringComparer.Ordinal);
        var (from, until, start, end) = (CatalogueRules.Day(From), CatalogueRules.Day(Until), Hour(Start), Hour(End));
        if (ServiceCode.Trim().Length == 0)
            problems[nameof(ServiceCode)] = "service";
        if (from is null || from < today)
            problems[nameof(From)] = from is null ? "day" : "pastDay";
        if (until is null || until < from || until.Value.DayNumber - (from?.DayNumber ?? 0) > FurthestDays)
            problems[nameof(Until)] = "until";
        if (start is null)
            problems[nameof(Start)] = "hour";
        if (end is null || end <= start)
            problems[nameof(End)] = "endBefore";
        if (!int.TryParse(Capacity.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var places) || places is < 0 or > MostPlaces)
            problems[nameof(Capacity)] = "capacity";
        if (problems.Count > 0)
            return ([], problems);

        var days = Enumerable.Range(0, until!.Value.DayNumber - from!.Value.DayNumber + 1).Select(from.Value.AddDays).Where(day => Days.Contains(day.DayOfWeek)).ToList();
        if (days.Count is 0 or > MostSlots)
            return ([], new Dictionary<string, string>(StringComparer.Ordinal) { [nameof(Days)] = days.Count == 0 ? "noDays" : "manyDays" });
        return (days.ConvertAll(day => new EnteredSlot(At(owner, day, start!.Value), At(owner, day, end!.Value))), problems);
    }

    private static DateTimeOffset At(CompanyVersion owner, DateOnly day, TimeOnly hour)
    {
        // An hour that the clocks skip in spring has no instant of its own: the next one serves.
        var (local, zone) = (day.ToDateTime(hour), owner.Zone);
        return new DateTimeOffset(local, zone.GetUtcOffset(zone.IsInvalidTime(local) ? local.AddHours(1) : local)).ToUniversalTime();
    }

    private static TimeOnly? Hour(string text) => TimeOnly.TryParseExact(text.Trim(), ["HH:mm", "H:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var hour) ? hour : null;
}
