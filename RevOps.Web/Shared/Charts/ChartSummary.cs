using Microsoft.Extensions.Localization;

namespace RevOps.Web.Shared.Charts;

/// <summary>A chart in sentences, for whoever cannot see it.</summary>
public static class ChartSummary
{
    /// <summary>Each series with its first and last value where time runs, and its lowest and highest; of a matrix only its extremes.</summary>
    public static string Of(IStringLocalizer<ChartTexts> text, ChartKind kind, ChartX x, IReadOnlyList<ChartSeries> series, ChartUnit unit, ChartBand? band = null)
    {
        var sentences = kind == ChartKind.Heat
            ? Matrix(text, x, series, unit)
            : series.Select(one => Course(text, x, one, unit));
        return string.Join(' ', sentences.Append(Interval(text, x, unit, band)).Where(sentence => sentence.Length > 0));
    }

    private static string Course(IStringLocalizer text, ChartX x, ChartSeries series, ChartUnit unit)
    {
        (int At, decimal Value)[] known = [.. Known(series)];
        if (known.Length == 0)
            return text["SaysNothing", series.Name];

        string Value((int At, decimal Value) point) => unit.Text(point.Value);
        string Where((int At, decimal Value) point) => x.Long[point.At];
        var (low, high) = (known.MinBy(point => point.Value), known.MaxBy(point => point.Value));
        if (known.Length == 1)
            return text["SaysOne", series.Name, Value(low), Where(low)];
        if (low.Value == high.Value)
            return text["SaysLevel", series.Name, Value(low)];
        return x.IsTime
            ? text["SaysCourse", series.Name, Value(known[0]), Where(known[0]), Value(known[^1]), Where(known[^1]), Value(low), Where(low), Value(high), Where(high)]
            : text["SaysRange", series.Name, Value(high), Where(high), Value(low), Where(low)];
    }

    private static IEnumerable<string> Matrix(IStringLocalizer text, ChartX x, IReadOnlyList<ChartSeries> series, ChartUnit unit)
    {
        (string Row, int At, decimal Value)[] cells = [.. series.SelectMany(row => Known(row).Select(cell => (row.Name, cell.At, cell.Value)))];
        if (cells.Length == 0)
            yield break;
        var (low, high) = (cells.MinBy(cell => cell.Value), cells.MaxBy(cell => cell.Value));
        yield return text["SaysMatrix", series.Count, x.Long.Count, unit.Text(high.Value), high.Row, x.Long[high.At], unit.Text(low.Value), low.Row, x.Long[low.At]];
    }

    private static string Interval(IStringLocalizer text, ChartX x, ChartUnit unit, ChartBand? band)
    {
        if (band is null)
            return "";
        var last = Enumerable.Range(0, x.Long.Count).LastOrDefault(at => band.Lower[at] is not null && band.Upper[at] is not null, -1);
        return last < 0 ? "" : text["SaysBand", band.Name, unit.Text(band.Lower[last]!.Value), unit.Text(band.Upper[last]!.Value), x.Long[last]];
    }

    private static IEnumerable<(int At, decimal Value)> Known(ChartSeries series) =>
        series.Values.Select((value, at) => (value, at)).Where(point => point.value is not null).Select(point => (point.at, point.value!.Value));
}
