using RevOps.Core.Scorecard;
using RevOps.Core.Scorecard.Checks;

namespace RevOps.Tests.Scorecard;

/// <summary>The source document's columns come out of the weights.</summary>
public sealed class CheckBookTests
{
    [Theory]
    [InlineData(SeedState.Session176, 65, 70, 67.5)]
    [InlineData(SeedState.Session177, 75, 78, 76.5)]
    [InlineData(SeedState.Projected, 85, 90, 87.5)]
    [InlineData(SeedState.Full, 100, 100, 100)]
    public void Declared_IsTheSumOfTheWeights(SeedState column, double revEng, double marEng, double global) =>
        Assert.Equal(new Score(revEng, marEng, global), CheckBook.Declared(column));

    [Fact]
    public void All_AreThirtySevenAndDiffer()
    {
        Assert.Equal(37, CheckBook.All.Count);
        Assert.Equal(37, CheckBook.All.Select(rule => rule.Id).Distinct().Count());
        Assert.All(CheckBook.All, rule => Assert.StartsWith(rule.Discipline == Discipline.RevEng ? "R" : "M", rule.Id));
    }
}
