namespace RevOps.Tests.Billing.Stripe;

/// <summary>
/// A clock on which waiting takes no time: every wait shorter than half a minute moves it forward and ends at once. Longer ones are
/// time-outs and end when the test says so.
/// </summary>
internal sealed class SkippingClock(DateTimeOffset start) : TimeProvider
{
    private static readonly TimeSpan TimeOut = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();
    private readonly List<Timer> pending = [];
    private readonly List<TimeSpan> waits = [];
    private DateTimeOffset now = start;

    public SkippingClock() : this(new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero)) { }

    public IReadOnlyList<TimeSpan> Waits => waits;

    public override DateTimeOffset GetUtcNow() => now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => now.Ticks;

    public void Advance(TimeSpan time) => now += time;

    public void ExpireTimeOuts()
    {
        Timer[] due;
        lock (gate)
        {
            now += TimeOut;
            due = [.. pending];
            pending.Clear();
        }

        foreach (var timer in due)
            timer.Fire();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Timer(SkippingClock clock, TimerCallback callback, object? state) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock.gate)
            {
                clock.pending.Remove(this);
                if (dueTime < TimeSpan.Zero)
                    return true;
                if (dueTime >= TimeOut)
                {
                    clock.pending.Add(this);
                    return true;
                }

                clock.now += dueTime;
                clock.waits.Add(dueTime);
            }

            ThreadPool.QueueUserWorkItem(_ => Fire());
            return true;
        }

        public void Fire() => callback(state);

        public void Dispose()
        {
            lock (clock.gate)
                clock.pending.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
