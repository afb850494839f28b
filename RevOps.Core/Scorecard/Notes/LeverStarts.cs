using Microsoft.EntityFrameworkCore;
using RevOps.Core.Attribution.Snapshots;
using RevOps.Core.Billing;
using RevOps.Core.Conversions;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Live;
using RevOps.Core.Scorecard.Simulation;

namespace RevOps.Core.Scorecard.Notes;

/// <summary>When each lever had its first effect: never a day that somebody typed in.</summary>
public sealed class LeverStarts(IDbContextFactory<RevOpsDb> databases, ChangeFeed feed)
{
    // A first effect stays the first: half a minute of belief is enough, and no commit has it read again.
    private readonly SharedRead<Mode, IReadOnlyDictionary<Levers, DateTimeOffset>> starts = new(feed, [], async mode =>
    {
        await using var db = await databases.CreateDbContextAsync();
        var found = new Dictionary<Levers, DateTimeOffset?>
        {
            [Levers.Billing] = await BillingAsync(db, mode, CancellationToken.None),
            [Levers.Attribution] = await db.Set<AttributionSnapshot>().Where(snapshot => snapshot.FinishedAt != null).MinAsync(snapshot => snapshot.FinishedAt),
            [Levers.Feedback] = await db.Set<Conversion>().Where(conversion => conversion.Mode == mode && conversion.SentAt != null).MinAsync(conversion => conversion.SentAt),
        };
        return found.Where(lever => lever.Value is not null).ToDictionary(lever => lever.Key, lever => lever.Value!.Value);
    });

    /// <summary>Those that had one.</summary>
    public Task<IReadOnlyDictionary<Levers, DateTimeOffset>> OfAsync(Mode mode, CancellationToken cancel) => starts.OfAsync(mode).WaitAsync(cancel);

    /// <summary>The first invoice of a sale that left by itself.</summary>
    internal static Task<DateTimeOffset?> BillingAsync(RevOpsDb db, Mode mode, CancellationToken cancel) =>
        db.Set<Invoice>().Where(invoice => invoice.Mode == mode && invoice.Origin == InvoiceOrigin.Sale && invoice.IssuedOn != null && invoice.SentAt != null).MinAsync(invoice => invoice.SentAt, cancel);
}
