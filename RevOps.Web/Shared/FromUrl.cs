using System.Globalization;

namespace RevOps.Web.Shared;

/// <summary>Reads what an address says. It may be typed by hand or years old, so what cannot be read counts as not said.</summary>
public static class FromUrl
{
    private const string DayFormat = "yyyy-MM-dd";
    private const int FurthestPage = 100_000;

    public static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1970 and < 9_000 ? day : null;

    public static string Text(DateOnly day) => day.ToString(DayFormat, CultureInfo.InvariantCulture);

    /// <summary>A value of an enum by its name in any case; else its first.</summary>
    public static T Choice<T>(string? text) where T : struct, Enum => OneOf<T>(text) ?? default;

    /// <summary>A value of an enum by its name in any case; else none.</summary>
    public static T? OneOf<T>(string? text) where T : struct, Enum =>
        Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : null;

    /// <summary>The number of a page; else the first. Further than anybody reads, a number of rows would no longer fit.</summary>
    public static int Page(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? Math.Clamp(page, 1, FurthestPage) : 1;

    /// <summary>What was typed, without the blanks around it; null for nothing.</summary>
    public static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    public static Guid? Id(string? text) => Guid.TryParse(text, out var id) ? id : null;
}
