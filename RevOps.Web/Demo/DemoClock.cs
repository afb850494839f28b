namespace RevOps.Web.Demo;

/// <summary>
/// The business clock while the demo tells its days: it stands where it was put, so that whatever happens in a step happens at that
/// instant, and the same run gives the same figures. Before and after the demo it is the system's clock. Timers are always the system's.
/// </summary>
public sealed class DemoClock : TimeProvider
{
    // Ticks of UTC; 0 while nobody turns it.
    private long standing;

    public bool IsTurned => Interlocked.Read(ref standing) != 0;

    public override DateTimeOffset GetUtcNow() => Interlocked.Read(ref standing) is var ticks and not 0 ? new(ticks, TimeSpan.Zero) : System.GetUtcNow();

    public void Stand(DateTimeOffset at) => Interlocked.Exchange(ref standing, at.UtcTicks);

    public void Release() => Interlocked.Exchange(ref standing, 0);
}
