using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Receivables;
using RevOps.Core.Spend;

namespace RevOps.Core.Attribution.Returns;

/// <summary>
/// What the ads of a period cost and brought, in the company's currency and of the mode that invoices now. Credit is that of the model which
/// the Overview uses; a click's campaign comes from the ids that the ad's address carried.
/// </summary>
public sealed class AdReturnQueries(IDbContextFactory<RevOpsDb> databases, CompanyProfile company, StripeAccount stripe, TimeProvider clock)
{
    /// <summary>The model whose credits count.</summary>
    public const string Model = CreditTouches.LastNonDirect;

    // What ripens longer than this is another year's.
    private const int MaturityDays = 400;

    public Mode CurrentMode => stripe.Connection?.Mode ?? Mode.Live;

    /// <param name="place">Where the table is opened.</param>
    /// <param name="period">Days of the company, and of the accounts.</param>
    /// <param name="cancel">Ends the reading.</param>
    public async Task<AdReturnReport> OfAsync(ReturnPlace place, Period period, CancellationToken cancel = default)
    {
        var owner = await company.CurrentAsync(cancel);
        var world = new World(owner, CurrentMode, owner.DayOf(clock.GetUtcNow()));
        await using var db = await databases.CreateDbContextAsync(cancel);
        var costs = await CostsAsync(db, world, period, place, cancel);
        var credits = await CreditsAsync(db, world, period, cancel);
        var maturity = place.Basis == ReturnBasis.Click ? await MaturityAsync(db, world, cancel) : null;
        var byDay = credits.Where(credit => credit.DayOn(place.Basis) is var day && day >= period.From && day <= period.To).ToList();

        // What was paid and belongs to no visit has no click to be dated by.
        var paid = await PaidAsync(db, world, period, cancel);
        var unattributed = paid - credits.Where(credit => credit.PaidOn >= period.From && credit.PaidOn <= period.To).Sum(credit => credit.Minor);
        return new()
        {
            Period = period,
            Name = place.Campaign is null ? null : costs.Where(place.Holds).MaxBy(cost => cost.Day)?.CampaignName,
            Currency = owner.Currency,
            Mode = world.Mode,
            Today = world.Today,
            Lines = AdReturns.Of(costs, byDay, unattributed, place, maturity, world.Today),
            Total = AdReturns.Total(costs, byDay, place, maturity, world.Today),
            TotalCreditMinor = byDay.Sum(credit => credit.Minor) + unattributed,
            PaidMinor = paid,
            Maturity = maturity,
            Days = DaysOf(period, [.. costs.Where(place.Holds)], byDay.FindAll(place.Holds), place.Basis, maturity, world.Today),
            LeftOut = await LeftOutAsync(db, world, period, cancel),
        };
    }

    private static IReadOnlyList<ReturnDay> DaysOf(Period period, IReadOnlyList<AdCost> costs, List<AdCredit> credits, ReturnBasis basis, ClickMaturity? maturity, DateOnly today)
    {
        var (spent, earned) = (costs.ToLookup(cost => cost.Day, cost => cost.Minor), credits.ToLookup(credit => credit.DayOn(basis), credit => credit.Minor));
        return [.. Enumerable.Range(0, period.Days).Select(index => period.From.AddDays(index)).Select(day => new ReturnDay(day, spent[day].Sum(), earned[day].Sum(), maturity is null || maturity.IsMature(today.DayNumber - day.DayNumber)))];
    }

    private static async Task<List<AdCost>> CostsAsync(RevOpsDb db, World world, Period period, ReturnPlace place, CancellationToken cancel)
    {
        var (mode, currency, platform, campaign) = (world.Mode, world.Owner.Currency, place.Platform, place.Campaign);
        return await db.Set<AdSpend>().AsNoTracking().Where(row => row.Day >= period.From && row.Day <= period.To && row.Mode == mode && row.Currency == currency)
            .Where(row => (platform == null || row.Platform == platform) && (campaign == null || row.CampaignId == campaign))
            .Select(row => new AdCost(row.Platform, row.CampaignId, row.CampaignName, row.AdId, row.AdName, row.Day, row.CostMinor, row.Impressions, row.Clicks)).ToListAsync(cancel);
    }

    /// <summary>Credits that were paid or clicked in the period, with the ids of their clicks; an ad alone names its campaign.</summary>
    private static async Task<List<AdCredit>> CreditsAsync(RevOpsDb db, World world, Period period, CancellationToken cancel)
    {
        var (start, end, mode, currency) = (world.Owner.StartOf(period.From), world.Owner.StartOf(period.To.AddDays(1)), world.Mode, world.Owner.Currency);
        var rows = await (
            from credit in db.Set<Credit>().AsNoTracking()
            where credit.Model == Model && credit.Mode == mode && credit.Currency == currency && credit.TouchedAt != null
                && ((credit.TouchedAt >= start && credit.TouchedAt < end) || (credit.PaidAt >= start && credit.PaidAt < end))
            join touch in db.Set<Touch>() on credit.TouchId equals touch.Id into touches
            from touch in touches.DefaultIfEmpty()
            select new { credit.InvoiceId, credit.Channel, credit.Platform, credit.CampaignId, AdId = (string?)touch.AdId, credit.TouchedAt, credit.PaidAt, credit.AmountMinor }).ToListAsync(cancel);

        var ids = rows.Where(row => row.AdId is not null && (row.CampaignId is null || row.Platform is null)).Select(row => row.AdId).Distinct().ToList();
        var ads = await db.Set<AdSpend>().AsNoTracking().Where(spend => spend.Mode == mode && ids.Contains(spend.AdId)).Select(spend => new { spend.AdId, spend.Platform, spend.CampaignId }).Distinct().ToListAsync(cancel);
        var campaigns = ads.GroupBy(ad => ad.AdId).Where(group => group.Count() == 1).ToDictionary(group => group.Key, group => group.Single());
        return rows.ConvertAll(row =>
        {
            var ad = row.AdId is { } id ? campaigns.GetValueOrDefault(id) : null;
            return new AdCredit(row.InvoiceId, row.Channel is { } channel && Channel.IsPaid(channel), row.Platform ?? ad?.Platform, row.CampaignId ?? ad?.CampaignId, row.AdId, world.Owner.DayOf(row.TouchedAt!.Value), world.Owner.DayOf(row.PaidAt), row.AmountMinor);
        });
    }

    private static async Task<ClickMaturity> MaturityAsync(RevOpsDb db, World world, CancellationToken cancel)
    {
        var (since, mode, currency) = (world.Owner.StartOf(world.Today.AddDays(-MaturityDays)), world.Mode, world.Owner.Currency);
        var credits = await db.Set<Credit>().AsNoTracking().Where(credit => credit.Model == Model && credit.Mode == mode && credit.Currency == currency && credit.TouchedAt >= since && (credit.Channel == Channel.PaidSearch || credit.Channel == Channel.PaidSocial))
            .Select(credit => new { credit.TouchedAt, credit.PaidAt, credit.AmountMinor }).ToListAsync(cancel);
        return ClickMaturity.Of(credits.Select(credit => (world.Owner.DayOf(credit.TouchedAt!.Value), world.Owner.DayOf(credit.PaidAt), credit.AmountMinor)), world.Today);
    }

    private static Task<long> PaidAsync(RevOpsDb db, World world, Period period, CancellationToken cancel)
    {
        var (start, end, mode, currency) = (world.Owner.StartOf(period.From), world.Owner.StartOf(period.To.AddDays(1)), world.Mode, world.Owner.Currency);
        return db.Set<Payment>().Where(payment => payment.Mode == mode && payment.Currency == currency && payment.OccurredAt >= start && payment.OccurredAt < end).SumAsync(payment => payment.AmountMinor, cancel);
    }

    /// <summary>Money in other currencies, and spend of another mode: neither is added to what it does not belong to.</summary>
    private static async Task<LeftOut> LeftOutAsync(RevOpsDb db, World world, Period period, CancellationToken cancel)
    {
        var (start, end, mode, currency) = (world.Owner.StartOf(period.From), world.Owner.StartOf(period.To.AddDays(1)), world.Mode, world.Owner.Currency);
        var spent = await db.Set<AdSpend>().Where(row => row.Day >= period.From && row.Day <= period.To && row.Mode == mode && row.Currency != currency)
            .GroupBy(row => row.Currency).Select(group => new { group.Key, Minor = group.Sum(row => row.CostMinor) }).ToListAsync(cancel);
        var paid = await db.Set<Payment>().Where(payment => payment.Mode == mode && payment.Currency != currency && payment.OccurredAt >= start && payment.OccurredAt < end)
            .GroupBy(payment => payment.Currency).Select(group => new { group.Key, Minor = group.Sum(payment => payment.AmountMinor) }).ToListAsync(cancel);
        var others = await db.Set<AdSpend>().Where(row => row.Day >= period.From && row.Day <= period.To && row.Mode != mode).Select(row => row.Mode).Distinct().ToListAsync(cancel);
        return new([.. spent.Select(row => new Money(row.Minor, row.Key)).OrderBy(money => money.Currency, StringComparer.Ordinal)], [.. paid.Select(row => new Money(row.Minor, row.Key)).OrderBy(money => money.Currency, StringComparer.Ordinal)], others);
    }

    private sealed record World(CompanyVersion Owner, Mode Mode, DateOnly Today);
}

/// <param name="Spent">In each other currency.</param>
/// <param name="Paid">In each other currency.</param>
/// <param name="Modes">That spend of the period is of, beside the one shown.</param>
public sealed record LeftOut(IReadOnlyList<Money> Spent, IReadOnlyList<Money> Paid, IReadOnlyList<Mode> Modes);

public sealed record ReturnDay(DateOnly Day, long CostMinor, long CreditMinor, bool IsMature);

public sealed record AdReturnReport
{
    public required Period Period { get; init; }

    /// <summary>Of the campaign that is opened, as its last day names it.</summary>
    public string? Name { get; init; }

    public required string Currency { get; init; }
    public required Mode Mode { get; init; }
    public required DateOnly Today { get; init; }
    public required IReadOnlyList<ReturnLine> Lines { get; init; }

    /// <summary>What is spent, and credited to clicks that cost money, where the table is opened.</summary>
    public required ReturnLine Total { get; init; }

    /// <summary>All credits of the days and what has none: the sum of the lines of all platforms.</summary>
    public required long TotalCreditMinor { get; init; }

    /// <summary>All that was paid in the days.</summary>
    public required long PaidMinor { get; init; }

    /// <summary>Null by payment.</summary>
    public required ClickMaturity? Maturity { get; init; }

    /// <summary>Of the place that is opened.</summary>
    public required IReadOnlyList<ReturnDay> Days { get; init; }

    public required LeftOut LeftOut { get; init; }
}
