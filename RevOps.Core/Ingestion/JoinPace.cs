namespace RevOps.Core.Ingestion;

/// <summary>
/// How fast touches are joined: at once on a quiet day, several commits of them together under load, and little by little while others wait to write:
/// behind those stands somebody who waits for an answer.
/// </summary>
public sealed class JoinPace
{
    // While others write, three turns in four are theirs.
    private const int TurnsOfOthers = 3;
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(500);

    private long ended;
    private TimeSpan turn;
    private bool isBusy;

    /// <summary>Somebody waited while the last portion was written.</summary>
    public bool IsCrowded { get; private set; }

    public void Ended() => Volatile.Write(ref ended, TimeProvider.System.GetTimestamp());

    /// <param name="took">How long nobody else could write.</param>
    /// <param name="awaited">Whether somebody wanted to.</param>
    public void Wrote(TimeSpan took, bool awaited) => (turn, isBusy, IsCrowded) = (took, IsCrowded && awaited, awaited);

    public async Task WaitAsync(CancellationToken cancel)
    {
        var since = TimeProvider.System.GetElapsedTime(Volatile.Read(ref ended));
        if (since < Shortest)
            await Task.Delay(Shortest - since, TimeProvider.System, cancel);
    }

    /// <summary>Whoever writes once has had their turn by then; others come back.</summary>
    public async Task LetOthersAsync(CancellationToken cancel)
    {
        if (isBusy)
            await Task.Delay(turn * TurnsOfOthers < Longest ? turn * TurnsOfOthers : Longest, TimeProvider.System, cancel);
    }
}
