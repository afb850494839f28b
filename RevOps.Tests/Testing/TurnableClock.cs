namespace RevOps.Tests.Testing;

/// <summary>A clock that stands until it is turned; timers made from it fire as it passes them.</summary>
public sealed class TurnableClock(DateTimeOffset now) : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<Alarm> alarms = [];
    private DateTimeOffset now = now;

    public TurnableClock() : this(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero)) { }

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
            return now;
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public void Advance(TimeSpan time) => TurnTo(GetUtcNow() + time);

    /// <summary>Goes forward to an instant; each timer on the way fires at its own instant, in order.</summary>
    public void TurnTo(DateTimeOffset instant)
    {
        while (NextUntil(instant) is { } alarm)
            alarm.Fire();
        lock (gate)
            now = instant;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this, callback, state);
        alarm.Change(dueTime, period);
        return alarm;
    }

    private Alarm? NextUntil(DateTimeOffset instant)
    {
        lock (gate)
        {
            if (alarms.Where(alarm => alarm.Due <= instant).MinBy(alarm => alarm.Due) is not { } next)
                return null;
            now = next.Due > now ? next.Due : now;
            next.Rewind();
            return next;
        }
    }

    private sealed class Alarm(TurnableClock clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan period = Timeout.InfiniteTimeSpan;

        public DateTimeOffset Due { get; private set; }

        public void Fire() => callback(state);

        public void Rewind()
        {
            if (period > TimeSpan.Zero)
                Due += period;
            else
                clock.alarms.Remove(this);
        }

        public bool Change(TimeSpan dueTime, TimeSpan every)
        {
            lock (clock.gate)
            {
                clock.alarms.Remove(this);
                (Due, period) = (clock.now + dueTime, every);
                if (dueTime != Timeout.InfiniteTimeSpan)
                    clock.alarms.Add(this);
            }

            return true;
        }

        public void Dispose()
        {
            lock (clock.gate)
                clock.alarms.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
