using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Core.Scorecard.Outlook;

/// <summary>Asks for forecasts out of turn; what is asked for twice in a minute is made once.</summary>
public sealed class AskForecasts(IDbContextFactory<RevOpsDb> databases, TimeProvider clock)
{
    public async Task NowAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        var key = $"asked/{now:yyyyMMddHHmm}";
        if (await db.Set<OutboxRow>().AnyAsync(row => row.Job == nameof(MakeForecasts) && row.Key == key, cancel))
            return;
        db.Enqueue<MakeForecasts>("asked", now, key);
        await db.SaveChangesAsync(cancel);
    }
}
