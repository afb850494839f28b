using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Core.Scorecard.Checks;

/// <summary>Asks for a measurement out of turn; what is asked for twice in a minute is measured once.</summary>
public sealed class AskMeasure(IDbContextFactory<RevOpsDb> databases, TimeProvider clock)
{
    public async Task NowAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        var key = $"asked/{now:yyyyMMddHHmm}";
        if (await db.Set<OutboxRow>().AnyAsync(row => row.Job == nameof(MeasureChecks) && row.Key == key, cancel))
            return;
        db.Enqueue<MeasureChecks>("asked", now, key);
        await db.SaveChangesAsync(cancel);
    }
}
