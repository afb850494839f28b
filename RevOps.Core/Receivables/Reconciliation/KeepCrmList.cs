using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Data;
using RevOps.Core.Identity;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Audit;

namespace RevOps.Core.Receivables.Reconciliation;

/// <summary>What a list of the CRM's would bring; nothing is stored.</summary>
/// <param name="From">First day that it covers: "the CRM has none" is known only within it.</param>
/// <param name="New">Deals that are not in.</param>
/// <param name="Changed">Deals that are in with another day or amount.</param>
/// <param name="Gone">Deals of those days that are in, and that the CRM has no more.</param>
public sealed record CrmPlan(CsvTable? Table, CrmMapping? Mapping, IReadOnlyList<CrmRow> Rows, DateOnly From, DateOnly To, int New, int Changed, int Gone)
{
    /// <summary>Why there is nothing to read; null when there is.</summary>
    public CsvTableException? Problem { get; init; }

    public int Wrong => Rows.Count(row => row.Problem is not null);

    /// <summary>Rows outside the days that it is said to cover.</summary>
    public int Outside => Rows.Count(row => row.Problem is null && (row.WonOn < From || row.WonOn > To));

    public bool MayTake => Problem is null && Mapping?.IsComplete == true && Rows.Count > 0 && Wrong == 0 && Outside == 0 && From <= To;
}

/// <summary>Takes the CRM's own list of won deals, read past the events: what it has and we never received becomes visible.</summary>
public sealed class KeepCrmList(IDbContextFactory<RevOpsDb> databases, CompanyProfile company, AuditTrail audit, TwoFactorRule rule, TimeProvider clock)
{
    /// <param name="mapping">Null: as the headings suggest.</param>
    /// <param name="days">Which days the list covers; null: the months that its deals lie in.</param>
    public async Task<CrmPlan> PlanAsync(string text, CrmMapping? mapping, (DateOnly From, DateOnly To)? days, CancellationToken cancel)
    {
        CsvTable table;
        try
        {
            table = CsvTable.Open(text);
        }
        catch (CsvTableException wrong)
        {
            return new(null, null, [], default, default, 0, 0, 0) { Problem = wrong };
        }

        var chosen = mapping ?? CrmMapping.Guess(table);
        var owner = await company.CurrentAsync(cancel);
        var rows = chosen.IsComplete ? CrmListFile.Read(table, chosen, owner.Currency) : [];
        var good = rows.Where(row => row.Problem is null).ToList();
        var (from, to) = days ?? (good.Count == 0 ? (default, default) : (Sales.MonthOf(good.Min(row => row.WonOn)), Sales.MonthOf(good.Max(row => row.WonOn)).AddMonths(1).AddDays(-1)));

        // No list knows of days that have not been.
        var today = owner.DayOf(clock.GetUtcNow());
        to = to > today ? today : to;
        await using var db = await databases.CreateDbContextAsync(cancel);
        var (known, within) = await KnownAsync(db, good, from, to, cancel);
        var ids = good.Select(row => row.DealId).ToHashSet(StringComparer.Ordinal);
        return new(table, chosen, rows, from, to, good.Count(row => !known.ContainsKey(row.DealId)), good.Count(row => known.TryGetValue(row.DealId, out var deal) && !IsSame(deal, row)), within.Count(deal => !ids.Contains(deal.DealId)));
    }

    /// <returns>False when whoever clicked may not, or the file is not fit to be taken.</returns>
    public async Task<bool> TakeAsync(string text, CrmMapping? mapping, (DateOnly From, DateOnly To) days, Approver approver, CancellationToken cancel)
    {
        var plan = await PlanAsync(text, mapping, days, cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (!plan.MayTake || !await approver.MayDecideAsync(db, rule, cancel))
            return false;
        await db.BeginWorkAsync(cancel);
        var (known, within) = await KnownAsync(db, plan.Rows, plan.From, plan.To, cancel);
        var now = TimeProvider.System.GetUtcNow();
        foreach (var row in plan.Rows)
        {
            if (!known.TryGetValue(row.DealId, out var deal))
                db.Add(new CrmDeal { Id = Guid.CreateVersion7(), DealId = row.DealId, WonOn = row.WonOn, Currency = row.Net.Currency, AmountMinor = row.Net.Minor, Source = "file", RecordedAt = now });
            else if (!IsSame(deal, row))
                (deal.WonOn, deal.Currency, deal.AmountMinor, deal.Source, deal.RecordedAt) = (row.WonOn, row.Net.Currency, row.Net.Minor, "file", now);
        }

        var ids = plan.Rows.Select(row => row.DealId).ToHashSet(StringComparer.Ordinal);
        db.RemoveRange(within.Where(deal => !ids.Contains(deal.DealId)));
        var list = new CrmList { Id = Guid.CreateVersion7(), From = plan.From, To = plan.To, Source = "file", Deals = plan.Rows.Count, UserId = approver.UserId, RecordedAt = now };
        db.Add(list);
        await audit.WriteAsync(db, new(approver.Actor, "crm.list", nameof(CrmList), list.Id.ToString()) { After = new { list.From, list.To, list.Deals, plan.New, plan.Changed, plan.Gone } }, cancel);
        await db.SaveChangesAsync(cancel);
        return true;
    }

    /// <summary>The lists that were taken, the newest first.</summary>
    public async Task<IReadOnlyList<CrmList>> ListsAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Set<CrmList>().AsNoTracking().OrderByDescending(list => list.RecordedAt).ThenByDescending(list => list.Id).Take(50).ToListAsync(cancel);
    }

    private static bool IsSame(CrmDeal deal, CrmRow row) => deal.WonOn == row.WonOn && deal.AmountMinor == row.Net.Minor && deal.Currency == row.Net.Currency;

    /// <summary>By id those of the file that are in; and all that are in of the days.</summary>
    private static async Task<(Dictionary<string, CrmDeal> Known, List<CrmDeal> Within)> KnownAsync(RevOpsDb db, IEnumerable<CrmRow> rows, DateOnly from, DateOnly to, CancellationToken cancel)
    {
        var known = new Dictionary<string, CrmDeal>(StringComparer.Ordinal);
        foreach (var some in rows.Select(row => row.DealId).Chunk(500))
        {
            foreach (var deal in await db.Set<CrmDeal>().Where(deal => some.Contains(deal.DealId)).ToListAsync(cancel))
                known[deal.DealId] = deal;
        }

        return (known, await db.Set<CrmDeal>().Where(deal => deal.WonOn >= from && deal.WonOn <= to).ToListAsync(cancel));
    }
}
