using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Identity;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Live;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Audit;

/// <summary>What the walk over the chain finds when somebody has been at the database by hand.</summary>
public sealed class ChainCheckTests : IAsyncLifetime
{
    private const int Rows = 5;
    private readonly RevOpsHost host = new();

    private ChainCheck Check => host.Services.GetRequiredService<ChainCheck>();

    public async ValueTask InitializeAsync()
    {
        foreach (var _ in Enumerable.Range(0, Rows))
            await host.CreateKeyAsync(ApiKey.EventsWrite);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Whole_SaysHowManyRowsFit_AndIsItselfWrittenDown()
    {
        var state = await WalkAsync();

        Assert.Equal((Rows, Rows, Rows), (state.Done, state.Total, state.Verdict!.Head.Sequence));
        Assert.Null(state.Verdict.Break);
        var note = await host.Services.GetRequiredService<AuditQueries>().NewestAsync(ChainCheck.Verified, CancellationToken.None);
        Assert.Equal((Rows + 1, "user:test"), (note!.Sequence, note.Actor.Text));

        // The note is the next row, and the next walk takes it in.
        Assert.Equal(Rows + 1, (await WalkAsync()).Verdict!.Head.Sequence);
    }

    [Fact]
    public async Task ChangedRow_IsFound()
    {
        await ChangeAsync(all => all.Where(entry => entry.Sequence == 3).ExecuteUpdateAsync(set => set.SetProperty(entry => entry.Actor, "user:somebody-else")));
        Assert.Equal(new ChainBreak(3, ChainFault.Changed), (await WalkAsync()).Verdict!.Break);
        Assert.False((await DetailAsync(3)).Fits);
        Assert.True((await DetailAsync(2)).Fits);
    }

    [Fact]
    public async Task RemovedRow_LeavesAGap()
    {
        await ChangeAsync(all => all.Where(entry => entry.Sequence == 2).ExecuteDeleteAsync());
        Assert.Equal(new ChainBreak(2, ChainFault.Gap), (await WalkAsync()).Verdict!.Break);
    }

    [Fact]
    public async Task ReplacedRow_ShowsAtTheNextOne()
    {
        // Whoever changes a row and mends its own hash has still not written the row after it.
        await ChangeAsync(all => all.Where(entry => entry.Sequence == 2).ExecuteUpdateAsync(set => set.SetProperty(entry => entry.Action, "apiKey.revoked")));
        var forged = await OneAsync(2);
        await ChangeAsync(all => all.Where(entry => entry.Sequence == 2).ExecuteUpdateAsync(set => set.SetProperty(entry => entry.Hash, forged.ComputeHash())));
        Assert.Equal(new ChainBreak(3, ChainFault.Unlinked), (await WalkAsync()).Verdict!.Break);
    }

    [Fact]
    public async Task CutEnd_ShowsAgainstAnEarlierWalk()
    {
        await WalkAsync();
        await ChangeAsync(all => all.Where(entry => entry.Sequence > 3).ExecuteDeleteAsync());

        // Without that memory three rows that fit are a whole chain.
        Assert.Null(await host.Services.GetRequiredService<AuditTrail>().FindBreakAsync());
        Assert.Equal(new ChainBreak(4, ChainFault.Shortened), (await WalkAsync()).Verdict!.Break);
    }

    [Fact]
    public async Task Walk_TellsHowFarItIs()
    {
        var told = new List<(long, long)>();
        await host.Services.GetRequiredService<AuditTrail>().VerifyAsync(walked: (done, total) => told.Add((done, total)));
        Assert.Equal([(0, Rows), (Rows, Rows)], told);
        Assert.Equal(TimeSpan.FromSeconds(30), new ChainState { IsRunning = true, Done = 10, Total = 40, StartedAt = DateTimeOffset.UnixEpoch }.Left(DateTimeOffset.UnixEpoch.AddSeconds(10)));
    }

    /// <summary>Starts a walk and waits for its end, as a page does.</summary>
    private async Task<ChainState> WalkAsync()
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var listening = host.Services.GetRequiredService<ChangeFeed>().Listen(nameof(ChainCheck), () =>
        {
            if (!Check.State.IsRunning)
                ended.TrySetResult();
        });
        Assert.True(Check.Start("user:test"));
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(30));
        return Check.State;
    }

    private async Task ChangeAsync(Func<IQueryable<AuditEntry>, Task<int>> change)
    {
        await using var db = await host.OpenDatabaseAsync();
        Assert.NotEqual(0, await change(db.Set<AuditEntry>()));
    }

    private async Task<AuditEntry> OneAsync(long sequence)
    {
        await using var db = await host.OpenDatabaseAsync();
        return await db.Set<AuditEntry>().AsNoTracking().SingleAsync(entry => entry.Sequence == sequence);
    }

    private async Task<AuditDetail> DetailAsync(long sequence) => (await host.Services.GetRequiredService<AuditQueries>().FindAsync(sequence, clear: false, CancellationToken.None))!;
}
