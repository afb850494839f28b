using RevOps.Core.Platform.Demo;
using RevOps.Core.Platform.Live;

namespace RevOps.Web.Shared;

/// <summary>How far the demo is, for whoever shows it; told on the feed as <see cref="DemoRun"/>.</summary>
public sealed class DemoProgress(ChangeFeed feed)
{
    private readonly Lock gate = new();
    private DemoStand? stand;
    private long beganAt;
    private int beganWith;

    /// <summary>Null while there is no demo.</summary>
    public DemoStand? Now
    {
        get
        {
            lock (gate)
                return stand;
        }
    }

    /// <summary>What the database says; null when there is no demo.</summary>
    public void Tell(DemoRun? run)
    {
        lock (gate)
        {
            if (run is { State: DemoState.Running } && stand?.Problem is null)
                (beganAt, beganWith) = (TimeProvider.System.GetTimestamp(), run.DaysDone);
            stand = run is null or { State: DemoState.Removed } ? null : new(run.State, run.Days, run.DaysDone, null, run.State == DemoState.Running ? stand?.Problem : null);
        }

        feed.Publish(nameof(DemoRun));
    }

    public void Tell(int daysDone)
    {
        lock (gate)
        {
            if (stand is null)
                return;
            var told = daysDone - beganWith;
            TimeSpan? left = told < Math.Max(3, stand.Days / 10) ? null : TimeProvider.System.GetElapsedTime(beganAt) / told * (stand.Days - daysDone);
            stand = stand with { DaysDone = daysDone, TimeLeft = left };
        }

        feed.Publish(nameof(DemoRun));
    }

    public void Fail(string problem)
    {
        lock (gate)
            stand = stand is null ? null : stand with { Problem = problem };
        feed.Publish(nameof(DemoRun));
    }
}

/// <param name="TimeLeft">By the pace so far; null while that says nothing.</param>
/// <param name="Problem">Why it broke off; it goes on at the next start. Null while all is well.</param>
public sealed record DemoStand(DemoState State, int Days, int DaysDone, TimeSpan? TimeLeft, string? Problem)
{
    public bool IsRunning => State == DemoState.Running && Problem is null;
}
