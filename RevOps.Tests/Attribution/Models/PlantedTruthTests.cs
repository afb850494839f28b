using RevOps.Core.Attribution.Models;

namespace RevOps.Tests.Attribution.Models;

public sealed class PlantedTruthTests
{
    [Fact]
    public void EveryModel_IsLaidBesideTheTruth()
    {
        var planted = PlantedTruth.Draw(20_000, seed: 1);

        var errors = planted.Errors();

        Assert.Equal(1, planted.Truth.Sum(), 9);
        Assert.Equal(0, planted.Truth[PlantedTruth.Direct]);
        Assert.InRange(planted.Caused, 0.3, 0.7);
        Assert.Equal(AttributionModels.All.Count - 1, errors.Count);
        Assert.All(errors, error => Assert.InRange(error.Misplaced, 0, 1));
        Assert.Equal(errors.OrderBy(error => error.Misplaced), errors);

        // The last touch pays those who harvest.
        Assert.True(errors.Single(error => error.Model == AttributionModel.Last).Shares[PlantedTruth.Direct] > 0.05);
        Assert.Equal(planted.Truth, PlantedTruth.Draw(20_000, seed: 1).Truth);
    }
}
