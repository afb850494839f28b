using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Spend;

namespace RevOps.Core.Ingestion.SpendImports;

/// <summary>How the reading of each platform stands.</summary>
public sealed class SpendImportQueries(IDbContextFactory<RevOpsDb> databases, IEnumerable<ISpendSource> sources)
{
    public const int PageSize = 20;

    /// <summary>One for each platform that can be read, connected or not.</summary>
    public async Task<IReadOnlyList<SpendImportState>> StatesAsync(CancellationToken cancel = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var states = new List<SpendImportState>();
        foreach (var source in sources)
            states.Add(await StateAsync(db, source, cancel));
        return states;
    }

    /// <summary>What was read or tried, the last first.</summary>
    public async Task<SpendReadingList> ReadingsAsync(int page, CancellationToken cancel = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var total = await db.Set<SpendReading>().CountAsync(cancel);
        var last = Math.Max(1, (total + PageSize - 1) / PageSize);
        var shown = Math.Clamp(page, 1, last);
        var rows = await (from reading in db.Set<SpendReading>().AsNoTracking()
                          join account in db.Set<AdAccount>() on reading.AccountId equals account.Id
                          orderby reading.TriedAt ?? reading.AskedAt descending, reading.From descending, reading.Id
                          select new SpendReadingRow(reading, account.Platform, account.Account)).Skip((shown - 1) * PageSize).Take(PageSize).ToListAsync(cancel);
        return new(rows, total, shown);
    }

    private static async Task<SpendImportState> StateAsync(RevOpsDb db, ISpendSource source, CancellationToken cancel)
    {
        if (source.Account is not { } connected)
            return new(source.Platform, null, null);
        var account = await db.Set<AdAccount>().AsNoTracking().SingleOrDefaultAsync(known => known.Platform == source.Platform && known.Account == connected.Number && known.Mode == connected.Mode, cancel);
        if (account is null)
            return new(source.Platform, connected, null);
        var readings = await db.Set<SpendReading>().AsNoTracking().Where(reading => reading.AccountId == account.Id).ToListAsync(cancel);
        var open = readings.Where(reading => reading.IsOpen).ToList();
        var ids = open.ConvertAll(reading => reading.Id.ToString());
        var next = await db.Set<OutboxRow>().Where(row => row.Job == nameof(ReadSpend) && ids.Contains(row.Argument) && row.State == OutboxState.Waiting).MinAsync(row => (DateTimeOffset?)row.NotBefore, cancel);
        return new(source.Platform, connected, account)
        {
            Portions = readings.Count(reading => reading.Kind == ReadingKind.History),
            PortionsDone = readings.Count(reading => reading is { Kind: ReadingKind.History, State: ReadingState.Done }),
            ReadAt = readings.Where(reading => reading.State == ReadingState.Done).Max(reading => reading.TriedAt),
            Failing = open.Where(reading => reading.State == ReadingState.Failing).MaxBy(reading => reading.TriedAt),
            NextTry = next,
        };
    }
}

/// <param name="Connected">Null: the platform is not connected.</param>
/// <param name="Account">Null until its readings were asked for.</param>
public sealed record SpendImportState(string Platform, ConnectedAccount? Connected, AdAccount? Account)
{
    /// <summary>Months of the history.</summary>
    public int Portions { get; init; }

    public int PortionsDone { get; init; }

    /// <summary>When days were last read with success.</summary>
    public DateTimeOffset? ReadAt { get; init; }

    /// <summary>What failed last; null where nothing does.</summary>
    public SpendReading? Failing { get; init; }

    /// <summary>When the next that is open is tried.</summary>
    public DateTimeOffset? NextTry { get; init; }
}

public sealed record SpendReadingRow(SpendReading Reading, string Platform, string Account);

public sealed record SpendReadingList(IReadOnlyList<SpendReadingRow> Rows, int Total, int Page);
