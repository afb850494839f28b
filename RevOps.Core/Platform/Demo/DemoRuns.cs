using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;

namespace RevOps.Core.Platform.Demo;

/// <summary>Reads and writes how far the demo has come.</summary>
public sealed class DemoRuns(IDbContextFactory<RevOpsDb> databases)
{
    public async Task<DemoRun?> FindAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Set<DemoRun>().AsNoTracking().SingleOrDefaultAsync(cancel);
    }

    public async Task<DemoRun> BeginAsync(int seed, DateOnly firstDay, int days, CancellationToken cancel)
    {
        var run = new DemoRun { Seed = seed, FirstDay = firstDay, Days = days, StartedAt = TimeProvider.System.GetUtcNow() };
        await using var db = await databases.CreateDbContextAsync(cancel);
        db.Add(run);
        await db.SaveChangesAsync(cancel);
        return run;
    }

    /// <summary>Everything of the days before is committed: whoever goes on later goes on here.</summary>
    public Task ReachedAsync(int daysDone, CancellationToken cancel) => ChangeAsync(run => run.DaysDone = daysDone, cancel);

    public Task EndAsync(DemoState state, CancellationToken cancel) => ChangeAsync(run => (run.State, run.EndedAt) = (state, TimeProvider.System.GetUtcNow()), cancel);

    private async Task ChangeAsync(Action<DemoRun> change, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await db.Set<DemoRun>().SingleOrDefaultAsync(cancel) is not { } run)
            return;
        change(run);
        await db.SaveChangesAsync(cancel);
    }
}
