using System.Text.Json;
using RevOps.Core.Forecasting;
using RevOps.Core.Platform;
using RevOps.Core.Receivables;
using RevOps.Core.Receivables.Cash;
using RevOps.Core.Scorecard.Outlook;

namespace RevOps.Tests.Scorecard.Outlook;

public sealed class OutlookTests
{
    // A Thursday; its week began on the 23rd.
    private static readonly DateOnly Today = new(2026, 11, 26);

    [Fact]
    public void Series_HoldsWholeWeeksOnly()
    {
        // From a Wednesday on: its week is not whole, nor is the running one.
        var weeks = FigureSeries.Of(Frequency.Week, [(new(2026, 11, 4), 7), (new(2026, 11, 9), 1), (new(2026, 11, 15), 2), (new(2026, 11, 23), 4)], Today)!;
        Assert.Equal((new DateOnly(2026, 11, 9), new DateOnly(2026, 11, 16)), (weeks.First, weeks.Last));
        Assert.Equal([3, 0], weeks.Values);
        Assert.Equal((3L, null), (weeks.At(new(2026, 11, 9)), weeks.At(new(2026, 11, 23))));

        // A Monday begins a whole week; a first of the month a whole month.
        Assert.Equal([5], FigureSeries.Of(Frequency.Week, [(new(2026, 11, 16), 5)], Today)!.Values);
        Assert.Equal([5, 0], FigureSeries.Of(Frequency.Month, [(new(2026, 9, 1), 5), (new(2026, 11, 2), 9)], Today)!.Values);
        Assert.Null(FigureSeries.Of(Frequency.Month, [(new(2026, 10, 2), 5)], Today));
        Assert.Null(FigureSeries.Of(Frequency.Week, [], Today));
    }

    [Fact]
    public void Foresight_OfAYearlyCourse_BeatsNaive2()
    {
        var lots = new Random(3);
        var months = new FigureSeries(Frequency.Month, new(2020, 1, 1), [.. Enumerable.Range(0, 82).Select(at => 500_000 + (9_000L * at) + (long)(80_000 * Math.Sin(at * Math.PI / 6)) + lots.Next(20_000))]);
        var found = Foresight.Of(months);
        Assert.Equal((12, new DateOnly(2026, 11, 1)), (found.Steps.Count, found.Steps[0].Start));
        Assert.True(found.Trial.OfChosen!.Owa < 1 && !found.IsShort);
        Assert.All(found.Steps, step => Assert.True(step.Low95 <= step.Low80 && step.Low80 <= step.Mean && step.Mean <= step.High80 && step.High80 <= step.High95));
        Assert.Equal(found.Steps, Foresight.Of(months).Steps);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    public void Foresight_OfAShortPast_SaysSo(int weeks)
    {
        var found = Foresight.Of(new(Frequency.Week, new(2026, 1, 5), [.. Enumerable.Repeat(3L, weeks)]));
        Assert.True(found.IsShort);
        Assert.Equal((13, 0), (found.Steps.Count, found.Trial.Origins));
        Assert.All(found.Steps, step => Assert.True(step.Low95 >= 0));
    }

    [Fact]
    public void Foresight_OfHalfAYear_IsTriedOverAShorterReach()
    {
        var found = Foresight.Of(new(Frequency.Week, new(2026, 1, 5), [.. Enumerable.Range(0, 33).Select(week => 40L + (week * 7 % 5))]));
        Assert.Equal((4, true), (found.Trial.Steps, found.Trial.Origins > 0));
    }

    [Fact]
    public void Accuracy_LaysTheFirstForecastOfEachWeekBesideWhatCame()
    {
        var past = new FigureSeries(Frequency.Week, new(2026, 11, 2), [10, 20, 40]);
        var accuracy = ForecastAccuracy.Of([Run(2, new(2026, 10, 26), 9, 15, 20), Run(9, new(2026, 11, 2), 25, 30), Run(10, new(2026, 11, 2), 20, 40)], past);

        Assert.Equal([1, 4, 13], accuracy.Select(one => one.Ahead));
        Assert.Equal([(10L, 9L), (20, 25)], accuracy[0].Points.Select(point => (point.Came, point.Step.Mean)));
        Assert.Equal((0.1 + 0.25) / 2, accuracy[0].Mape!.Value, 9);
        Assert.Equal(0.5, accuracy[0].Coverage95);
        Assert.Null(accuracy[1].Mape);
        Assert.Null(accuracy[1].Coverage95);
    }

    [Fact]
    public void Mark_NeedsTwoStepsOutsideInARow()
    {
        var past = new FigureSeries(Frequency.Week, new(2026, 11, 2), [10, 20, 40]);
        Assert.True(ForecastAccuracy.IsOutsideTwice([Run(9, new(2026, 11, 2), 10), Run(16, new(2026, 11, 9), 20)], past));
        Assert.False(ForecastAccuracy.IsOutsideTwice([Run(9, new(2026, 11, 2), 20), Run(16, new(2026, 11, 9), 20)], past));
        Assert.False(ForecastAccuracy.IsOutsideTwice([Run(16, new(2026, 11, 9), 20)], past));
    }

    [Fact]
    public void OldRuns_AreForgottenButForTheFirstOfEachWeek()
    {
        ForecastRun[] runs = [Kept(new(2023, 1, 2), new(2022, 12, 26)), Kept(new(2026, 9, 7), new(2026, 8, 31)), Kept(new(2026, 9, 8), new(2026, 8, 31)), Kept(new(2026, 11, 24), new(2026, 11, 16)), Kept(new(2026, 11, 25), new(2026, 11, 16))];
        Assert.Equal([new DateOnly(2023, 1, 2), new(2026, 9, 8)], MakeForecasts.Forgotten(runs, Today).Select(run => run.Day));
    }

    [Fact]
    public void SpendEffect_IsKnownOnlyWhereLeadsWentWithSpend()
    {
        var (lots, first) = (new Random(1), new DateOnly(2026, 1, 5));
        FigureSeries Weeks(Func<int, long> of, int count = 40) => new(Frequency.Week, first, [.. Enumerable.Range(0, count).Select(of)]);
        var spend = Weeks(week => 100_000 + (week % 10 * 10_000));
        var moved = SpendEffect.Of(spend, Weeks(week => 10 + (week % 10) + lots.Next(2)));
        Assert.True(moved is { IsKnown: true, Weeks: 40 } && moved.Low < moved.Elasticity && moved.FactorOf(-0.2) is > 0.7 and < 0.9);
        Assert.Equal(1, SpendEffect.Of(spend, Weeks(_ => lots.Next(20))).FactorOf(-0.2));
        Assert.False(SpendEffect.Of(Weeks(week => week, 20), Weeks(week => week, 20)).IsKnown);
        Assert.False(SpendEffect.Of(Weeks(_ => 5), Weeks(week => week)).IsKnown);

        // Both only grow: that is no effect of one on the other.
        Assert.False(SpendEffect.Of(Weeks(week => 1_000 * (week + 10)), Weeks(week => 20 + week + lots.Next(3))).IsKnown);
    }

    [Fact]
    public void Cash_AddsUpAndItsIntervalHoldsTheMiddle()
    {
        var client = Guid.NewGuid();
        var hazard = new PaymentHazard([.. Enumerable.Range(0, 60).Select(day => new WaitedInvoice(Guid.NewGuid(), day, true))]);
        CashSpread[] spreads = [.. Enumerable.Range(0, 40).Select(at => CashSpread.Of(Today, new(Guid.NewGuid(), at % 4 == 0 ? client : Guid.NewGuid(), Today.AddDays(-20), Today.AddDays(at - 10), 10_001), hazard, null, isDisputed: false))];
        ExpectedSales[] sales = [.. Enumerable.Range(0, 13).Select(week => new ExpectedSales(new DateOnly(2026, 11, 23).AddDays(7 * week), 50_000, 5_000))];
        var outlook = CashOutlook.Of(Today, spreads, sales, hazard, 30);

        Assert.Equal(spreads.Sum(spread => spread.WithinMinor), outlook.OpenMinor);
        Assert.Equal(outlook.TotalMinor, outlook.Weeks[^1].SoFar.Mean);
        Assert.All(outlook.Weeks, week => Assert.True(week.SoFar.Low95 <= week.SoFar.Low80 && week.SoFar.Low80 <= week.SoFar.High80 && week.SoFar.High80 <= week.SoFar.High95));
        Assert.All(outlook.Weeks.Skip(3), week => Assert.InRange(week.SoFar.Mean, week.SoFar.Low80, week.SoFar.High80));

        // What is sold in a week is due a month later: none of it is here before.
        Assert.Equal(0, outlook.Weeks.Take(4).Sum(week => week.NewMinor));
        Assert.True(outlook.NewMinor is > 0 and < 13 * 50_000);

        // The same facts give the same numbers.
        Assert.Equal(outlook.Weeks, CashOutlook.Of(Today, spreads, sales, hazard, 30).Weeks);
    }

    [Fact]
    public void Draws_HaveTheMeanThatIsStated()
    {
        var hazard = new PaymentHazard([.. Enumerable.Range(0, 60).Select(day => new WaitedInvoice(Guid.NewGuid(), day, true))]);
        CashSpread[] spreads = [.. Enumerable.Range(0, 7).Select(at => CashSpread.Of(Today, new(Guid.NewGuid(), Guid.NewGuid(), Today.AddDays(-20), Today.AddDays(at), 100_000), hazard, null, isDisputed: false))];
        double[] shares = [0, 0.5, 0.25, .. new double[10]];

        // Sales that are twice as far off as they are high: cut at nothing, they would lie far above.
        var draws = CashDraws.Of(spreads, [new(100_000, 200_000, shares)]);
        Assert.Equal(spreads.Sum(spread => spread.WithinMinor) + 75_000, draws[^1].Average(), 700d);
        Assert.True(draws[^1][0] >= 0 && draws[^1][^1] > 1_000_000);
        Assert.Equal(0, CashDraws.Of([], [new(0, 0, shares)])[^1].Sum());
    }

    private static ForeseenRun Run(int day, DateOnly last, params long[] means) =>
        new(new(2026, 11, day, 3, 0, 0, TimeSpan.Zero), last, [.. means.Select((mean, at) => new ForecastStep(last.AddDays(7 * (at + 1)), mean, mean - 1, mean + 1, mean - 2, mean + 2))]);

    private static ForecastRun Kept(DateOnly day, DateOnly last) => new()
    {
        Id = Guid.NewGuid(), Mode = Mode.Live, Figure = ForecastFigure.Cash, Frequency = Frequency.Week, Day = day, MadeAt = new(day, new(3, 0), TimeSpan.Zero), Currency = "EUR", First = last, Last = last,
        Model = ForecastModel.Naive2, Origins = 0, TestedSteps = 0, Points = 0, IsShort = true, OutsideTwice = false, Past = JsonSerializer.Serialize(new long[] { 1 }), Foreseen = "[]", Trials = "[]",
    };
}
