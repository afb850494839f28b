using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Attribution;
using RevOps.Core.Conversions;
using RevOps.Core.Data;
using RevOps.Core.People;
using RevOps.Core.Platform.Live;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Platform.Secrets;
using RevOps.Core.Spend;

namespace RevOps.Core.Ingestion.SpendImports;

/// <summary>
/// Every morning asks Google of which campaigns the clicks of yesterday were whose address did not say, day by day and 90 days back: a gclid does
/// not reveal it, and Google tells it of one day at a time. Only of people who allow measurement.
/// </summary>
public sealed class ResolveClicks(IDbContextFactory<RevOpsDb> databases, IEnumerable<ISpendSource> sources, Vault vault, ChangeFeed feed, TimeProvider clock) : IOutboxJob
{
    // Google knows clicks for so long.
    private const int DaysBack = 90;

    // A page that opens at midnight was clicked the day before.
    private static readonly TimeSpan Opening = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan UsualWait = TimeSpan.FromMinutes(15);

    public async Task<OutboxResult> RunAsync(OutboxRow row, CancellationToken cancel)
    {
        if (sources.OfType<GoogleSpend>().FirstOrDefault() is not { Account: { } connected } google)
            return OutboxResult.Done;
        await using var db = await databases.CreateDbContextAsync(cancel);
        var account = await db.Set<AdAccount>().SingleOrDefaultAsync(one => one.Platform == SpendPlatform.Google && one.Account == connected.Number && one.Mode == connected.Mode, cancel);
        if (account?.TimeZone is not { } name || !TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone))
            return OutboxResult.Done;

        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), zone).DateTime);
        var first = account.ClicksReadTo is { } read && read >= today.AddDays(1 - DaysBack) ? read.AddDays(1) : today.AddDays(1 - DaysBack);
        try
        {
            for (var day = first; day < today; day = day.AddDays(1))
                await ResolveAsync(google, account.Id, day, zone, cancel);
        }
        catch (SpendReadException failed)
        {
            // What Google refuses today it refuses tomorrow as well; the day is asked for again with the next run.
            return failed.Answer.Outcome == ChannelOutcome.Refused ? OutboxResult.Done : OutboxResult.Retry($"{failed.Answer.Code}: {failed.Answer.Message}", failed.Answer.RetryAfter ?? UsualWait);
        }

        return OutboxResult.Done;
    }

    private async Task ResolveAsync(GoogleSpend google, Guid accountId, DateOnly day, TimeZoneInfo zone, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var unknown = await UnknownAsync(db, day, zone, cancel);
        var clicks = unknown.Count == 0 ? new Dictionary<string, GoogleClickAd>(StringComparer.Ordinal) : await google.ClicksAsync(day, cancel);

        // Nothing is waited for from here on but the database.
        await db.BeginWorkAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        foreach (var (touch, gclid) in unknown)
        {
            if (!clicks.TryGetValue(gclid, out var click))
                continue;
            await db.Set<Touch>().Where(one => one.Id == touch && one.CampaignId == null).ExecuteUpdateAsync(set => set.SetProperty(one => one.CampaignId, click.CampaignId).SetProperty(one => one.AdId, one => one.AdId ?? click.AdId), cancel);
            await db.Set<Credit>().Where(credit => credit.TouchId == touch && credit.CampaignId == null).ExecuteUpdateAsync(set => set.SetProperty(credit => credit.CampaignId, click.CampaignId), cancel);
        }

        (await db.Set<AdAccount>().SingleAsync(one => one.Id == accountId, cancel)).ClicksReadTo = day;
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        if (clicks.Count > 0)
            feed.Publish([nameof(Touch), nameof(Credit)]);
    }

    /// <summary>Visits of the day that came by a gclid and name no campaign.</summary>
    private async Task<List<(Guid Touch, string Gclid)>> UnknownAsync(RevOpsDb db, DateOnly day, TimeZoneInfo zone, CancellationToken cancel)
    {
        var (start, end) = (StartOf(day, zone), StartOf(day.AddDays(1), zone) + Opening);
        var touches = await db.Set<Touch>().AsNoTracking().Where(touch => touch.OccurredAt >= start && touch.OccurredAt < end && touch.CampaignId == null && touch.ClickIdKinds != null && touch.ClickIdKinds.Contains("gclid"))
            .Select(touch => new { touch.Id, touch.PersonId, touch.SealedDetails }).ToListAsync(cancel);
        if (touches.Count == 0)
            return [];
        var (people, ring) = (await ConsentOfMany.LoadAsync(db, [.. touches.Select(touch => touch.PersonId).Distinct()], cancel), new KeyRing(vault));
        var allowed = touches.FindAll(touch => people.Of(touch.PersonId).Measurement == ConsentAnswer.Granted);
        await ring.LoadAsync(db, allowed.Select(touch => touch.PersonId), cancel);
        return [.. from touch in allowed
                   let json = ring.Open(touch.PersonId, touch.Id, touch.SealedDetails)
                   let gclid = json is null ? null : JsonSerializer.Deserialize<TouchDetails>(json)?.ClickIds?.Gclid
                   where gclid is not null
                   select (touch.Id, gclid)];
    }

    private static DateTimeOffset StartOf(DateOnly day, TimeZoneInfo zone)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, zone.GetUtcOffset(midnight)).ToUniversalTime();
    }
}
