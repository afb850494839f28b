namespace RevOps.Core.Conversions.Sending;

/// <summary>One part of a portion on its way to the platform, from the first attempt to an answer.</summary>
internal sealed class SendingCall(Bisect.Part part, List<PortionItem> items)
{
    /// <summary>A lost answer is asked for again at once, under the same event ids; then the platform is given a little time.</summary>
    private static readonly TimeSpan[] Patience = [TimeSpan.Zero, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3)];

    public Bisect.Part Part { get; } = part;

    /// <summary>Those of the part that go; fewer when somebody withdrew meanwhile.</summary>
    public List<PortionItem> Items { get; set; } = items;

    /// <summary>The request on record; null: it is still to be recorded.</summary>
    public ConversionBatch? Batch { get; set; }

    /// <summary>How often it was answered with nothing, or put off.</summary>
    public int Tries { get; private set; }

    /// <summary>On the system's clock.</summary>
    public DateTimeOffset NotBefore { get; private set; }

    /// <summary>To be tried again in a moment. False: it waits for longer than that, which the outbox does.</summary>
    /// <param name="answer">That put it off.</param>
    /// <param name="isHalfWay">On the way to the culprits a platform that stumbles is asked again a few times, or the way would be gone for nothing; before it once.</param>
    public bool TryAgain(ChannelAnswer answer, bool isHalfWay)
    {
        var most = answer.RetryAfter is not null || isHalfWay ? Patience.Length : 1;
        if (Tries >= most)
            return false;
        var wait = answer.RetryAfter ?? Patience[Tries];
        if (wait > Patience[^1])
            return false;
        (Tries, NotBefore) = (Tries + 1, TimeProvider.System.GetUtcNow() + wait);
        return true;
    }
}
