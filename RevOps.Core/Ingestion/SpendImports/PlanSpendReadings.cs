using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Spend;

namespace RevOps.Core.Ingestion.SpendImports;

/// <summary>
/// Every hour: an account that is new gets its thirteen months, in portions; one that is known, once a day after five in the morning, its
/// last 28 days. What still waits or fails is not asked for a second time.
/// </summary>
public sealed class PlanSpendReadings(IDbContextFactory<RevOpsDb> databases, IEnumerable<ISpendSource> sources, CompanyProfile company, TimeProvider clock) : IOutboxJob
{
    // Platforms have yesterday's figures by then.
    private const int FirstHour = 5;

    public async Task<OutboxResult> RunAsync(OutboxRow row, CancellationToken cancel)
    {
        foreach (var source in sources)
            await PlanAsync(source, isAsked: false, cancel);
        return OutboxResult.Done;
    }

    /// <summary>Asks for what one platform owes us.</summary>
    /// <param name="source">The platform.</param>
    /// <param name="isAsked">Somebody clicked: whatever the hour, and what waits or fails is tried now.</param>
    /// <param name="cancel">Ends the planning.</param>
    /// <returns>False where the platform is not connected.</returns>
    internal async Task<bool> PlanAsync(ISpendSource source, bool isAsked, CancellationToken cancel)
    {
        if (source.Account is not { } connected)
            return false;
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        var account = await db.Set<AdAccount>().SingleOrDefaultAsync(known => known.Platform == source.Platform && known.Account == connected.Number && known.Mode == connected.Mode, cancel);
        if (account is null)
            await BeginAsync(db, source, connected, cancel);
        else
            await GoOnAsync(db, account, isAsked, cancel);
        await db.SaveChangesAsync(cancel);
        return true;
    }

    private async Task BeginAsync(RevOpsDb db, ISpendSource source, ConnectedAccount connected, CancellationToken cancel)
    {
        var today = await TodayAsync(null, cancel);
        var account = new AdAccount
        {
            Id = Guid.CreateVersion7(),
            Platform = source.Platform,
            Account = connected.Number,
            Mode = connected.Mode,
            HistoryFrom = SpendPlan.HistoryFrom(today),
            ConnectedAt = clock.GetUtcNow(),
        };
        db.Add(account);
        foreach (var portion in SpendPlan.History(account.HistoryFrom, today))
            Ask(db, account, ReadingKind.History, portion);
    }

    private async Task GoOnAsync(RevOpsDb db, AdAccount account, bool isAsked, CancellationToken cancel)
    {
        var (today, hour) = (await TodayAsync(account, cancel), (await NowAsync(account, cancel)).Hour);
        var readings = await db.Set<SpendReading>().Where(reading => reading.AccountId == account.Id).ToListAsync(cancel);
        var open = readings.FindAll(reading => reading.IsOpen);
        if (isAsked)
            await HurryAsync(db, account, readings, cancel);

        // Days that are waited for already come with what waits; today's morning is asked for once. A month of long ago that does not come
        // is in nobody's way.
        var first = isAsked ? today : today.AddDays(1 - SpendPlan.DaysReadAgain);
        if (open.Exists(reading => reading.To >= first))
            return;
        if (!isAsked && (hour < FirstHour || readings.Exists(reading => reading.To >= today)))
            return;
        var read = readings.Where(reading => reading.State == ReadingState.Done).Select(reading => (DateOnly?)reading.To).Max();
        Ask(db, account, isAsked ? ReadingKind.ByHand : ReadingKind.Daily, SpendPlan.Again(today, read, account.HistoryFrom));
    }

    /// <summary>What waits or fails is tried now; so is what was given up, since whoever clicks may have mended why.</summary>
    private async Task HurryAsync(RevOpsDb db, AdAccount account, List<SpendReading> readings, CancellationToken cancel)
    {
        var ids = readings.Where(reading => reading.IsOpen).Select(reading => reading.Id.ToString()).ToList();
        foreach (var row in await db.Set<OutboxRow>().Where(row => row.Job == nameof(ReadSpend) && ids.Contains(row.Argument) && row.State == OutboxState.Waiting).ToListAsync(cancel))
            row.NotBefore = clock.GetUtcNow();
        foreach (var reading in readings.Where(reading => reading.State == ReadingState.GivenUp))
        {
            reading.State = ReadingState.Waiting;
            db.Enqueue<ReadSpend>(reading.Id.ToString(), clock.GetUtcNow(), key: $"{reading.Id}/{reading.Attempts}/{clock.GetUtcNow().UtcTicks}", lane: LaneOf(account));
        }
    }

    private void Ask(RevOpsDb db, AdAccount account, ReadingKind kind, Period days)
    {
        var reading = new SpendReading { Id = Guid.CreateVersion7(), AccountId = account.Id, Kind = kind, From = days.From, To = days.To, AskedAt = clock.GetUtcNow() };
        db.Add(reading);

        // One at a time: platforms count calls per account.
        db.Enqueue<ReadSpend>(reading.Id.ToString(), clock.GetUtcNow(), lane: LaneOf(account));
    }

    private static string LaneOf(AdAccount account) => $"spend:{account.Platform}:{account.Account}";

    private async Task<DateOnly> TodayAsync(AdAccount? account, CancellationToken cancel) => DateOnly.FromDateTime(await NowAsync(account, cancel));

    /// <summary>In the account's own time zone; in the company's until the account has said which that is.</summary>
    private async Task<DateTime> NowAsync(AdAccount? account, CancellationToken cancel)
    {
        var zone = account?.TimeZone is { } name && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var own) ? own : (await company.CurrentAsync(cancel)).Zone;
        return TimeZoneInfo.ConvertTime(clock.GetUtcNow(), zone).DateTime;
    }
}
