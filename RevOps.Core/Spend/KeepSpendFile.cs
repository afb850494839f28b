using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Data;
using RevOps.Core.Identity;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Audit;

namespace RevOps.Core.Spend;

/// <summary>What a file of spend would bring; nothing is stored.</summary>
/// <param name="AsideLines">Good rows that would not count, since the platform itself was asked about their day.</param>
public sealed record SpendFilePlan(CsvTable? Table, SpendMapping? Mapping, IReadOnlyList<SpendRow> Rows, IReadOnlySet<int> AsideLines)
{
    /// <summary>Why there is nothing to read; null when there is.</summary>
    public CsvTableException? Problem { get; init; }

    public int Aside => AsideLines.Count;

    public IEnumerable<SpendRow> Good => Rows.Where(row => row.Fact is not null);

    public IEnumerable<SpendRow> Refused => Rows.Where(row => row.Fact is null);

    /// <summary>Some days may be two, and only whoever brings the file knows which.</summary>
    public bool AsksDayOrder => Mapping?.DayOrder is not null || Rows.Any(row => row.Problem == SpendDays.TwoDays);

    /// <summary>What would count, one sum per currency.</summary>
    public IReadOnlyList<Money> Sums => [.. Good.Where(row => !AsideLines.Contains(row.Line)).Select(row => row.Fact!.Cost).GroupBy(cost => cost.Currency, StringComparer.Ordinal).Select(group => group.Aggregate((sum, cost) => sum + cost))];

    public bool MayTake => Problem is null && Mapping?.IsComplete == true && Good.Count() > Aside;
}

/// <summary>Takes spend of platforms that are not read, or of days before they were, from a file: looked at first, for Marketing.</summary>
public sealed class KeepSpendFile(IDbContextFactory<RevOpsDb> databases, CompanyProfile company, StripeAccount stripe, AuditTrail audit, TwoFactorRule rule, TimeProvider clock)
{
    private Mode Mode => stripe.Connection?.Mode ?? Mode.Live;

    /// <param name="text">All of the file.</param>
    /// <param name="mapping">Null: as the headings suggest.</param>
    /// <param name="cancel">Ends the reading.</param>
    public async Task<SpendFilePlan> PlanAsync(string text, SpendMapping? mapping, CancellationToken cancel)
    {
        CsvTable table;
        try
        {
            table = CsvTable.Open(text);
        }
        catch (CsvTableException wrong)
        {
            return new(null, null, [], new HashSet<int>()) { Problem = wrong };
        }

        var chosen = mapping ?? SpendMapping.Guess(table);
        var owner = await company.CurrentAsync(cancel);
        var rows = chosen.IsComplete ? SpendFile.Read(table, chosen, owner.Currency, owner.DayOf(clock.GetUtcNow())) : [];
        await using var db = await databases.CreateDbContextAsync(cancel);
        var known = await ReadByPlatformsAsync(db, rows, cancel);
        return new(table, chosen, rows, rows.Where(row => row.Fact is { } fact && known.Contains((row.Platform, fact.CampaignId, fact.Day))).Select(row => row.Line).ToHashSet());
    }

    /// <returns>What changed; null when whoever clicked may not, or nothing can be taken.</returns>
    public async Task<LedgerChange?> TakeAsync(string name, string text, SpendMapping mapping, Approver who, CancellationToken cancel)
    {
        var plan = await PlanAsync(text, mapping, cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        if (!plan.MayTake || !await who.HoldsAsync(db, Roles.Marketing, rule, cancel))
            return null;
        var (at, sum) = (clock.GetUtcNow(), new LedgerChange(0, 0, 0, 0, 0));
        foreach (var group in plan.Good.GroupBy(row => (row.Platform, row.Account)))
            sum += await SpendLedger.SayAsync(db, SpendSource.File, group.Key.Platform, group.Key.Account, Mode, [.. group.Select(row => row.Fact!)], at, cancel);

        var upload = new SpendUpload
        {
            Id = Guid.CreateVersion7(),
            Name = name.Length > 260 ? name[..260] : name,
            From = plan.Good.Min(row => row.Fact!.Day),
            To = plan.Good.Max(row => row.Fact!.Day),
            Rows = sum.Rows,
            Aside = sum.Aside,
            UserId = who.UserId,
            RecordedAt = at,
        };
        db.Add(upload);
        await audit.WriteAsync(db, new(who.Actor, "spend.file", nameof(SpendUpload), upload.Id.ToString()) { After = new { upload.From, upload.To, upload.Rows, sum.Added, sum.Changed, sum.Removed, sum.Aside, Refused = plan.Refused.Count() } }, cancel);
        await db.SaveChangesAsync(cancel);
        return sum;
    }

    /// <summary>The files that were taken, the newest first.</summary>
    public async Task<IReadOnlyList<SpendUpload>> UploadsAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Set<SpendUpload>().AsNoTracking().OrderByDescending(upload => upload.RecordedAt).ThenByDescending(upload => upload.Id).Take(20).ToListAsync(cancel);
    }

    private async Task<HashSet<(string Platform, string CampaignId, DateOnly Day)>> ReadByPlatformsAsync(RevOpsDb db, IReadOnlyList<SpendRow> rows, CancellationToken cancel)
    {
        var days = rows.Where(row => row.Fact is not null).Select(row => row.Fact!.Day).ToList();
        if (days.Count == 0)
            return [];
        var (from, to, mode) = (days.Min(), days.Max(), Mode);
        return [.. (await db.Set<AdSpend>().AsNoTracking().Where(row => row.Source == SpendSource.Import && row.Mode == mode && row.Day >= from && row.Day <= to).Select(row => new { row.Platform, row.CampaignId, row.Day }).Distinct().ToListAsync(cancel)).Select(row => (row.Platform, row.CampaignId, row.Day))];
    }
}
