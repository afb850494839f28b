using System.Globalization;
using RevOps.Core.Catalogue;
using RevOps.Core.Pricing.Advice;

namespace RevOps.Core.Pricing.Settings;

/// <summary>Floors and ceilings of some slots as somebody types them, a line each: "lead 0..2; 150; 250".</summary>
public static class BoundText
{
    public const int MostBounds = 20;

    private const int MostLead = 365;

    // Both languages are read, and the reader's is written.
    private static readonly (BoundKind Kind, string English, string French)[] Words =
        [(BoundKind.Dates, "date", "date"), (BoundKind.Lead, "lead", "délai"), (BoundKind.Months, "month", "mois"), (BoundKind.Weekdays, "weekday", "jour")];

    /// <summary>What it holds for, without its amounts.</summary>
    public static string Of(PriceBound bound, CultureInfo culture)
    {
        var word = Words.First(one => one.Kind == bound.Kind);
        var (from, to) = (Value(bound.Kind, bound.From), Value(bound.Kind, bound.To));
        return $"{(culture.TwoLetterISOLanguageName == "fr" ? word.French : word.English)} {(from == to ? from : $"{from}..{to}")}";
    }

    /// <returns>Null where a line cannot be read, or a ceiling lies below its floor.</returns>
    public static IReadOnlyList<PriceBound>? Read(string text, string currency)
    {
        var bounds = text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(line => ReadOne(line, currency)).ToList();
        return bounds.Count <= MostBounds && bounds.TrueForAll(bound => bound is not null) ? [.. bounds.OfType<PriceBound>()] : null;
    }

    private static PriceBound? ReadOne(string line, string currency)
    {
        if (line.Split(';', StringSplitOptions.TrimEntries) is not [var slots, var floor, var ceiling] || slots.Split(' ', 2, StringSplitOptions.TrimEntries) is not [var word, var range])
            return null;
        var kind = Words.Where(one => string.Equals(one.English, word, StringComparison.OrdinalIgnoreCase) || string.Equals(one.French, word, StringComparison.OrdinalIgnoreCase)).Select(one => (BoundKind?)one.Kind).FirstOrDefault();
        var ends = range.Split("..", StringSplitOptions.TrimEntries);
        if (kind is not { } of || ends.Length > 2 || Number(of, ends[0]) is not { } from || Number(of, ends[^1]) is not { } to || (from > to && of is BoundKind.Dates or BoundKind.Lead))
            return null;
        return CatalogueRules.Minor(floor, currency) is > 0 and var least && CatalogueRules.Minor(ceiling, currency) is { } most && most >= least ? new(of, from, to, least, most) : null;
    }

    private static int? Number(BoundKind kind, string text)
    {
        if (kind == BoundKind.Dates)
            return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? PriceBound.Number(day) : null;
        var (least, most) = kind switch { BoundKind.Lead => (0, MostLead), BoundKind.Months => (1, 12), _ => (1, 7) };
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number : null;
    }

    private static string Value(BoundKind kind, int number) =>
        kind == BoundKind.Dates ? DateOnly.ParseExact(number.ToString(CultureInfo.InvariantCulture), "yyyyMMdd", CultureInfo.InvariantCulture).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : number.ToString(CultureInfo.InvariantCulture);
}
