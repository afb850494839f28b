using Microsoft.EntityFrameworkCore;
using RevOps.Core.Attribution;
using RevOps.Core.Billing;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Conversions;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Live;
using RevOps.Core.Receivables;
using RevOps.Core.Scorecard.Checks;
using RevOps.Core.Spend;

namespace RevOps.Core.Scorecard;

/// <summary>
/// The figures of the Overview. Everybody who looks at the same days shares one computation, and a commit computes anew only the part that
/// it touched: invoices and payments, ads, or conversions.
/// </summary>
public sealed class OverviewQueries
{
    private const int UsualDays = 30;

    private readonly IDbContextFactory<RevOpsDb> databases;
    private readonly CompanyProfile company;
    private readonly StripeAccount stripe;
    private readonly ScorecardQueries scorecard;
    private readonly TimeProvider clock;
    private readonly SharedRead<World, InvoiceHistory> histories;
    private readonly SharedRead<(World World, Period Period), AdReturn> ads;
    private readonly SharedRead<(World World, Period Period), ConversionFates> conversions;
    private readonly SharedRead<(World World, Period Chosen, Period? Compared), OverviewFigures> figures;

    public OverviewQueries(IDbContextFactory<RevOpsDb> databases, CompanyProfile company, StripeAccount stripe, ScorecardQueries scorecard, ChangeFeed feed, TimeProvider clock)
    {
        (this.databases, this.company, this.stripe, this.scorecard, this.clock) = (databases, company, stripe, scorecard, clock);
        histories = new(feed, [nameof(Invoice), nameof(Payment), nameof(InvoiceDecision)], ReadHistoryAsync);
        ads = new(feed, [nameof(AdSpend), nameof(Credit)], key => ReadAdsAsync(key.World, key.Period));
        conversions = new(feed, [nameof(Conversion)], key => ReadConversionsAsync(key.World, key.Period));
        figures = new(feed, [nameof(Invoice), nameof(Payment), nameof(InvoiceDecision), nameof(AdSpend), nameof(Credit), nameof(Conversion), nameof(ScoreDay)], key => ComputeAsync(key.World, key.Chosen, key.Compared)) { Pauses = true, KeepsEqual = true };
    }

    /// <summary>The last 30 days, today included.</summary>
    public async Task<Period> UsualPeriodAsync(CancellationToken cancel) => Period.Ending((await company.CurrentAsync(cancel)).DayOf(clock.GetUtcNow()), UsualDays);

    /// <summary>The same object as before while nothing has changed.</summary>
    /// <param name="chosen">The days.</param>
    /// <param name="compared">The days to compare with.</param>
    /// <param name="mayBeOld">Figures of this age will do.</param>
    /// <param name="cancel">Ends the waiting, not the computing.</param>
    public async Task<OverviewFigures> OfAsync(Period chosen, Period? compared, TimeSpan mayBeOld, CancellationToken cancel)
    {
        var world = new World(stripe.Connection?.Mode ?? Mode.Live, await company.CurrentAsync(cancel));
        return await figures.OfAsync((world, chosen, compared), mayBeOld).WaitAsync(cancel);
    }

    private async Task<OverviewFigures> ComputeAsync(World world, Period chosen, Period? compared) => new()
    {
        Mode = world.Mode,
        Currency = world.Owner.Currency,
        Chosen = await OfPeriodAsync(world, chosen),
        Compared = compared is { } other ? await OfPeriodAsync(world, other) : null,
        Score = (await scorecard.OfAsync(world.Mode, CancellationToken.None)).Figures,
    };

    private async Task<PeriodFigures> OfPeriodAsync(World world, Period period)
    {
        var history = await histories.OfAsync(world);
        var receivables = history.ReceivablesOn(period.To);
        var dso = Dso.AsOf(period.To, receivables);
        var sales = Period.Ending(period.To, Dso.PeriodDays);
        return new()
        {
            Period = period,
            Dso = new(dso.SimpleDays, dso.CountBackDays, dso.TrueDays, dso.BestPossibleDays),
            Receivables = new(
                receivables.Sum(row => row.OpenMinor),
                receivables.Where(row => row.DueOn < period.To).Sum(row => row.OpenMinor),
                receivables.Where(row => row.IssuedOn >= sales.From).Sum(row => row.GrossMinor),
                sales),
            Cash = history.CashIn(period),
            Waiting = history.WaitingOn(period.To),
            Ads = await ads.OfAsync((world, period)),
            Conversions = await conversions.OfAsync((world, period)),
            Days = new(history.DsoByDay(period), history.CashByDay(period), history.WaitingByDay(period)),
        };
    }

    private async Task<InvoiceHistory> ReadHistoryAsync(World world)
    {
        await using var db = await databases.CreateDbContextAsync();
        return await InvoiceHistory.ReadAsync(db, world.Owner, world.Mode, CancellationToken.None);
    }

    private async Task<AdReturn> ReadAdsAsync(World world, Period period)
    {
        await using var db = await databases.CreateDbContextAsync();
        var (start, end, currency, mode) = (world.StartOf(period), world.EndOf(period), world.Owner.Currency, world.Mode);
        var spent = await db.Set<AdSpend>().Where(row => row.Mode == mode && row.Currency == currency && row.Day >= period.From && row.Day <= period.To)
            .GroupBy(row => row.Day).Select(group => new { Day = group.Key, Minor = group.Sum(row => row.CostMinor) }).ToListAsync();
        var credits = PaidCredits(db, mode, currency);
        var clicks = await credits.Where(credit => credit.TouchedAt >= start && credit.TouchedAt < end).Select(credit => new { credit.TouchedAt, credit.AmountMinor }).ToListAsync();
        var byPayment = await credits.Where(credit => credit.PaidAt >= start && credit.PaidAt < end).SumAsync(credit => credit.AmountMinor);

        var clicked = clicks.ToLookup(click => world.Owner.DayOf(click.TouchedAt!.Value), click => click.AmountMinor);
        var days = new decimal?[period.Days];
        foreach (var day in spent.Where(day => day.Minor != 0))
            days[day.Day.DayNumber - period.From.DayNumber] = (decimal)clicked[day.Day].Sum() / day.Minor;
        return new(CreditTouches.LastNonDirect, spent.Sum(day => day.Minor), clicks.Sum(click => click.AmountMinor), byPayment, days);
    }

    /// <summary>What ROAS counts: credit of the one model, to channels that cost money.</summary>
    internal static IQueryable<Credit> PaidCredits(RevOpsDb db, Mode mode, string currency) => db.Set<Credit>().AsNoTracking()
        .Where(credit => credit.Model == CreditTouches.LastNonDirect && credit.Mode == mode && credit.Currency == currency
            && (credit.Channel == Channel.PaidSearch || credit.Channel == Channel.PaidSocial));

    private async Task<ConversionFates> ReadConversionsAsync(World world, Period period)
    {
        await using var db = await databases.CreateDbContextAsync();
        var (start, end, mode) = (world.StartOf(period), world.EndOf(period), world.Mode);
        var reached = db.Set<Conversion>().Where(conversion => conversion.Mode == mode && conversion.OccurredAt >= start && conversion.OccurredAt < end);
        var counts = await reached.GroupBy(conversion => conversion.Status).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(row => row.Key, row => row.Count);
        var delivered = await reached.Where(conversion => conversion.Status == ConversionStatus.Delivered).Select(conversion => conversion.OccurredAt).ToListAsync();

        var days = new decimal?[period.Days];
        Array.Fill(days, 0);
        foreach (var at in delivered)
            days[world.Owner.DayOf(at).DayNumber - period.From.DayNumber]++;
        int Of(ConversionStatus status) => counts.GetValueOrDefault(status);
        return new(Of(ConversionStatus.Queued), Of(ConversionStatus.Received), Of(ConversionStatus.Held), delivered.Count, Of(ConversionStatus.Rejected), days);
    }

    /// <summary>Whose money, in which mode; another version of the company has other days and another currency.</summary>
    private sealed record World(Mode Mode, CompanyVersion Owner)
    {
        public DateTimeOffset StartOf(Period period) => Owner.StartOf(period.From);

        public DateTimeOffset EndOf(Period period) => Owner.StartOf(period.To.AddDays(1));

        public bool Equals(World? other) => other is not null && Mode == other.Mode && Owner.Id == other.Owner.Id;

        public override int GetHashCode() => HashCode.Combine(Mode, Owner.Id);
    }
}
