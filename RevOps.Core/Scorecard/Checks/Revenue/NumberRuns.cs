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

    private static (string Series, long Number) Split(string number)
    {
        var digits = number.Reverse().TakeWhile(char.IsAsciiDigit).Count();
        return digits is > 0 and < 19 ? (number[..^digits], long.Parse(number.AsSpan(number.Length - digits), CultureInfo.InvariantCulture)) : (number, 0);
    }
}
