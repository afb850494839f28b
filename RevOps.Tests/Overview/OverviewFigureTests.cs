using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Billing;
using RevOps.Core.Conversions;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Live;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Scorecard;
using RevOps.Core.Spend;

namespace RevOps.Tests.Overview;

/// <summary>The figures of a period and of the one it is compared with, and the rows that have to add up to them.</summary>
public sealed class OverviewFigureTests(OverviewWorld world) : IClassFixture<OverviewWorld>
{
    private static readonly RowOrder First = new();

    [Fact]
    public async Task Receivables_StandAsOfTheEvening()
    {
        var (now, before) = await BothAsync();

        // B lacks 70.00 and is not due yet, C lacks all of it and is late; A, B and C were issued within 90 days.
        Assert.Equal((19_000L, 12_000L, 7_000L, 36_000L), (now.Receivables.OpenMinor, now.Receivables.OverdueMinor, now.Receivables.NotDueMinor, now.Receivables.SoldMinor));
        Assert.Equal((47.5, 17.5), (now.Dso.SimpleDays!.Value, now.Dso.BestPossibleDays!.Value), new Close());

        // On 31 January nothing was paid, and B was not issued.
        Assert.Equal((24_000L, 12_000L, 24_000L), (before.Receivables.OpenMinor, before.Receivables.OverdueMinor, before.Receivables.SoldMinor));
        Assert.Equal(90, before.Dso.SimpleDays!.Value, 1e-9);
    }

    [Fact]
    public async Task Cash_StandsPerCurrencyAndByTheDayOfPayment()
    {
        var (now, before) = await BothAsync();
        Assert.Equal([new Money(17_000, "EUR"), new Money(12_000, "USD")], now.Cash);
        Assert.Equal([Money.Zero("EUR")], before.Cash);
        Assert.Equal([(new DateOnly(2026, 2, 5), 12_000m), (new DateOnly(2026, 2, 20), 5_000m)], DaysWith(now.Days.Cash));
    }

    [Fact]
    public async Task Waiting_IsToldFromDraftsAndDecisions()
    {
        var (now, before) = await BothAsync();

        // F since 25 February, six days; B from 30 January to its approval on 10 February; D and E for one day. G is being drafted anew.
        Assert.Equal((1, 1), (now.Waiting, before.Waiting));
        Assert.Equal(6 + 9 + 1 + 1, now.Days.Waiting.Sum());
    }

    [Fact]
    public async Task AdReturn_GoesByTheClickAndByThePayment()
    {
        var (now, before) = await BothAsync();
        Assert.Equal((10_000L, 5_000L, 17_000L), (now.Ads.SpendMinor, now.Ads.ByClickMinor, now.Ads.ByPaymentMinor));
        Assert.Equal((0.5, 1.7), (now.Ads.ByClickDate!.Value, now.Ads.ByPaymentDate!.Value), new Close());
        Assert.Equal([(new DateOnly(2026, 2, 9), 0.5m)], DaysWith(now.Ads.Days));
        Assert.Equal((4_000L, 12_000L, 0L, 3.0), (before.Ads.SpendMinor, before.Ads.ByClickMinor, before.Ads.ByPaymentMinor, before.Ads.ByClickDate!.Value));
    }

    [Fact]
    public async Task Conversions_AreCountedByFateOnTheDayOfTheirStage()
    {
        var (now, before) = await BothAsync();
        var fates = now.Conversions;
        Assert.Equal((1, 1, 1, 2, 1), (fates.Queued, fates.Received, fates.Held, fates.Delivered, fates.Rejected));
        Assert.Equal(0.4, fates.DeliveryRate!.Value, 1e-9);
        Assert.Equal([(new DateOnly(2026, 2, 10), 1m), (new DateOnly(2026, 2, 11), 1m)], DaysWith(fates.Days));
        Assert.Equal((1, 1.0), (before.Conversions.Delivered, before.Conversions.DeliveryRate!.Value));
    }

    [Fact]
    public async Task EveryDayOfACourse_IsTheFigureOfThatDay()
    {
        // Longer than what DSO divides by, so that sales leave it again.
        var period = Period.Ending(OverviewWorld.Chosen.To, 120);
        var course = (await world.Figures.OfAsync(period, null, TimeSpan.Zero, CancellationToken.None)).Chosen.Days;
        for (var day = 0; day < period.Days; day++)
        {
            var on = period.From.AddDays(day);
            var figures = (await world.Figures.OfAsync(new(on, on), null, TimeSpan.Zero, CancellationToken.None)).Chosen;
            Assert.Equal((figures.Dso.SimpleDays ?? -1, figures.Waiting, figures.Cash[0].Minor), ((double)(course.Dso[day] ?? -1), (int)course.Waiting[day]!, (long)course.Cash[day]!), new Close());
        }
    }

    [Theory]
    [InlineData(ReceivableRows.Open, 19_000, 2)]
    [InlineData(ReceivableRows.Overdue, 12_000, 1)]
    [InlineData(ReceivableRows.NotDue, 7_000, 1)]
    [InlineData(ReceivableRows.Sold, 36_000, 3)]
    public async Task ReceivableRows_AddUpToTheirFigure(ReceivableRows which, long sum, int count)
    {
        var parts = (await BothAsync()).Now.Receivables;
        var figure = which switch { ReceivableRows.Open => parts.OpenMinor, ReceivableRows.Overdue => parts.OverdueMinor, ReceivableRows.NotDue => parts.NotDueMinor, _ => parts.SoldMinor };
        var found = await world.Rows.ReceivablesAsync(which, OverviewWorld.Chosen.To, First, CancellationToken.None);
        Assert.Equal((sum, sum, count), (figure, found.Sum.Minor, found.Count));
        Assert.Equal(sum, found.Rows.Sum(row => which == ReceivableRows.Sold ? row.Gross.Minor : row.Open.Minor));
    }

    [Fact]
    public async Task OtherRows_AddUpToTheirFigure()
    {
        var now = (await BothAsync()).Now;
        foreach (var cash in now.Cash)
            AddsUp(cash, await world.Rows.PaymentsAsync(OverviewWorld.Chosen, cash.Currency, First, CancellationToken.None), row => row.Amount);
        AddsUp(new(now.Ads.ByClickMinor, "EUR"), await world.Rows.CreditsAsync(CreditDay.Click, OverviewWorld.Chosen, First, CancellationToken.None), row => row.Amount);
        AddsUp(new(now.Ads.ByPaymentMinor, "EUR"), await world.Rows.CreditsAsync(CreditDay.Payment, OverviewWorld.Chosen, First, CancellationToken.None), row => row.Amount);
        AddsUp(new(now.Ads.SpendMinor, "EUR"), await world.Rows.SpendAsync(OverviewWorld.Chosen, First, CancellationToken.None), row => row.Cost);

        var incomplete = (await world.Work.NowAsync(TimeSpan.Zero, CancellationToken.None)).Incomplete;
        Assert.Equal(1, incomplete.Count);
        AddsUp(incomplete.Sums[0], await world.Rows.IncompleteAsync(First, CancellationToken.None), row => row.Gross);
    }

    [Fact]
    public async Task CommitThatChangesNoFigure_LeavesTheSameObjects()
    {
        async Task<(object, object)> ReadAsync() =>
            (await world.Figures.OfAsync(OverviewWorld.Chosen, OverviewWorld.Chosen.Previous, TimeSpan.Zero, CancellationToken.None), await world.Work.NowAsync(TimeSpan.Zero, CancellationToken.None));

        var (figures, work) = await ReadAsync();
        world.Host.Services.GetRequiredService<ChangeFeed>().Publish(nameof(Invoice), nameof(Conversion), nameof(AdSpend), nameof(OutboxRow));
        var (figuresNow, workNow) = await ReadAsync();
        Assert.Same(figures, figuresNow);
        Assert.Same(work, workNow);
    }

    private static void AddsUp<TRow>(Money figure, FigureRows<TRow> found, Func<TRow, Money> amount)
    {
        Assert.NotEqual(0, figure.Minor);
        Assert.Equal((figure, found.Rows.Count), (found.Sum, found.Count));
        Assert.Equal(figure, found.Rows.Select(amount).Aggregate((one, other) => one + other));
    }

    private static List<(DateOnly Day, decimal Value)> DaysWith(IReadOnlyList<decimal?> course) =>
        [.. course.Select((value, at) => (OverviewWorld.Chosen.From.AddDays(at), value ?? 0)).Where(day => day.Item2 != 0)];

    private async Task<(PeriodFigures Now, PeriodFigures Before)> BothAsync()
    {
        var both = await world.Figures.OfAsync(OverviewWorld.Chosen, OverviewWorld.Chosen.Previous, TimeSpan.Zero, CancellationToken.None);
        return (both.Chosen, both.Compared!);
    }

    /// <summary>Numbers that were divided are alike to the ninth place.</summary>
    private sealed class Close : IEqualityComparer<(double, double)>, IEqualityComparer<(double, int, long)>
    {
        public bool Equals((double, double) one, (double, double) other) => IsClose(one.Item1, other.Item1) && IsClose(one.Item2, other.Item2);

        public bool Equals((double, int, long) one, (double, int, long) other) => IsClose(one.Item1, other.Item1) && (one.Item2, one.Item3) == (other.Item2, other.Item3);

        public int GetHashCode((double, double) pair) => 0;

        public int GetHashCode((double, int, long) three) => 0;

        private static bool IsClose(double one, double other) => Math.Abs(one - other) < 1e-9;
    }
}
