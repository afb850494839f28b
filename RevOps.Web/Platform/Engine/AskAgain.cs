using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Quartz;
using RevOps.Core.Data;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Web.Platform.Engine;

/// <summary>Asks for one run of a recurring job, at most once per scheduled instant, however often and on however many nodes it fires.</summary>
public sealed class AskAgain<TJob>(IDbContextFactory<RevOpsDb> databases, TimeProvider clock) : IJob where TJob : class, IOutboxJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await AskAsync(context.ScheduledFireTimeUtc ?? context.FireTimeUtc, cancellationToken);

    /// <summary>False when this run has been asked for before.</summary>
    public async Task<bool> AskAsync(DateTimeOffset scheduled, CancellationToken cancel)
    {
        var instant = scheduled.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var (job, key) = (typeof(TJob).Name, $"{typeof(TJob).Name}@{instant}");
        await using var db = await databases.CreateDbContextAsync(cancel);
        var asked = db.Set<OutboxRow>().Where(row => row.Job == job && row.Key == key);
        if (await asked.AnyAsync(cancel))
            return false;

        db.Enqueue<TJob>(instant, clock.GetUtcNow(), key);
        try
        {
            await db.SaveChangesAsync(cancel);
            return true;
        }
        catch (DbUpdateException)
        {
            // Another node was quicker and the unique key refused ours; anything else that went wrong must be seen.
            if (!await asked.AnyAsync(cancel))
                throw;
            return false;
        }
    }
}
