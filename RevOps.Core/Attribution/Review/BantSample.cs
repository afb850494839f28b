namespace RevOps.Core.Attribution.Review;

/// <summary>Draws conversations at random, as many of each outcome as their share is, so that the sample looks like the whole.</summary>
public static class BantSample
{
    /// <param name="conversations">All that may be drawn.</param>
    /// <param name="size">How many; all where there are fewer.</param>
    /// <param name="seed">The same conversations and seed give the same sample in the same order.</param>
    public static IReadOnlyList<Guid> Draw(IEnumerable<(Guid Id, VoiceOutcome Outcome)> conversations, int size, int seed)
    {
        var random = new Random(seed);
        var strata = conversations.GroupBy(one => one.Outcome, one => one.Id).OrderBy(stratum => stratum.Key).Select(stratum => stratum.Order().ToArray()).ToList();
        var shares = SharesOf(strata.ConvertAll(stratum => stratum.Length), size);
        var drawn = new List<Guid>();
        for (var at = 0; at < strata.Count; at++)
        {
            random.Shuffle(strata[at]);
            drawn.AddRange(strata[at].Take(shares[at]));
        }

        // Mixed: an order by outcome would tell the reader the outcome.
        var mixed = drawn.ToArray();
        random.Shuffle(mixed);
        return mixed;
    }

    /// <summary>By largest remainder, never more than there are.</summary>
    private static int[] SharesOf(List<int> counts, int size)
    {
        var total = counts.Sum();
        if (size >= total)
            return [.. counts];
        var shares = counts.ConvertAll(count => (int)((long)size * count / total));
        var rest = size - shares.Sum();
        foreach (var at in Enumerable.Range(0, counts.Count).OrderByDescending(at => (long)size * counts[at] % total).ThenBy(at => at).Take(rest))
            shares[at]++;
        return [.. shares];
    }
}
