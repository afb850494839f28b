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
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.AskOnceAsync<TJob>(instant, clock.GetUtcNow(), $"{typeof(TJob).Name}@{instant}", cancel);
    }
}
