namespace RevOps.Web.Shared;

/// <summary>The keys that mean something on the page that is open, for the list behind <c>?</c>. One per circuit; whoever listens to a key says so here.</summary>
public sealed class PageKeys
{
    private readonly List<Entry> entries = [];

    /// <summary>In the order in which they were added, each once.</summary>
    public IReadOnlyList<(string Keys, string Does)> All => [.. entries.Select(entry => (entry.Keys, entry.Does)).Distinct()];

    /// <summary>Until disposed; what is null is left out.</summary>
    /// <param name="added">The keys as they are printed, and what they do in the reader's language.</param>
    public IDisposable Add(params IEnumerable<(string Keys, string Does)?> added)
    {
        var mine = added.OfType<(string Keys, string Does)>().Select(one => new Entry(one.Keys, one.Does)).ToList();
        entries.AddRange(mine);
        return new Removal(() => mine.ForEach(entry => entries.Remove(entry)));
    }

    private sealed class Entry(string keys, string does)
    {
        public string Keys => keys;

        public string Does => does;
    }

    private sealed class Removal(Action remove) : IDisposable
    {
        public void Dispose() => remove();
    }
}
