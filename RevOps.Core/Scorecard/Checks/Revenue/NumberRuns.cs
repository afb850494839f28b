using System.Globalization;

namespace RevOps.Core.Scorecard.Checks.Revenue;

/// <summary>Looks for holes in series of numbers, such as "F-2026-0007": what stands before the last digits names the series.</summary>
public static class NumberRuns
{
    /// <returns>How many numbers are missing between the first and the last of each series, and how many are there more than once.</returns>
    public static (int Gaps, int Doubles) Of(IEnumerable<string> numbers)
    {
        var (gaps, doubles) = (0L, 0);
        foreach (var series in numbers.Select(Split).GroupBy(part => part.Series, part => part.Number, StringComparer.Ordinal))
        {
            var all = series.ToList();
            var distinct = all.Distinct().ToList();
            gaps += distinct.Max() - distinct.Min() + 1 - distinct.Count;
            doubles += all.Count - distinct.Count;
        }

        return ((int)Math.Min(gaps, int.MaxValue), doubles);
    }

    /// <summary>The rows before and after each hole, and those that share their number.</summary>
    /// <param name="rows">All of them.</param>
    /// <param name="number">Of a row.</param>
    public static (IReadOnlyList<T> BesideGaps, IReadOnlyList<T> Doubles) Faults<T>(IEnumerable<T> rows, Func<T, string> number)
    {
        var (beside, doubles) = (new List<T>(), new List<T>());
        foreach (var series in rows.Select(row => (Row: row, At: Split(number(row)))).GroupBy(one => one.At.Series, StringComparer.Ordinal))
        {
            var places = series.GroupBy(one => one.At.Number, one => one.Row).OrderBy(place => place.Key).Select(place => (place.Key, Rows: place.ToList())).ToList();
            doubles.AddRange(places.Where(place => place.Rows.Count > 1).SelectMany(place => place.Rows));
            beside.AddRange(places.Where((place, i) => (i > 0 && place.Key - places[i - 1].Key > 1) || (i + 1 < places.Count && places[i + 1].Key - place.Key > 1)).SelectMany(place => place.Rows));
        }

        return (beside, doubles);
    }

    private static (string Series, long Number) Split(string number)
    {
        var digits = number.Reverse().TakeWhile(char.IsAsciiDigit).Count();
        return digits is > 0 and < 19 ? (number[..^digits], long.Parse(number.AsSpan(number.Length - digits), CultureInfo.InvariantCulture)) : (number, 0);
    }
}
