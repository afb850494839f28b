using RevOps.Core.Attribution.Models;
using RevOps.Core.Attribution.Snapshots;

namespace RevOps.Core.Attribution.Results;

/// <summary>How far people come, how long it takes them, and which channels open and close.</summary>
internal static class FlowTables
{
    private static readonly int[] DayEdges = [0, 1, 2, 3, 5, 7, 10, 14, 21, 30, 45, 60, 75, 90];
    private const int MostTouches = 12;

    /// <summary>Everybody who came in the period, by what they reached within the look-back after their first visit of it.</summary>
    public static StageFlow Stages(Asked asked)
    {
        var (people, links, sales) = (new int[5], new Dictionary<(Stage From, Stage To), int>(), 0L);
        foreach (var walk in Walks(asked))
        {
            sales += walk.Minor;
            foreach (var stage in walk.Reached)
                people[(int)stage]++;
            foreach (var link in LinksOf(walk))
                links[link] = links.GetValueOrDefault(link) + 1;
        }

        return new(asked.Basis, [.. people.Select((count, stage) => new StageCount((Stage)stage, count))],
            [.. links.OrderBy(link => link.Key.From).ThenBy(link => link.Key.To).Select(link => new StageLink(link.Key.From, link.Key.To, link.Value))], sales);
    }

    /// <summary>The people of one link.</summary>
    public static StagePeople People(Asked asked, Stage from, Stage to, int page, int size)
    {
        var found = Walks(asked).Where(walk => LinksOf(walk).Contains((from, to))).OrderByDescending(walk => walk.Book.TouchedAt(walk.From)).ThenBy(walk => walk.Book.People[walk.Person]).ToList();
        var rows = found.Skip((page - 1) * size).Take(size)
            .Select(walk => new StagePerson(walk.Book.People[walk.Person], new(walk.Book.TouchedAt(walk.From), TimeSpan.Zero), OpenedTables.NamesOf(walk.Book.PathOf(walk.From, walk.To)), walk.Minor));
        return new(asked.Basis, from, to, [.. rows], found.Count);
    }

    public static LagReport Lags(Asked asked)
    {
        var (journeys, days) = (asked.Set.Credited.Where(journey => journey.Conversions > 0).ToList(), asked.Question.LookBackDays);
        int[] edges = [.. DayEdges.Where(edge => edge < days), days];
        var byDays = edges.SkipLast(1).Select((edge, index) => Bin(asked, edge, edges[index + 1], journeys.Where(journey => journey.Days >= edge && (journey.Days < edges[index + 1] || (index == edges.Length - 2 && journey.Days <= days)))));
        var byTouches = Enumerable.Range(1, MostTouches).Select(count => Bin(asked, count, count == MostTouches ? null : count, journeys.Where(journey => count == MostTouches ? journey.Length >= count : journey.Length == count)));
        return new(asked.Basis, [.. byDays], [.. byTouches], Median([.. journeys.Select(journey => journey.Days)]), Median([.. journeys.Select(journey => (double)journey.Length)]), days,
            journeys.Count(journey => journey.From > journey.Book!.TouchesOf(journey.Person).From));
    }

    public static RoleReport Roles(Asked asked)
    {
        var journeys = asked.Set.Credited.Where(journey => journey.Conversions > 0).ToList();
        var (opened, assisted, closed) = (new int[ChannelNumber.Count], new int[ChannelNumber.Count], new int[ChannelNumber.Count]);
        foreach (var journey in journeys)
        {
            var path = journey.Path;
            opened[path[0]]++;
            closed[path[^1]]++;
            for (byte channel = 0; channel < assisted.Length; channel++)
                assisted[channel] += path.Length > 2 && path[1..^1].Contains(channel) ? 1 : 0;
        }

        var (influenced, credit) = (asked.Figures.Of(AttributionModel.Influenced), asked.Figures.Of(asked.Question.Model));
        var rows = Enumerable.Range(0, ChannelNumber.Count).Where(channel => influenced.Conversions[channel] != 0 || credit.Conversions[channel] != 0 || credit.Minor[channel] != 0)
            .Select(channel => new RoleRow(ChannelNumber.NameOf((byte)channel), opened[channel], assisted[channel], closed[channel], (int)Math.Round(influenced.Conversions[channel]), asked.Minor(influenced.Minor[channel]), credit.Conversions[channel], asked.Minor(credit.Minor[channel])))
            .Where(row => asked.Question.Channel is null || row.Channel == asked.Question.Channel)
            .OrderByDescending(row => row.Influenced).ThenBy(row => row.Channel, StringComparer.Ordinal);
        return new(asked.Basis, journeys.Count, [.. rows]);
    }

    /// <summary>Everybody with a visit in the period, and the stages that they reached.</summary>
    private static IEnumerable<Walk> Walks(Asked asked)
    {
        var (world, cut) = (asked.World, asked.Figures.Cut);
        foreach (var (book, person) in world.Everybody())
        {
            var (from, to) = book.Within(person, cut.First, cut.End - 1);
            if (from == to)
                continue;
            var reached = new List<Stage>(5);
            if (Channel.IsPaid(book.SourceOf(from).Channel))
                reached.Add(Stage.Ad);
            reached.Add(Stage.Visit);
            var minor = Follow(world, cut, book, person, book.TouchedAt(from), reached);
            yield return new(book, person, from, to, reached, minor);
        }
    }

    private static IEnumerable<(Stage From, Stage To)> LinksOf(Walk walk)
    {
        for (var step = 0; step < walk.Reached.Count; step++)
        {
            if (walk.Reached[step] != Stage.Paid)
                yield return (walk.Reached[step], step + 1 < walk.Reached.Count ? walk.Reached[step + 1] : Stage.Dropped);
        }
    }

    /// <summary>Adds the stages that were reached; what was paid for sales of them.</summary>
    private static long Follow(JourneyWorld world, JourneyCut cut, JourneyBook book, int person, long start, List<Stage> reached)
    {
        var (voice, booked, paid, minor) = (false, false, false, 0L);
        foreach (var mark in book.MarksOf(person))
        {
            if (mark.Ticks < start || mark.Ticks > start + cut.LookBack)
                continue;
            voice |= mark.Kind == MarkKind.Voice;
            booked |= mark.Kind == MarkKind.Booking && mark.Mode == cut.Mode;
            if (mark.Kind != MarkKind.Sale || mark.Mode != cut.Mode || !world.Paid.Sales.TryGetValue(mark.SubjectId, out var sale) || sale.PaidMinor <= 0)
                continue;
            paid = true;
            minor += sale.Currency == cut.Currency ? sale.PaidMinor : 0;
        }

        if (voice)
            reached.Add(Stage.Voice);
        if (booked)
            reached.Add(Stage.Booking);
        if (paid)
            reached.Add(Stage.Paid);
        return minor;
    }

    private static LagBin Bin(Asked asked, int from, int? to, IEnumerable<Journey> journeys)
    {
        var (count, minor) = (0, 0L);
        foreach (var journey in journeys)
            (count, minor) = (count + 1, minor + journey.ValueMinor);
        return new(from, to, count, asked.Minor(minor));
    }

    private static double? Median(double[] values)
    {
        if (values.Length == 0)
            return null;
        Array.Sort(values);
        return values.Length % 2 == 1 ? values[values.Length / 2] : (values[(values.Length / 2) - 1] + values[values.Length / 2]) / 2;
    }

    private sealed record Walk(JourneyBook Book, int Person, int From, int To, List<Stage> Reached, long Minor);
}
