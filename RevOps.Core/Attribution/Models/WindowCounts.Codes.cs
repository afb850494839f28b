namespace RevOps.Core.Attribution.Models;

/// <summary>Counting the same paths again and again, with other outcomes: their codes are found once.</summary>
public sealed partial class WindowCounts
{
    /// <summary>All paths of a table, of which the codes are known.</summary>
    internal void Add(PathCodes codes, PathTable paths)
    {
        for (var (at, next) = (0, 0); at < paths.Count; at++)
        {
            var (outcome, end) = (paths.Outcomes[at], codes.Ends[at]);
            var journeys = outcome.Journeys;
            if (journeys > 0)
            {
                foreach (var code in codes.Codes.AsSpan(next..end))
                    places[code] += journeys;
            }

            if (outcome.Conversions > 0 && end > next)
            {
                var window = codes.Codes[end - 1] / width;
                conversions[window] += outcome.Conversions;
                value[window] += outcome.ValueMinor;
            }

            next = end;
        }
    }

    /// <summary>The codes of each path's places.</summary>
    internal PathCodes CodesOf(PathTable paths)
    {
        var (codes, ends) = (new List<ulong>(), new int[paths.Count]);
        for (var at = 0; at < paths.Count; at++)
        {
            var path = paths.PathOf(at);
            var code = 0ul;
            for (var place = 0; place <= path.Length && !path.IsEmpty; place++)
                codes.Add(code = Next(code, path, place));
            ends[at] = codes.Count;
        }

        return new([.. codes], ends);
    }
}

/// <summary>Codes of the places of some paths, one path after the other.</summary>
/// <param name="Ends">Where the codes of each path end.</param>
internal sealed record PathCodes(ulong[] Codes, int[] Ends);
