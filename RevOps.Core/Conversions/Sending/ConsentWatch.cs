using RevOps.Core.People;
using RevOps.Core.Platform.Live;

namespace RevOps.Core.Conversions.Sending;

/// <summary>
/// Notices whatever may change what somebody allows: an answer, and who belongs to whom. As long as nothing did, what was read a moment
/// ago need not be read again before a call.
/// </summary>
public sealed class ConsentWatch : IDisposable
{
    private static readonly string[] Kinds = [nameof(ConsentRecord), nameof(ConsentRule), nameof(Person), nameof(PersonKey), nameof(IdentityKey), nameof(SamePerson)];

    private readonly List<IDisposable> listening;
    private readonly bool isExact;
    private long changes;

    public ConsentWatch(ChangeFeed feed, Node node)
    {
        // What another node commits is heard of a little later: there everything is read again.
        isExact = !node.Shared;
        listening = [.. Kinds.Select(kind => feed.Listen(kind, () => Interlocked.Increment(ref changes)))];
    }

    /// <summary>To be asked before reading.</summary>
    public long Now => Volatile.Read(ref changes);

    /// <summary>
    /// True when nothing changed since. Whoever asks holds the turn to write: what is committed is told before the next one has it.
    /// </summary>
    public bool IsStill(long since) => isExact && Now == since;

    public void Dispose() => listening.ForEach(one => one.Dispose());
}
