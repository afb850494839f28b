namespace RevOps.Core.Attribution.Channels;

/// <summary>Touches that say the same about where they came from, and where they stand now.</summary>
/// <param name="Facts">What they say.</param>
/// <param name="Now">Where they stand.</param>
/// <param name="Count">How many.</param>
/// <param name="IsReadable">False where the page before still stands sealed only: what another rule would say of them shows when it is saved.</param>
public sealed record TouchGroup(TouchFacts Facts, Placed Now, int Count, bool IsReadable = true);

/// <summary>What other rules would do to touches that are there.</summary>
public sealed record ChannelPreview
{
    private const int MostExamples = 3;

    public required int Touches { get; init; }

    /// <summary>How many would be in another channel.</summary>
    public required int Moving { get; init; }

    /// <summary>How many would keep their channel and be of another platform.</summary>
    public required int OtherPlatform { get; init; }

    /// <summary>How many cannot be told before saving.</summary>
    public required int Unread { get; init; }

    /// <summary>From where to where, the most first.</summary>
    public required IReadOnlyList<ChannelMove> Moves { get; init; }

    /// <summary>Of every channel that has some, before and after.</summary>
    public required IReadOnlyList<ChannelCount> Channels { get; init; }

    public double? OtherShareNow => ShareOf(count => count.Now);

    public double? OtherShareThen => ShareOf(count => count.Then);

    public static ChannelPreview Of(IReadOnlyList<TouchGroup> groups, IReadOnlyList<ChannelRule> rules)
    {
        var placed = groups.Select(group => (Group: group, Then: group.IsReadable ? ChannelRules.Of(rules, group.Facts) : group.Now)).ToList();
        var moves = from row in placed
                    where row.Then.Channel != row.Group.Now.Channel
                    group row.Group by (From: row.Group.Now.Channel, To: row.Then.Channel) into move
                    let count = move.Sum(one => one.Count)
                    orderby count descending
                    select new ChannelMove(move.Key.From, move.Key.To, count, [.. move.OrderByDescending(one => one.Count).Take(MostExamples).Select(one => Masked(one.Facts))]);
        var counts = from channel in Channel.All
                     let now = placed.Where(row => row.Group.Now.Channel == channel).Sum(row => row.Group.Count)
                     let then = placed.Where(row => row.Then.Channel == channel).Sum(row => row.Group.Count)
                     where now + then > 0
                     select new ChannelCount(channel, now, then);
        var moved = moves.ToList();
        return new()
        {
            Touches = groups.Sum(group => group.Count),
            Moving = moved.Sum(move => move.Count),
            OtherPlatform = placed.Where(row => row.Then.Channel == row.Group.Now.Channel && row.Then.Platform != row.Group.Now.Platform).Sum(row => row.Group.Count),
            Unread = groups.Where(group => !group.IsReadable).Sum(group => group.Count),
            Moves = moved,
            Channels = [.. counts],
        };
    }

    /// <summary>Whoever builds links may have put somebody's address or number into them: such a word is not shown.</summary>
    public static TouchFacts Masked(TouchFacts facts) => facts with { Source = Masked(facts.Source), Medium = Masked(facts.Medium) };

    public static string? Masked(string? word) => word is not null && (word.Contains('@', StringComparison.Ordinal) || word.Count(char.IsAsciiDigit) > 5) ? "•••" : word;

    private double? ShareOf(Func<ChannelCount, int> count) => Touches == 0 ? null : (double)Channels.Where(channel => channel.Channel == Channel.Other).Sum(count) / Touches;
}

public sealed record ChannelMove(string From, string To, int Count, IReadOnlyList<TouchFacts> Examples);

public sealed record ChannelCount(string Channel, int Now, int Then);
