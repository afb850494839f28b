using RevOps.Core.People;
using RevOps.Core.Platform.Live;

namespace RevOps.Core.Ingestion;

/// <summary>Counts the commits that changed people or their keys, but for one's own.</summary>
internal sealed class OthersChanges : IDisposable
{
    private readonly List<IDisposable> listening;
    private volatile bool own;
    private int count;

    public OthersChanges(ChangeFeed feed) => listening = [.. new[] { nameof(Person), nameof(IdentityKey), nameof(PersonKey) }.Select(kind => feed.Listen(kind, Heard))];

    public int Count => Volatile.Read(ref count);

    public async Task ExceptAsync(Func<Task> commit)
    {
        own = true;
        try
        {
            await commit();
        }
        finally
        {
            own = false;
        }
    }

    public void Dispose() => listening.ForEach(one => one.Dispose());

    private void Heard()
    {
        if (!own)
            Interlocked.Increment(ref count);
    }
}
