namespace RevOps.Core.People;

/// <summary>
/// Visitors whom one who joins a great many touches has met already: each is looked up once, not with every visit, and when they were last seen is
/// written to their rows in the end (<see cref="LaterSights"/>).
/// </summary>
/// <param name="left">Who was seen later than their row says by now.</param>
internal sealed class Familiars(Dictionary<Guid, DateTimeOffset> left)
{
    // 100 bytes each; a visitor who was dropped is looked up again.
    private const int Most = 1_000_000;

    private readonly Dictionary<Guid, DateTimeOffset> known = [];
    private Dictionary<Guid, DateTimeOffset> last = left;

    public bool IsFull => last.Count + known.Count > Most;

    public bool HaveNews => last.Count > 0;

    /// <summary>
    /// When somebody was first seen, or later; null where they were not met. What was true once stays so: the first sight of a visitor becomes earlier, never later.
    /// </summary>
    public DateTimeOffset? Since(Guid home) => known.TryGetValue(home, out var at) ? at : null;

    public void Meet(Guid home, DateTimeOffset since) => known[home] = known.TryGetValue(home, out var before) && before < since ? before : since;

    public void SawLast(IReadOnlyDictionary<Guid, DateTimeOffset> seen) => LaterSights.Add(last, seen);

    /// <summary>Who was seen later than their row says; from here on nobody was.</summary>
    public IReadOnlyDictionary<Guid, DateTimeOffset> TakeNews()
    {
        var news = last;
        last = [];
        known.Clear();
        return news;
    }
}
