using RevOps.Core.Platform.Demo;
using RevOps.Core.Platform.Live;

namespace RevOps.Web.Shared;

/// <summary>Where one booking of the demo passes on its way from an ad to cash, in this order.</summary>
public enum PlayStop
{
    Click,
    Call,
    Booking,
    Draft,
    Approval,
    Sent,
    Payment,
    Told,
}

/// <summary>The booking that is played now, or was last; told on the feed as <see cref="DemoRun"/>.</summary>
public sealed class BookingPlay(ChangeFeed feed)
{
    private volatile PlayStand? stand;

    /// <summary>Null until one was played.</summary>
    public PlayStand? Now => stand;

    /// <summary>False while another one is on its way.</summary>
    public bool TryBegin()
    {
        lock (feed)
        {
            if (stand is { IsRunning: true })
                return false;
            stand = new(PlayStop.Click, IsRunning: true, null, null, IsStuck: false);
        }

        feed.Publish(nameof(DemoRun));
        return true;
    }

    public void Tell(Func<PlayStand, PlayStand> next)
    {
        lock (feed)
            stand = next(stand!);
        feed.Publish(nameof(DemoRun));
    }
}

/// <param name="At">The stop that it is at or waits for; all before it are passed.</param>
/// <param name="Person">Whose it is, once they are known.</param>
/// <param name="IsStuck">The stop did not come in time.</param>
public sealed record PlayStand(PlayStop At, bool IsRunning, Guid? Person, Guid? Invoice, bool IsStuck)
{
    public bool Passed(PlayStop stop) => stop < At || (stop == At && !IsRunning && !IsStuck);
}
