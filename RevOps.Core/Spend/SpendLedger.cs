using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Platform;

namespace RevOps.Core.Spend;

/// <summary>
/// Which of those that speak of the same day of a campaign counts, so that no cent is counted twice: what the platform itself answered,
/// before anything else; else the file or event that came last. A campaign is known by its platform and number, whichever account the
/// others name, since neither Meta nor Google gives a number twice; elsewhere the account counts too. The caller has begun its work and
/// saves.
/// </summary>
public static class SpendLedger
{
    /// <summary>
    /// What the platform answered of an account's days: it replaces all that was read of them before, and what files and events said of
    /// the same campaigns. A day or ad that is no longer in the answer is gone.
    /// </summary>
    public static async Task<LedgerChange> ReadAsync(RevOpsDb db, AdAccount account, Period days, IReadOnlyList<SpendFact> facts, DateTimeOffset at, CancellationToken cancel)
    {
        var (platform, mode) = (account.Platform, account.Mode);
        var known = await db.Set<AdSpend>().Where(row => row.Platform == platform && row.Mode == mode && row.Day >= days.From && row.Day <= days.To).ToListAsync(cancel);
        var said = facts.Select(fact => (fact.CampaignId, fact.Day)).ToHashSet();
        var replaced = known.FindAll(row => row.Source == SpendSource.Import ? row.Account == account.Account : said.Contains((row.CampaignId, row.Day)));
        return Put(db, new(platform, account.Account, mode, SpendSource.Import, at), facts, replaced);
    }

    /// <summary>What a file or an event says: it replaces what another said of the same day of the same campaign, and never the platform.</summary>
    /// <param name="facts">All of one platform and account.</param>
    public static async Task<LedgerChange> SayAsync(RevOpsDb db, SpendSource source, string platform, string account, Mode mode, IReadOnlyList<SpendFact> facts, DateTimeOffset at, CancellationToken cancel)
    {
        if (facts.Count == 0)
            return new(0, 0, 0, 0, 0);
        var (from, to, isOther) = (facts.Min(fact => fact.Day), facts.Max(fact => fact.Day), platform == SpendPlatform.Other);
        var rows = db.Set<AdSpend>().Where(row => row.Platform == platform && row.Mode == mode && row.Day >= from && row.Day <= to && (!isOther || row.Account == account));
        if (facts.Count == 1)
            rows = rows.Where(row => row.CampaignId == facts[0].CampaignId);
        var known = (await rows.ToListAsync(cancel)).ToLookup(row => (row.CampaignId, row.Day));
        var sum = new LedgerChange(0, 0, 0, 0, 0);
        foreach (var day in facts.GroupBy(fact => (fact.CampaignId, fact.Day)))
        {
            // What the platform said stands; so does what came later, whatever the order of arrival.
            var before = known[day.Key].ToList();
            var done = before.Exists(row => row.Source == SpendSource.Import || row.OccurredAt > at)
                ? new(0, 0, 0, 0, day.Count())
                : Put(db, new(platform, account, mode, source, at), [.. day], before);
            sum += done;
        }

        return sum;
    }

    /// <summary>Facts in the place of rows; what has the same key is written over, so that a row keeps its id.</summary>
    private static LedgerChange Put(RevOpsDb db, Said said, IReadOnlyList<SpendFact> facts, List<AdSpend> replaced)
    {
        var left = replaced.ToDictionary(row => (row.Account, row.Day, row.CampaignId, row.AdsetId, row.AdId));
        var (added, changed) = (0, 0);
        foreach (var fact in facts)
        {
            if (!left.Remove((said.Account, fact.Day, fact.CampaignId, fact.AdsetId, fact.AdId), out var row))
            {
                row = New(said, fact);
                db.Add(row);
                added++;
            }
            else if (IsOther(row, fact))
            {
                changed++;
            }

            Write(row, said, fact);
        }

        db.RemoveRange(left.Values);
        return new(facts.Count, added, changed, left.Count, 0);
    }

    private static AdSpend New(Said said, SpendFact fact) => new()
    {
        Id = Guid.CreateVersion7(),
        Platform = said.Platform,
        Account = said.Account,
        Mode = said.Mode,
        Day = fact.Day,
        CampaignId = fact.CampaignId,
        CampaignName = fact.CampaignName,
        AdsetId = fact.AdsetId,
        AdId = fact.AdId,
        Currency = fact.Cost.Currency,
        CostMinor = fact.Cost.Minor,
        OccurredAt = said.At,
        RecordedAt = TimeProvider.System.GetUtcNow(),
    };

    private static void Write(AdSpend row, Said said, SpendFact fact)
    {
        (row.Source, row.OccurredAt, row.RecordedAt) = (said.Source, said.At, TimeProvider.System.GetUtcNow());
        (row.CostMinor, row.Currency, row.Impressions, row.Clicks) = (fact.Cost.Minor, fact.Cost.Currency, fact.Impressions, fact.Clicks);
        (row.CampaignName, row.AdsetName, row.AdName) = (fact.CampaignName, fact.AdsetName, fact.AdName);
    }

    private static bool IsOther(AdSpend row, SpendFact fact) => (row.CostMinor, row.Currency, row.Impressions, row.Clicks) != (fact.Cost.Minor, fact.Cost.Currency, fact.Impressions, fact.Clicks);

    private sealed record Said(string Platform, string Account, Mode Mode, SpendSource Source, DateTimeOffset At);
}
