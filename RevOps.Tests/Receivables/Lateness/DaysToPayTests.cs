using FsCheck;
using FsCheck.Fluent;
using RevOps.Core.Receivables.Lateness;

namespace RevOps.Tests.Receivables.Lateness;

/// <summary>How long clients take to pay, with the numbers that a spreadsheet gives for the same invoices.</summary>
public sealed class DaysToPayTests
{
    private static readonly DateOnly Issued = new(2026, 1, 1);
    private static readonly Arbitrary<int> Seeds = Gen.Choose(0, int.MaxValue - 1).ToArbitrary();

    [Fact]
    public void Spread_IsThatOfASpreadsheet()
    {
        // PERCENTILE.INC of 10, 20, 30, 40, 90.
        var found = DaysToPay.Of([Paid(10), Paid(20), Paid(30), Paid(40), Paid(90, 400)])!;
        Assert.Equal((5, 10, 20.0, 30.0, 40.0, 70.0, 90, 38.0), (found.Count, found.FromIssue.Least, found.FromIssue.LowerQuartile, found.FromIssue.Median, found.FromIssue.UpperQuartile, found.FromIssue.Ninth, found.FromIssue.Most, found.FromIssue.Mean));

        // A euro is waited for longer: the large one came last.
        Assert.Equal(57.5, found.FromIssue.WeightedMean!.Value, 9);
        Assert.Equal((0.0, 2L, 5L), (found.FromDue.Median, found.Late.Hits, found.Late.Of));
        Assert.Equal([2, 0, 1, 0, 1, 0, 1, 0], found.Histogram);
    }

    [Theory]
    [InlineData(-8, PaidBucket.Early)]
    [InlineData(-7, PaidBucket.JustBefore)]
    [InlineData(-1, PaidBucket.JustBefore)]
    [InlineData(0, PaidBucket.OnTheDay)]
    [InlineData(7, PaidBucket.UpTo7)]
    [InlineData(8, PaidBucket.UpTo15)]
    [InlineData(16, PaidBucket.UpTo30)]
    [InlineData(31, PaidBucket.UpTo60)]
    [InlineData(61, PaidBucket.Over60)]
    public void ABucket_BeginsTheDayAfterTheOneBefore(int days, PaidBucket expected) => Assert.Equal(expected, DaysToPay.BucketOf(days));

    [Fact]
    public void NothingPaid_IsNoFigure() => Assert.Null(DaysToPay.Of([]));

    [Fact]
    public void TheHistogram_AddsUpAndQuartilesAreInOrder() => Check.QuickThrowOnFailure(Prop.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        var found = DaysToPay.Of([.. Enumerable.Range(0, random.Next(1, 40)).Select(_ => Paid(random.Next(0, 200), random.Next(0, 5_000)))])!;
        double[] order = [found.FromDue.Least, found.FromDue.LowerQuartile, found.FromDue.Median, found.FromDue.UpperQuartile, found.FromDue.Ninth, found.FromDue.Most];
        return found.Histogram.Sum() == found.Count && found.Histogram.Skip((int)PaidBucket.UpTo7).Sum() == found.Late.Hits && order.SequenceEqual(order.Order())
            && found.FromIssue.Median - found.FromDue.Median == 30;
    }));

    private static SettledInvoice Paid(int days, long minor = 100) => new(Guid.Empty, Issued, Issued.AddDays(30), Issued.AddDays(days), minor);
}
