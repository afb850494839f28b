using RevOps.Core.Platform;
using RevOps.Web.Shared;

namespace RevOps.Web.Shell.Style;

/// <summary>Made-up figures for the style page: the same for the same number, so that pictures of it can be compared.</summary>
public sealed class StyleSamples(int number)
{
    public const int RowCount = 21;
    public const string Command = "curl https://revops.example/api/v1/events \\\n  -H \"Authorization: Bearer rk_…\" \\\n  -d @sample.json";

    public static readonly DateOnly Today = new(2026, 3, 26);

    private static readonly DateOnly First = new(2026, 1, 26);
    private static readonly DateTimeOffset Noon = new(2026, 3, 26, 12, 0, 0, TimeSpan.Zero);

    private static readonly string[] Customers = ["Acme SARL", "Éditions Bleues", "Maison Dupré & Fils", "Société coopérative des transporteurs de la vallée", "Zoë Studio"];

    public static IEnumerable<DateOnly> Days(int count) => Enumerable.Range(0, count).Select(First.AddDays);

    public static IEnumerable<DateOnly> Weeks(int count) => Enumerable.Range(0, count).Select(week => First.AddDays(7 * week));

    public int Number => number;

    /// <summary>A course that wanders around a level, with a slope.</summary>
    public decimal?[] Course(int count, decimal level, decimal slope, int salt = 0) =>
        [.. Enumerable.Range(0, count).Select(at => (decimal?)Math.Round(level + (slope * at) + (level * 0.12m * Wave(at, salt)), 2))];

    public decimal?[] Some(int count, decimal most, int salt = 0) =>
        [.. Enumerable.Range(0, count).Select(at => (decimal?)Math.Round(most * (1.2m + Wave(at * 3, salt)) / (2.4m + at), 3))];

    public IEnumerable<StyleRow> Rows() => Enumerable.Range(1, RowCount).Select(at => new StyleRow(
        $"S-{at:00}", Customers[(at * number) % Customers.Length], new((long)(180_000 + (170_000 * Wave(at, 0))), at % 7 == 0 ? "CHF" : "EUR"), (Tone)(at % 4), First.AddDays(3 * at), Noon.AddHours(-at * at))
    {
        Code = $"in_{at * 7_919 * number:x8}",
    });

    private decimal Wave(int at, int salt) => (decimal)(Math.Sin((at * 0.7) + number + salt) + (0.5 * Math.Sin((at * 1.9) + (2 * number) + salt))) / 1.5m;
}

/// <param name="Number">Tells it apart.</param>
public sealed record StyleRow(string Number, string Customer, Money Amount, Tone Tone, DateOnly DueOn, DateTimeOffset SeenAt)
{
    public required string Code { get; init; }
}
