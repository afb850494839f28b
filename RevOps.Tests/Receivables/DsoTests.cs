using RevOps.Core.Receivables;

namespace RevOps.Tests.Receivables;

public sealed class DsoTests
{
    private static readonly DateOnly Day = new(2026, 3, 31);

    [Fact]
    public void Figures_OfAHandCase()
    {
        // January 1,000, February 2,000, March 3,000; open: all of March, half of February.
        Receivable[] receivables =
        [
            new(new(2026, 1, 10), new(2026, 2, 9), 100_000, 0),
            new(new(2026, 2, 10), new(2026, 3, 12), 200_000, 100_000),
            new(new(2026, 3, 10), new(2026, 4, 9), 300_000, 300_000),
        ];
        var dso = Dso.AsOf(Day, receivables);
        Assert.Equal(4_000.0 / 6_000 * 90, dso.SimpleDays!.Value, 9);
        Assert.Equal(31 + (1_000.0 / 2_000 * 28), dso.CountBackDays!.Value, 9);
        Assert.Equal((49 * 0.5) + 21, dso.TrueDays!.Value, 9);
        Assert.Equal(3_000.0 / 6_000 * 90, dso.BestPossibleDays!.Value, 9);
    }

    [Fact]
    public void Figures_WithoutSales_AreUnknown() => Assert.Equal(new Dso(null, null, null, null), Dso.AsOf(Day, []));

    [Fact]
    public void CountBack_OnAHistoryTooShort_IsUnknown() =>
        Assert.Null(Dso.AsOf(Day, [new(new(2026, 3, 1), new(2026, 3, 31), 100, 150)]).CountBackDays);

    [Fact]
    public void IssuedLater_CountsForNothing() => Assert.Null(Dso.AsOf(Day, [new(Day.AddDays(1), Day.AddDays(31), 100, 100)]).SimpleDays);
}
