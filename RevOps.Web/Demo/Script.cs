namespace RevOps.Web.Demo;

/// <summary>Writes a story as the events that other systems would send, in the order of their time. Pure: the same story, the same events.</summary>
public static class Script
{
    public static IReadOnlyList<ToldEvent> Write(Story story)
    {
        var told = new List<(DateTimeOffset Time, string Type, System.Text.Json.Nodes.JsonObject Data)>();
        var random = new Random(story.Seed);
        var fates = Fates(story, random);
        for (var number = 0; number < story.People; number++)
        {
            // A person's own dice: one more visit of somebody changes nobody else's life.
            told.AddRange(new Visitor(story, number, fates[number], new Random(HashCode(story.Seed, number))).Tell());
        }

        told.AddRange(Spending.Tell(story));
        told.AddRange(Workshops.Tell(story));
        var ordered = told.OrderBy(one => one.Time).ToList();
        var wishes = Workshops.Wishes(story, ordered.Index().Where(one => one.Item.Type is "booking_confirmed" or "deal_won").Select(one => (one.Index, one.Item.Time)));
        return [.. ordered.Select((one, index) => new ToldEvent($"demo-{story.Seed}-{index + 1:00000}", one.Time, one.Type, one.Data) { Wish = wishes.GetValueOrDefault(index) })];
    }

    /// <summary>Who calls and who buys how often, so that the number of sales does not depend on luck.</summary>
    private static Fate[] Fates(Story story, Random random)
    {
        var fates = Enumerable.Range(0, story.People).Select(index => index % 10 < 7 ? new Fate(Calls: true) : new Fate(Calls: false)).ToArray();
        random.Shuffle(fates);

        // Three of four clients buy once, the others twice.
        var callers = fates.Index().Where(fate => fate.Item.Calls).Select(fate => fate.Index).ToArray();
        var left = Math.Min(story.Bookings, callers.Length);
        for (var client = 0; left > 0 && client < callers.Length; client++)
        {
            var sales = client % 4 == 3 && left > 1 ? 2 : 1;
            fates[callers[client]] = new Fate(Calls: true) { Sales = sales, FirstSale = story.Bookings - left, Client = client };
            left -= sales;
        }

        return fates;
    }

    // Not System.HashCode, which is another one in every process.
    private static int HashCode(int seed, int number) => unchecked(seed * 486_187_739 + number * 16_777_619 + 97);
}

/// <param name="Calls">Speaks with the voice AI.</param>
public sealed record Fate(bool Calls)
{
    public int Sales { get; init; }

    /// <summary>Number of the first sale among all, from 0.</summary>
    public int FirstSale { get; init; }

    /// <summary>Number among the clients, from 0.</summary>
    public int Client { get; init; }
}
