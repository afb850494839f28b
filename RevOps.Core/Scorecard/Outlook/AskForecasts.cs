using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Core.Scorecard.Outlook;

/// <summary>Asks for forecasts out of turn; what is asked for while it waits to begin is made once.</summary>
public sealed class AskForecasts(IDbContextFactory<RevOpsDb> databases, TimeProvider clock)
{
    private const string Asked = "asked";

    public async Task NowAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        if (await Open(db).AnyAsync(row => row.State == OutboxState.Waiting, cancel))
            return;
        db.Enqueue<MakeForecasts>(Asked, now, $"{Asked}/{Guid.CreateVersion7()}");
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>How what was asked for goes; null when all of it is made.</summary>
    public async Task<AskedForecasts?> OpenAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var open = await Open(db).Select(row => row.LastError).ToListAsync(cancel);
        return open.Count == 0 ? null : new(open.Exists(error => error is not null));
    }

    private static IQueryable<OutboxRow> Open(RevOpsDb db) => db.Set<OutboxRow>().Where(row => row.Job == nameof(MakeForecasts) && row.Argument == Asked && (row.State == OutboxState.Waiting || row.State == OutboxState.Running));
}

/// <param name="HasFailed">It will be tried again.</param>
public sealed record AskedForecasts(bool HasFailed);
