using RevOps.Core.Attribution.Models;
using RevOps.Core.Attribution.Results;

namespace RevOps.Tests.Attribution;

public sealed class KnownIntervalsTests
{
    private static readonly BootstrapCredit Linear = new(AttributionModel.Linear, 1, [], []);

    [Theory]
    [InlineData(100, 104, 900, false)]
    [InlineData(100, 106, 900, true)]
    [InlineData(100, 100, 950, true)]
    [InlineData(20, 20, 900, false)]
    [InlineData(20, 21, 900, true)]
    [InlineData(20, 20, 901, true)]
    public void DrawnAnew_WhenTheJourneysMoved(long drawnFrom, long now, long minor, bool missing)
    {
        var known = new KnownIntervals();
        Assert.True(known.IsMissing(AttributionModel.Linear, new(drawnFrom, 1_000, 900)));
        known.Keep(Linear, new(drawnFrom, 1_000, 900));
        Assert.Equal(missing, known.IsMissing(AttributionModel.Linear, new(now, 1_000, minor)));
        Assert.True(known.IsMissing(AttributionModel.First, new(drawnFrom, 1_000, 900)));
        Assert.Same(Linear, known.Of(AttributionModel.Linear));
    }
}
