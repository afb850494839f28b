namespace RevOps.Tests.Sandbox;

/// <summary>A clock that stands until a test turns it.</summary>
internal sealed class TurnableClock : TimeProvider
{
    private DateTimeOffset now = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => now;

    public void Turn(TimeSpan by) => now += by;
}
