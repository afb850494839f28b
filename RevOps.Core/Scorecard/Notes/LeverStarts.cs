using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Attribution;
using RevOps.Core.Attribution.Snapshots;
using RevOps.Core.Billing;
using RevOps.Core.Conversions;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Pricing.Advising;
using RevOps.Core.Scorecard.Outlook;
using RevOps.Core.Scorecard.Simulation;

namespace RevOps.Core.Scorecard.Notes;

/// <summary>When each lever had its first effect: never a day that somebody typed in.</summary>
public sealed class LeverStarts(IDbContextFactory<RevOpsDb> databases)
{
    // A first effect stays the first, and the whole table is read to find it: an old answer is nearly always the right one.
    private static readonly TimeSpan Belief = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<Mode, (long At, IReadOnlyDictionary<Levers, DateTimeOffset> Found)> known = new();

    /// <summary>Those that had one.</summary>
    public async Task<IReadOnlyDictionary<Levers, DateTimeOffset>> OfAsync(Mode mode, CancellationToken cancel)
    {
        if (known.TryGetValue(mode, out var last) && TimeProvider.System.GetElapsedTime(last.At) < Belief)
            return last.Found;
        var found = await ReadAsync(mode, cancel);
        known[mode] = (TimeProvider.System.GetTimestamp(), found);
        return found;
    }

    private async Task<IReadOnlyDictionary<Levers, DateTimeOffset>> ReadAsync(Mode mode, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var found = new Dictionary<Levers, DateTimeOffset?>
        {
            [Levers.Billing] = await BillingAsync(db, mode, cancel),
            [Levers.Attribution] = await AttributionAsync(db, mode, cancel),
            [Levers.Feedback] = await FeedbackAsync(db, mode, cancel),
            [Levers.Pricing] = await PricingAsync(db, mode, cancel),
            [Levers.Forecasting] = await db.Set<ForecastRun>().Where(run => run.Mode == mode).MinAsync(run => (DateTimeOffset?)run.MadeAt, cancel),
        };
        return found.Where(lever => lever.Value is not null).ToDictionary(lever => lever.Key, lever => lever.Value!.Value);
    }

    /// <summary>The first snapshot since there was credit to work out: a snapshot is of all modes, and what it says of one begins with that one's credit.</summary>
    private static async Task<DateTimeOffset?> AttributionAsync(RevOpsDb db, Mode mode, CancellationToken cancel)
    {
        // In the order of an index, up to the first of the mode.
        var credited = await db.Set<Credit>().Where(credit => credit.Mode == mode).OrderBy(credit => credit.PaidAt).Select(credit => (DateTimeOffset?)credit.PaidAt).FirstOrDefaultAsync(cancel);
        return credited is null ? null : await db.Set<AttributionSnapshot>().Where(snapshot => snapshot.FinishedAt >= credited).MinAsync(snapshot => snapshot.FinishedAt, cancel);
    }

    /// <summary>The first conversion that an ad platform took.</summary>
    internal static Task<DateTimeOffset?> FeedbackAsync(RevOpsDb db, Mode mode, CancellationToken cancel) =>
        db.Set<Conversion>().Where(conversion => conversion.Mode == mode && conversion.SentAt != null).MinAsync(conversion => conversion.SentAt, cancel);

    /// <summary>The first advised price that somebody, or a rule, accepted and the catalogue had.</summary>
    internal static Task<DateTimeOffset?> PricingAsync(RevOpsDb db, Mode mode, CancellationToken cancel) =>
        db.Set<SlotAdvice>().Where(advice => advice.Mode == mode && advice.PriceVersionId != null && advice.DecidedAt != null).MinAsync(advice => advice.DecidedAt, cancel);

    /// <summary>The first invoice of a sale that was drafted and sent here.</summary>
    internal static Task<DateTimeOffset?> BillingAsync(RevOpsDb db, Mode mode, CancellationToken cancel) =>
        db.Set<Invoice>().Where(invoice => invoice.Mode == mode && invoice.Origin == InvoiceOrigin.Sale && invoice.IssuedOn != null && invoice.SentAt != null).MinAsync(invoice => invoice.SentAt, cancel);
}
