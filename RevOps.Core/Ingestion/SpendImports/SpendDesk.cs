using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Data;
using RevOps.Core.Identity;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Spend;

namespace RevOps.Core.Ingestion.SpendImports;

/// <summary>How a click on "Read now" ended.</summary>
public enum ReadNowResult
{
    Done = 0,

    /// <summary>The role was withdrawn, or the session ended, since the page was opened.</summary>
    NotAllowed = 1,

    /// <summary>No platform is connected.</summary>
    NotConnected = 2,
}

/// <summary>Has the platforms read now, for Marketing; asked again at the click.</summary>
public sealed class SpendDesk(IDbContextFactory<RevOpsDb> databases, PlanSpendReadings plan, IEnumerable<ISpendSource> sources, AuditTrail audit, TwoFactorRule rule)
{
    public async Task<ReadNowResult> ReadNowAsync(Approver who, CancellationToken cancel)
    {
        await using (var db = await databases.CreateDbContextAsync(cancel))
        {
            await db.BeginWorkAsync(cancel);
            if (!await who.HoldsAsync(db, Roles.Marketing, rule, cancel))
                return ReadNowResult.NotAllowed;
            var connected = sources.Where(source => source.Account is not null).Select(source => source.Platform).ToList();
            if (connected.Count == 0)
                return ReadNowResult.NotConnected;
            await audit.WriteAsync(db, new(who.Actor, "spend.readNow", nameof(SpendReading), "all") { After = new { Platforms = connected } }, cancel);
            await db.SaveChangesAsync(cancel);
        }

        foreach (var source in sources)
            await plan.PlanAsync(source, isAsked: true, cancel);
        return ReadNowResult.Done;
    }
}
