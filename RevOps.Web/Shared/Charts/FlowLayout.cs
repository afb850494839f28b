using System.Globalization;

namespace RevOps.Web.Shared.Charts;

/// <summary>
/// Where the places and ribbons of a flow chart stand. Heights are in proportion everywhere, so a ribbon is as thick at its end as where it
/// began; what leaves a place leaves it in the order of what it goes to, so ribbons cross as little as the places allow.
/// </summary>
public sealed record FlowLayout(IReadOnlyList<FlowLayout.Box> Boxes, IReadOnlyList<FlowLayout.Ribbon> Ribbons)
{
    public const double BoxWidth = 12, Gap = 14;

    /// <param name="places">In their order from the top within a column.</param>
    /// <param name="flows">Between places that are there.</param>
    /// <param name="width">Of the drawing.</param>
    /// <param name="height">Of the drawing; the fullest column fills it.</param>
    public static FlowLayout Of(IReadOnlyList<FlowPlace> places, IReadOnlyList<Flow> flows, double width, double height)
    {
        var shown = flows.Where(flow => flow.Count > 0).ToList();
        var (into, outOf) = (shown.ToLookup(flow => flow.To, StringComparer.Ordinal), shown.ToLookup(flow => flow.From, StringComparer.Ordinal));
        long Size(FlowPlace place) => Math.Max(into[place.Key].Sum(flow => flow.Count), outOf[place.Key].Sum(flow => flow.Count));
        var columns = places.Where(place => Size(place) > 0).GroupBy(place => place.Column).OrderBy(column => column.Key).ToList();
        if (columns.Count == 0)
            return new([], []);

        // The column that needs most room, gaps included, sets the scale for all.
        var scale = columns.Min(column => Math.Max(1, height - (Gap * (column.Count() - 1))) / column.Sum(Size));
        var step = columns.Count == 1 ? 0 : (width - BoxWidth) / (columns.Count - 1);
        var boxes = new Dictionary<string, Box>(StringComparer.Ordinal);
        foreach (var (column, index) in columns.Select((column, index) => (column, index)))
        {
            var top = 0d;
            foreach (var place in column)
            {
                boxes[place.Key] = new(place, Size(place), index * step, top, Size(place) * scale, index == columns.Count - 1);
                top += (Size(place) * scale) + Gap;
            }
        }

        return new([.. boxes.Values], [.. RibbonsOf(shown, boxes, scale)]);
    }

    private static IEnumerable<Ribbon> RibbonsOf(List<Flow> flows, Dictionary<string, Box> boxes, double scale)
    {
        var (left, arrived) = (new Dictionary<string, double>(StringComparer.Ordinal), new Dictionary<string, double>(StringComparer.Ordinal));
        var starts = flows.OrderBy(flow => boxes[flow.To].Y).ThenBy(flow => boxes[flow.To].X).ToDictionary(flow => flow, flow => Take(left, flow.From, flow.Count * scale));
        foreach (var flow in flows.OrderBy(flow => boxes[flow.From].Y).ThenBy(flow => boxes[flow.From].X))
        {
            var (from, to, end) = (boxes[flow.From], boxes[flow.To], Take(arrived, flow.To, flow.Count * scale));
            yield return new(flow, from, to, from.Y + starts[flow], to.Y + end, flow.Count * scale);
        }
    }

    private static double Take(Dictionary<string, double> taken, string key, double thickness)
    {
        var at = taken.GetValueOrDefault(key);
        taken[key] = at + thickness;
        return at;
    }

    /// <param name="Count">What came, or what went where nobody comes from.</param>
    public sealed record Box(FlowPlace Place, long Count, double X, double Y, double Height, bool IsLast);

    public sealed record Ribbon(Flow Flow, Box From, Box To, double FromY, double ToY, double Thickness)
    {
        /// <summary>Thin ones are drawn a little thicker: what is there is seen.</summary>
        public string Path
        {
            get
            {
                var (start, end, thick) = (From.X + BoxWidth, To.X, Math.Max(1, Thickness));
                var middle = (start + end) / 2;
                return string.Create(CultureInfo.InvariantCulture, $"M{start:0.#} {FromY:0.#}C{middle:0.#} {FromY:0.#} {middle:0.#} {ToY:0.#} {end:0.#} {ToY:0.#}V{ToY + thick:0.#}C{middle:0.#} {ToY + thick:0.#} {middle:0.#} {FromY + thick:0.#} {start:0.#} {FromY + thick:0.#}Z");
            }
        }
    }
}
