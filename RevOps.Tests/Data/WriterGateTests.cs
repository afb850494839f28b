using RevOps.Core.Data;
using RevOps.Core.Ingestion;

namespace RevOps.Tests.Data;

/// <summary>Whoever holds the gate for long knows that somebody waits, and joining makes room for them.</summary>
public sealed class WriterGateTests
{
    [Fact]
    public async Task Gate_IsAwaited_WhileSomebodyWaits()
    {
        using var gate = new WriterGate(oneAtATime: true);
        var first = await gate.EnterAsync(CancellationToken.None);
        Assert.False(gate.IsAwaited);

        var second = gate.EnterAsync(CancellationToken.None);
        Assert.True(gate.IsAwaited);

        first!.Dispose();
        using var turn = await second;
        Assert.False(gate.IsAwaited);
    }

    [Fact]
    public async Task WhoGivesUp_WaitsNoMore()
    {
        using var gate = new WriterGate(oneAtATime: true);
        using var turn = await gate.EnterAsync(CancellationToken.None);
        using var patience = new CancellationTokenSource();
        var second = gate.EnterAsync(patience.Token);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.False(gate.IsAwaited);
    }

    [Fact]
    public async Task Joiner_LeavesTurnsToOthers_OnlyWhileTheyComeBack()
    {
        var pace = new JoinPace();
        Assert.True(pace.LetOthersAsync(CancellationToken.None).IsCompleted);

        pace.Wrote(TimeSpan.FromMinutes(1), awaited: true);
        Assert.True(pace.LetOthersAsync(CancellationToken.None).IsCompleted);

        pace.Wrote(TimeSpan.FromMinutes(1), awaited: true);
        using var given = new CancellationTokenSource();
        var pause = pace.LetOthersAsync(given.Token);
        Assert.False(pause.IsCompleted);
        await given.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pause);

        pace.Wrote(TimeSpan.FromMinutes(1), awaited: false);
        Assert.True(pace.LetOthersAsync(CancellationToken.None).IsCompleted);
    }
}
