using RevOps.Core.Forecasting;

namespace RevOps.Tests.Forecasting;

public sealed class IntervalWidthsTests
{
    /// <summary>Where long pasts tell twice as much as short ones, a long one gets half the width, and both hold what they should.</summary>
    [Fact]
    public void Widths_FallWithTheLengthOfThePast()
    {
#pragma warning disable CA5394 // The same cases every time are what is asked for.
        var random = new Random(5);
        (int Past, double Off)[] Misses(int count, int past) => [.. Enumerable.Range(0, count).Select(_ => (past, Math.Abs(random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5) / Math.Sqrt(past)))];
#pragma warning restore CA5394
        IReadOnlyList<(int, double)>[] steps = [.. Enumerable.Range(0, 4).Select(_ => (IReadOnlyList<(int, double)>)[.. Misses(600, 12), .. Misses(600, 48)])];
        var widths = IntervalWidths.Of(steps);

        Assert.Equal(-0.5, widths.Length.Power, 0.1);
        Assert.Equal(2, widths.At(0, 12).Of95 / widths.At(0, 48).Of95, 0.3);
        foreach (var past in new[] { 12, 48 })
            Assert.Equal(0.95, Misses(2_000, past).Count(miss => miss.Off <= widths.At(0, past).Of95) / 2_000d, 0.02);

        // Of lengths that were not seen nothing is said.
        Assert.Equal((widths.At(0, 12), widths.At(0, 48)), (widths.At(0, 2), widths.At(0, 500)));
        Assert.Equal((1.2816, 1.96), IntervalWidths.Normal.At(9, 3));
    }

    [Fact]
    public void ALongerPast_NeverTellsLess() =>
        Assert.Equal(0, PastLength.Of([[(10, 1), (10, 2), (40, 4), (40, 8)]]).Power);
}
