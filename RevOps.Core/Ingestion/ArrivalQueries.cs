using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Ingestion.Connectors;
using RevOps.Core.Platform.Live;

namespace RevOps.Core.Ingestion;

/// <summary>Whether anything has come in at all, and what of it waits for a person; shared by all who look.</summary>
public sealed class ArrivalQueries
{
    /// <summary>What an event waits for usually comes within minutes.</summary>
    public static readonly TimeSpan LongWait = TimeSpan.FromDays(1);

    private readonly IDbContextFactory<RevOpsDb> databases;
    private readonly SharedRead<bool, Arrivals> arrivals;

    public ArrivalQueries(IDbContextFactory<RevOpsDb> databases, ChangeFeed feed)
    {
        this.databases = databases;
        arrivals = new(feed, [nameof(ReceivedEvent), nameof(RejectedEvent), nameof(HookDelivery)], _ => ReadAsync()) { Pauses = true };
    }

    /// <summary>The same object as before while nothing has changed.</summary>
    public Task<Arrivals> NowAsync(TimeSpan mayBeOld, CancellationToken cancel) => arrivals.OfAsync(true, mayBeOld).WaitAsync(cancel);

    private async Task<Arrivals> ReadAsync()
    {
        await using var db = await databases.CreateDbContextAsync();

        // On the system's clock, as RecordedAt is.
        var longAgo = TimeProvider.System.GetUtcNow() - LongWait;
        return new(
            await db.Set<ReceivedEvent>().AnyAsync(),
            await db.Set<ReceivedEvent>().CountAsync(row => row.Status == EventStatus.Parked && row.RecordedAt < longAgo),
            await db.Set<RejectedEvent>().CountAsync(row => row.RecordedAt >= longAgo),
            await db.Set<HookDelivery>().CountAsync(row => row.Status == DeliveryStatus.NeedsDetails));
    }
}

/// <param name="HasAny">Something has come in.</param>
/// <param name="ParkedLong">Events that have waited for another one for more than a day.</param>
/// <param name="RejectedLately">Events refused within a day.</param>
/// <param name="NeedDetails">Deliveries of connectors that lack something to become events.</param>
public sealed record Arrivals(bool HasAny, int ParkedLong, int RejectedLately, int NeedDetails);
