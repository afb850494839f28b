using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Data;
using RevOps.Core.Platform;

namespace RevOps.Core.Receivables.Payouts;

/// <summary>Payouts and what they carry, as pages show them: of the mode that is connected now.</summary>
public sealed class PayoutQueries(IDbContextFactory<RevOpsDb> databases, CompanyProfile company, StripeAccount stripe, TimeProvider clock)
{
    public const int PageSize = 50;

    private Mode Mode => stripe.Connection?.Mode ?? Mode.Live;

    public async Task<PayoutPage> ListAsync(PayoutFilter filter, CancellationToken cancel)
    {
        var owner = await company.CurrentAsync(cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var all = filter.Outside(OfThisMode(db));
        var found = PayoutFilter.OfGroup(all, filter.Group);
        var sums = await SumsAsync(db, found, owner.Currency, cancel);
        var count = sums.Sum(sum => sum.Count);

        // A page that was emptied meanwhile, or never was, is the last one there is.
        var number = Math.Clamp(filter.Page, 1, Math.Max(1, (count + PageSize - 1) / PageSize));
        var payouts = await filter.Sorted(found).Skip((number - 1) * PageSize).Take(PageSize).ToListAsync(cancel);
        return new(await RowsAsync(db, payouts, cancel), count, number, sums, await CountsAsync(all, cancel), clock.GetUtcNow());
    }

    /// <summary>Null when there is none.</summary>
    public async Task<PayoutView?> OfAsync(Guid id, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await db.Set<Payout>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancel) is not { } payout)
            return null;
        var parts = PartsOf(db, payout);
        var types = await parts.GroupBy(part => part.Type).Select(group => new
        {
            group.Key,
            Count = group.Count(),
            Gross = group.Sum(part => part.GrossMinor),
            Fee = group.Sum(part => part.FeeMinor),
            Net = group.Sum(part => part.NetMinor),
        }).ToListAsync(cancel);
        Money In(long minor) => new(minor, payout.Currency);
        return new(
            (await RowsAsync(db, [payout], cancel))[0],
            [.. types.OrderByDescending(type => type.Net).ThenBy(type => type.Key, StringComparer.Ordinal).Select(type => new PartSum(type.Key, type.Count, In(type.Gross), In(type.Fee), In(type.Net)))],
            await parts.CountAsync(part => part.InvoiceId == null, cancel),
            payout.PartsReadAt,
            clock.GetUtcNow());
    }

    /// <summary>What a payout carries, a page of it.</summary>
    public async Task<PartPage> PartsAsync(Guid payoutId, PartFilter filter, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var payout = await db.Set<Payout>().AsNoTracking().SingleAsync(row => row.Id == payoutId, cancel);
        var found = filter.Apply(PartsOf(db, payout));
        var (count, net) = (await found.CountAsync(cancel), await found.SumAsync(part => part.NetMinor, cancel));
        var number = Math.Clamp(filter.Page, 1, Math.Max(1, (count + PageSize - 1) / PageSize));
        var parts = await filter.Sorted(found).Skip((number - 1) * PageSize).Take(PageSize).ToListAsync(cancel);
        var ids = parts.Select(part => part.InvoiceId).OfType<Guid>().Distinct().ToList();
        var numbers = await db.Set<Invoice>().Where(invoice => ids.Contains(invoice.Id)).Select(invoice => new { invoice.Id, Name = invoice.Number ?? invoice.Reference }).ToDictionaryAsync(row => row.Id, row => row.Name, cancel);
        return new(parts.ConvertAll(part => RowOf(part, part.InvoiceId is { } invoice ? numbers.GetValueOrDefault(invoice) : null)), count, number, new(net, payout.Currency));
    }

    private static PartRow RowOf(PayoutPart part, string? invoice) => new(
        part.Id, part.StripeTransactionId, part.Type, part.SourceId, part.InvoiceId, invoice, part.OccurredAt, new(part.GrossMinor, part.Currency), new(part.FeeMinor, part.Currency), new(part.NetMinor, part.Currency));

    private IQueryable<Payout> OfThisMode(RevOpsDb db)
    {
        var mode = Mode;
        return db.Set<Payout>().AsNoTracking().Where(payout => payout.Mode == mode);
    }

    /// <summary>Those in the payout's own currency: others would be no part of its sum.</summary>
    private static IQueryable<PayoutPart> PartsOf(RevOpsDb db, Payout payout) => db.Set<PayoutPart>().AsNoTracking().Where(part => part.PayoutId == payout.Id && part.Currency == payout.Currency);

    private static async Task<IReadOnlyList<PayoutSum>> SumsAsync(RevOpsDb db, IQueryable<Payout> found, string own, CancellationToken cancel)
    {
        var sums = await found.GroupBy(payout => payout.Currency).Select(group => new { group.Key, Count = group.Count(), Amount = group.Sum(payout => payout.AmountMinor) }).ToListAsync(cancel);
        var fees = await (from part in db.Set<PayoutPart>() join payout in found on part.PayoutId equals payout.Id where part.Currency == payout.Currency group part.FeeMinor by part.Currency into fee select new { fee.Key, Minor = fee.Sum() })
            .ToDictionaryAsync(row => row.Key, row => row.Minor, cancel);
        return [.. sums.OrderBy(sum => sum.Key != own).ThenBy(sum => sum.Key, StringComparer.Ordinal).Select(sum => new PayoutSum(sum.Count, new(sum.Amount, sum.Key), new(fees.GetValueOrDefault(sum.Key), sum.Key)))];
    }

    private static async Task<IReadOnlyDictionary<PayoutGroup, int>> CountsAsync(IQueryable<Payout> all, CancellationToken cancel)
    {
        var counts = new Dictionary<PayoutGroup, int>();
        foreach (var group in Enum.GetValues<PayoutGroup>())
            counts[group] = await PayoutFilter.OfGroup(all, group).CountAsync(cancel);
        return counts;
    }

    private static async Task<IReadOnlyList<PayoutRow>> RowsAsync(RevOpsDb db, List<Payout> payouts, CancellationToken cancel)
    {
        var ids = payouts.ConvertAll(payout => payout.Id);
        var parts = await db.Set<PayoutPart>().Where(part => ids.Contains(part.PayoutId)).GroupBy(part => part.PayoutId).Select(group => new { group.Key, Count = group.Count(), Fee = group.Sum(part => part.FeeMinor) }).ToDictionaryAsync(row => row.Key, cancel);
        return payouts.ConvertAll(payout => new PayoutRow(
            payout.Id, payout.StripePayoutId, payout.ArrivesOn, PayoutFilter.GroupOf(payout), payout.Status, payout.FailureCode, payout.Amount, parts.GetValueOrDefault(payout.Id)?.Count ?? 0, new(parts.GetValueOrDefault(payout.Id)?.Fee ?? 0, payout.Currency)));
    }
}
