using System.Globalization;
using RevOps.Core.Attribution.Snapshots;

namespace RevOps.Core.Attribution.Results;

/// <summary>Which sequences of channels there were, and what came of them.</summary>
internal static class PathTables
{
    private const string Arrow = " > ";

    public static PathList Of(Asked asked, PathFilter filter)
    {
        var (rows, set) = (RowsOf(asked, filter.Stages), asked.Set);
        var channel = filter.With ?? asked.Question.Channel;
        var shown = Sorted(rows.Where(row => (!filter.Converting || row.Conversions > 0 || row.Minor is not null and not 0) && (channel is null || row.Channels.Contains(channel)) && filter.Keys?.Contains(row.Key) != false), filter).ToList();
        return new(asked.Basis, [.. shown.Skip((filter.Page - 1) * filter.Size).Take(filter.Size)], shown.Count, set.Conversions, asked.Minor(set.ValueMinor), set.Nulls.Count) { Open = set.Open };
    }

    /// <summary>Whole sequences, repeats kept, as other tools read them, and what the models see: no value without its conversion.</summary>
    public static IReadOnlyList<string> File(Asked asked)
    {
        var (table, lines) = (asked.Set.Paths, new List<string> { "path;total_conversions;total_conversion_value;total_null" });
        for (var at = 0; at < table.Count; at++)
        {
            var outcome = table.OutcomeOf(at);
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"{string.Join(Arrow, OpenedTables.NamesOf(table.PathOf(at)))};{outcome.Conversions};{outcome.ValueMinor};{outcome.Nulls}"));
        }

        return lines;
    }

    /// <summary>Repeats collapsed.</summary>
    internal static string KeyOf(ReadOnlySpan<byte> path)
    {
        Span<byte> collapsed = path.Length <= 256 ? stackalloc byte[path.Length] : new byte[path.Length];
        return string.Join(Arrow, OpenedTables.NamesOf(collapsed[..Collapse(path, collapsed)]));
    }

    private static List<PathRow> RowsOf(Asked asked, bool stages)
    {
        var rows = new Dictionary<string, Row>(StringComparer.Ordinal);

        // Many journeys take few paths: names are written once for each.
        var found = rows.GetAlternateLookup<ReadOnlySpan<char>>();
        Row RowOf(ReadOnlySpan<byte> path)
        {
            Span<byte> collapsed = path.Length <= 256 ? stackalloc byte[path.Length] : new byte[path.Length];
            Span<char> sign = path.Length <= 256 ? stackalloc char[path.Length] : new char[path.Length];
            var length = Collapse(path, collapsed);
            for (var touch = 0; touch < length; touch++)
                sign[touch] = (char)(collapsed[touch] + 1);
            if (!found.TryGetValue(sign[..length], out var row))
                found[sign[..length]] = row = new(KeyOf(path));
            return row;
        }

        foreach (var journey in asked.Set.Credited)
            RowOf(stages ? StagedPath.Of(journey, asked.Mode) : journey.Path).Add(journey);
        foreach (var journey in asked.Set.Nulls)
            RowOf(stages ? StagedPath.Of(journey, asked.Figures.Cut) : journey.Path).Add(journey);
        return [.. rows.Values.Select(row => row.ToView(asked))];
    }

    private static int Collapse(ReadOnlySpan<byte> path, Span<byte> into)
    {
        var length = 0;
        foreach (var channel in path)
        {
            if (length == 0 || into[length - 1] != channel)
                into[length++] = channel;
        }

        return length;
    }

    private static IEnumerable<PathRow> Sorted(IEnumerable<PathRow> rows, PathFilter filter)
    {
        Func<PathRow, double> by = filter.Sort switch
        {
            PathSort.Value => row => row.Minor ?? 0,
            PathSort.Nulls => row => row.Nulls,
            PathSort.Days => row => row.Days,
            PathSort.Touches => row => row.Touches,
            _ => row => row.Conversions,
        };
        var sorted = filter.Ascending ? rows.OrderBy(by) : rows.OrderByDescending(by);
        return sorted.ThenByDescending(row => row.Conversions).ThenByDescending(row => row.Nulls).ThenBy(row => row.Key, StringComparer.Ordinal);
    }

    private sealed class Row(string key)
    {
        private (int Count, double Days, long Touches) converted;
        private (int Count, double Days, long Touches) ended;
        private int conversions;
        private long minor;

        public void Add(Journey journey)
        {
            converted = (converted.Count + 1, converted.Days + journey.Days, converted.Touches + journey.Length);
            (conversions, minor) = (conversions + journey.Conversions, minor + journey.ValueMinor);
        }

        public void Add(NullJourney journey) => ended = (ended.Count + 1, ended.Days + journey.Days, ended.Touches + journey.To - journey.From);

        public PathRow ToView(Asked asked)
        {
            var (count, days, touches) = converted.Count > 0 ? converted : ended;
            return new(key, key.Split(Arrow), conversions, asked.Minor(minor), ended.Count, days / count, (double)touches / count);
        }
    }
}
