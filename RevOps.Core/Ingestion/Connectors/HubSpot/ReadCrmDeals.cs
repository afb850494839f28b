using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Data;
using RevOps.Core.Identity;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Receivables;

namespace RevOps.Core.Ingestion.Connectors.HubSpot;

/// <summary>
/// Takes HubSpot's own list of won deals, past the webhooks: what it has and we never received becomes an exception of the reconciliation. By a
/// button for a period, and every night for the two months before.
/// </summary>
public sealed class ReadCrmDeals(IDbContextFactory<RevOpsDb> databases, HubSpotClient client, HubSpotAccount account, CompanyProfile company, AuditTrail audit, TwoFactorRule rule, TimeProvider clock) : IOutboxJob
{
    private const string Source = "hubspot";
    private const int NightlyDays = 62;

    public bool IsConnected => account.Connection is not null;

    public async Task<OutboxResult> RunAsync(OutboxRow row, CancellationToken cancel)
    {
        // Not connected is no failure of every night: most have another CRM.
        if (!IsConnected)
            return OutboxResult.Done;
        var today = (await company.CurrentAsync(cancel)).DayOf(clock.GetUtcNow());
        await TakeAsync(new Period(today.AddDays(-NightlyDays), today), AuditTrail.System, null, cancel);
        return OutboxResult.Done;
    }

    /// <returns>How many deals; null when whoever clicked may not.</returns>
    /// <exception cref="HubSpotException">HubSpot refused, or was not reached.</exception>
    public async Task<int?> ReadAsync(Period days, Approver approver, CancellationToken cancel)
    {
        await using (var db = await databases.CreateDbContextAsync(cancel))
        {
            if (!await approver.MayDecideAsync(db, rule, cancel))
                return null;
        }

        return await TakeAsync(days, approver.Actor, approver.UserId, cancel);
    }

    private async Task<int> TakeAsync(Period asked, string actor, Guid? user, CancellationToken cancel)
    {
        var owner = await company.CurrentAsync(cancel);

        // No list knows of days that have not been.
        var today = owner.DayOf(clock.GetUtcNow());
        var (from, to) = (asked.From, asked.To > today ? today : asked.To);
        if (from > to)
            return 0;
        var found = (await SearchAsync(owner, from, to, cancel)).DistinctBy(deal => deal.DealId, StringComparer.Ordinal).ToList();
        var (ids, now) = (found.Select(deal => deal.DealId).ToHashSet(StringComparer.Ordinal), TimeProvider.System.GetUtcNow());
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        var within = await db.Set<CrmDeal>().Where(deal => deal.WonOn >= from && deal.WonOn <= to).ToListAsync(cancel);
        var known = within.ToDictionary(deal => deal.DealId, StringComparer.Ordinal);
        foreach (var some in ids.Where(id => !known.ContainsKey(id)).Chunk(500))
        {
            foreach (var deal in await db.Set<CrmDeal>().Where(deal => some.Contains(deal.DealId)).ToListAsync(cancel))
                known[deal.DealId] = deal;
        }

        var changed = 0;
        foreach (var read in found)
        {
            if (!known.TryGetValue(read.DealId, out var deal))
                db.Add(new CrmDeal { Id = Guid.CreateVersion7(), DealId = read.DealId, WonOn = read.WonOn, Currency = read.Net.Currency, AmountMinor = read.Net.Minor, Source = Source, RecordedAt = now });
            else if (deal.WonOn != read.WonOn || deal.AmountMinor != read.Net.Minor || deal.Currency != read.Net.Currency)
                (deal.WonOn, deal.Currency, deal.AmountMinor, deal.Source, deal.RecordedAt, changed) = (read.WonOn, read.Net.Currency, read.Net.Minor, Source, now, changed + 1);
        }

        var gone = within.Where(deal => !ids.Contains(deal.DealId)).ToList();
        db.RemoveRange(gone);
        var list = new CrmList { Id = Guid.CreateVersion7(), From = from, To = to, Source = Source, Deals = found.Count, UserId = user, RecordedAt = now };
        db.Add(list);
        await audit.WriteAsync(db, new(actor, "crm.list", nameof(CrmList), list.Id.ToString()) { After = new { list.From, list.To, list.Deals, list.Source, Changed = changed, Gone = gone.Count } }, cancel);
        await db.SaveChangesAsync(cancel);
        return found.Count;
    }

    /// <summary>The search gives 10,000 at most: a period with more is asked for in halves.</summary>
    private async Task<IReadOnlyList<WonDeal>> SearchAsync(CompanyVersion owner, DateOnly from, DateOnly to, CancellationToken cancel)
    {
        var (deals, total) = await client.SearchWonAsync(owner.StartOf(from), owner.StartOf(to.AddDays(1)), cancel);
        if (total > HubSpotClient.MostFound && from < to)
        {
            var middle = from.AddDays((to.DayNumber - from.DayNumber) / 2);
            return [.. await SearchAsync(owner, from, middle, cancel), .. await SearchAsync(owner, middle.AddDays(1), to, cancel)];
        }

        return [.. deals.Select(deal => Of(deal, owner)).OfType<WonDeal>()];
    }

    private static WonDeal? Of(HubSpotObject deal, CompanyVersion owner)
    {
        if (!DateTimeOffset.TryParse(deal["closedate"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var closed))
            return null;
        var currency = deal["deal_currency_code"]?.ToUpperInvariant() is { } given && Currency.IsKnown(given) ? given : owner.Currency;
        _ = decimal.TryParse(deal["amount"], NumberStyles.Number, CultureInfo.InvariantCulture, out var amount);
        return new(deal.Id, owner.DayOf(closed), Money.Round(amount, currency));
    }

    private sealed record WonDeal(string DealId, DateOnly WonOn, Money Net);
}
