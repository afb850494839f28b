using System.Collections.Concurrent;

namespace RevOps.Core.Platform.Live;

/// <summary>
/// Says which kinds of rows have just been committed, so that open pages read again what they show.
/// It carries names only, never data: whoever listens asks the database, with their own rights.
/// </summary>
public sealed class ChangeFeed
{
    private readonly ConcurrentDictionary<Guid, (string Kind, Action Changed)> listeners = new();

    /// <summary>Calls back after every commit that touched the kind (an entity's type name), on the committing thread: be quick.</summary>
    public IDisposable Listen(string kind, Action changed)
    {
        var id = Guid.NewGuid();
        listeners[id] = (kind, changed);
        return new Subscription(() => listeners.TryRemove(id, out _));
    }

    /// <summary>For bulk updates, which no change tracker sees; saved entities are published by AfterCommit.</summary>
    public void Publish(params IReadOnlyCollection<string> kinds)
    {
        foreach (var (kind, changed) in listeners.Values)
        {
            if (kinds.Contains(kind))
                changed();
        }
    }

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
