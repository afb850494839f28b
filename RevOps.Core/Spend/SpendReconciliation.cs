using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Platform;

namespace RevOps.Core.Spend;

/// <summary>Why a platform's own total and the sum of our rows differ.</summary>
public enum SpendGap
{
    /// <summary>They do not.</summary>
    None,

    /// <summary>Days of the month were not read yet, or failed.</summary>
    NotRead,

    /// <summary>Files or events spoke of the account too, and not all they said is what the platform says.</summary>
    OtherSources,

    /// <summary>The platform counts ads that it no longer tells one by one: deleted and archived ones.</summary>
    DeletedAds,

    /// <summary>Rounding: less than half a minor unit a row.</summary>
    Rounding,

    /// <summary>None of these explains it.</summary>
    Unknown,
}

/// <param name="Month">Its first day.</param>
/// <param name="Said">By the platform, of the whole account.</param>
/// <param name="Counted">The sum of our rows.</param>
public sealed record ReconciledMonth(string Platform, string Account, Mode Mode, DateOnly Month, Money Said, Money Counted, DateTimeOffset AskedAt, SpendGap Gap)
{
    public Money Difference => Said - Counted;
}

/// <summary>A day that was over when the platform was asked.</summary>
public sealed record ReconciledDay(string Platform, string Account, DateOnly Day, Money Said, Money Counted)
{
    /// <summary>As a share of what the platform says; all of it where the platform says nothing.</summary>
    public double Share => Said.Minor == 0 ? Counted.Minor == 0 ? 0 : 1 : (double)Math.Abs(Said.Minor - Counted.Minor) / Said.Minor;
}

/// <summary>Lays the platforms' own totals beside the sum of our rows, month by month and day by day.</summary>
public sealed class SpendReconciliation(IDbContextFactory<RevOpsDb> databases)
{
    /// <summary>Days from one on that a platform was asked about once they were over, and on which either side has something.</summary>
    public static async Task<IReadOnlyList<ReconciledDay>> DaysAsync(RevOpsDb db, Mode mode, DateOnly since, CancellationToken cancel)
    {
        var totals = await (from total in db.Set<AccountTotal>().AsNoTracking()
                            join account in db.Set<AdAccount>() on total.AccountId equals account.Id
                            where account.Mode == mode && total.Day >= since
                            select new { account.Platform, account.Account, Total = total }).ToListAsync(cancel);
        var counted = (await db.Set<AdSpend>().Where(row => row.Mode == mode && row.Day >= since).GroupBy(row => new { row.Platform, row.Account, row.Day, row.Currency })
            .Select(group => new { group.Key, Minor = group.Sum(row => row.CostMinor) }).ToListAsync(cancel)).ToDictionary(row => (row.Key.Platform, row.Key.Account, row.Key.Day, row.Key.Currency), row => row.Minor);
        return
        [
            .. totals.Where(row => IsOver(row.Total.Day, row.Total.AskedAt))
                .Select(row => new ReconciledDay(row.Platform, row.Account, row.Total.Day, new(row.Total.CostMinor, row.Total.Currency), new(counted.GetValueOrDefault((row.Platform, row.Account, row.Total.Day, row.Total.Currency)), row.Total.Currency)))
                .Where(day => day.Said.Minor != 0 || day.Counted.Minor != 0),
        ];
    }

    /// <summary>The newest month first; months in which nothing was spent are left out.</summary>
    public async Task<IReadOnlyList<ReconciledMonth>> ListAsync(CancellationToken cancel = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var totals = await (from total in db.Set<AccountTotal>()
                            join account in db.Set<AdAccount>() on total.AccountId equals account.Id
                            group total by new { account.Id, account.Platform, account.Account, account.Mode, total.Day.Year, total.Day.Month, total.Currency } into month
                            select new { Account = month.Key, CostMinor = month.Sum(total => total.CostMinor), AskedAt = month.Max(total => total.AskedAt) }).ToListAsync(cancel);
        if (totals.Count == 0)
            return [];
        var first = totals.Min(row => new DateOnly(row.Account.Year, row.Account.Month, 1));
        var counted = (await db.Set<AdSpend>().AsNoTracking().Where(row => row.Day >= first)
            .GroupBy(row => new { row.Platform, row.Account, row.Mode, row.Day.Year, row.Day.Month, row.Currency, row.Source })
            .Select(group => new { group.Key, Minor = group.Sum(row => row.CostMinor), Count = group.Count() }).ToListAsync(cancel))
            .ToLookup(row => (row.Key.Platform, row.Key.Account, row.Key.Mode, new DateOnly(row.Key.Year, row.Key.Month, 1), row.Key.Currency));
        var open = (await db.Set<SpendReading>().AsNoTracking().Where(reading => reading.State != ReadingState.Done).Select(reading => new { reading.AccountId, reading.From, reading.To, reading.Kind, reading.AskedAt }).ToListAsync(cancel)).ToLookup(reading => reading.AccountId);
        var done = (await db.Set<SpendReading>().AsNoTracking().Where(reading => reading.State == ReadingState.Done).Select(reading => new { reading.AccountId, reading.From, reading.To, reading.AskedAt }).ToListAsync(cancel)).ToLookup(reading => reading.AccountId);
        return
        [
            .. totals.Select(row =>
            {
                var (account, month) = (row.Account, new DateOnly(row.Account.Year, row.Account.Month, 1));
                var own = counted[(account.Platform, account.Account, account.Mode, month, account.Currency)].ToList();
                var last = month.AddMonths(1).AddDays(-1);
                var missing = open[account.Id].Any(reading => reading.From <= last && reading.To >= month && !done[account.Id].Any(later => later.AskedAt > reading.AskedAt && later.From <= reading.From && later.To >= reading.To));
                var (said, sum) = (new Money(row.CostMinor, account.Currency), new Money(own.Sum(part => part.Minor), account.Currency));
                return new ReconciledMonth(account.Platform, account.Account, account.Mode, month, said, sum, row.AskedAt,
                    GapOf(account.Platform, said.Minor - sum.Minor, missing, own.Exists(part => part.Key.Source != SpendSource.Import), own.Sum(part => part.Count)));
            }).Where(month => month.Said.Minor != 0 || month.Counted.Minor != 0).OrderByDescending(month => month.Month).ThenBy(month => month.Platform, StringComparer.Ordinal),
        ];
    }

    /// <summary>Wherever the account is: what is spent while one asks differs from one question to the next.</summary>
    private static bool IsOver(DateOnly day, DateTimeOffset askedAt) => DateOnly.FromDateTime(askedAt.UtcDateTime) > day.AddDays(1);

    /// <param name="platform">One of <see cref="SpendPlatform"/>.</param>
    /// <param name="difference">What the platform says beyond our rows.</param>
    /// <param name="isUnread">Days of the month are still to be read.</param>
    /// <param name="hasOthers">Rows of files or events are among ours.</param>
    /// <param name="rows">How many ours are.</param>
    public static SpendGap GapOf(string platform, long difference, bool isUnread, bool hasOthers, int rows) => difference switch
    {
        0 => SpendGap.None,
        _ when isUnread => SpendGap.NotRead,
        _ when Math.Abs(difference) * 2 <= rows => SpendGap.Rounding,
        _ when hasOthers => SpendGap.OtherSources,
        > 0 when platform == SpendPlatform.Meta => SpendGap.DeletedAds,
        _ => SpendGap.Unknown,
    };
}
