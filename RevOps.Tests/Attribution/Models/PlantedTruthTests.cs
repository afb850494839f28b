using RevOps.Core.Attribution.Models;
using RevOps.Core.Attribution.Results;

namespace RevOps.Tests.Attribution.Models;

public sealed class PlantedTruthTests
{
    private const int Journeys = 40_000;

    [Fact]
    public void Error_IsTheCreditThatStandsAtAWrongChannel()
    {
        var planted = PlantedTruth.Draw(Journeys, seed: 1);
        var errors = planted.Errors();
        Assert.Equal(AttributionModels.All.Count - 1, errors.Count);
        foreach (var error in errors)
        {
            // What some channels have too much, others have too little.
            Assert.Equal(1, error.Shares.Sum(), 9);
            Assert.Equal(error.Shares.Zip(planted.Truth, (share, truth) => Math.Max(0, share - truth)).Sum(), error.Misplaced, 9);
        }

        Assert.Equal(errors.Select(error => error.Misplaced).Order(), errors.Select(error => error.Misplaced));
    }

    /// <summary>Journeys with a channel convert more often by its effect than alike ones without it; what was planted is found in the journeys themselves.</summary>
    [Fact]
    public void Truth_IsWhatWasPlantedWhateverTheSeed()
    {
        var (one, other) = (PlantedTruth.Draw(Journeys, seed: 1), PlantedTruth.Draw(Journeys, seed: 2));
        Assert.Equal(one.Truth, PlantedTruth.Draw(Journeys, seed: 1).Truth);
        Assert.NotEqual(one.Paths.Total, other.Paths.Total);
        foreach (var (channel, planted) in PlantedTruth.Channels.Index())
        {
            Assert.Equal(one.Truth[channel], other.Truth[channel], 0.01);
            Assert.Equal(planted.Effect == 0, one.Truth[channel] == 0);
        }

        // Each channel's effect times the journeys that met it, of all effects.
        double[] met = [.. Enumerable.Range(0, PlantedTruth.Channels.Count).Select(channel => Enumerable.Range(0, one.Paths.Count).Where(at => one.Paths.PathOf(at).Contains((byte)channel)).Sum(at => (double)one.Paths.OutcomeOf(at).Journeys))];
        double[] effects = [.. met.Zip(PlantedTruth.Channels, (journeys, channel) => journeys * channel.Effect)];
        Assert.All(effects.Zip(one.Truth), pair => Assert.Equal(pair.First / effects.Sum(), pair.Second, 9));
        Assert.Equal(effects.Sum() / one.Paths.Total.Conversions, one.Caused, 9);
    }

    /// <summary>The last touch pays those who harvest; the game of rates, which looks at journeys that came to nothing, pays them less.</summary>
    [Fact]
    public void WhoHarvests_IsPaidTooMuchByTheLastTouch_AndLessByTheGameOfRates()
    {
        foreach (var seed in new[] { 1, 2, 3 })
        {
            var errors = PlantedTruth.Draw(Journeys, seed).Errors().ToDictionary(error => error.Model);
            var (last, shapley) = (errors[AttributionModel.Last], errors[AttributionModel.Shapley]);
            Assert.True(last.Shares[PlantedTruth.Direct] > 0.08, $"{last.Shares[PlantedTruth.Direct]:P1} to who brings nothing about");
            Assert.True(shapley.Shares[PlantedTruth.Direct] < last.Shares[PlantedTruth.Direct]);
            Assert.All(new[] { AttributionModel.Last, AttributionModel.Linear }, rule => Assert.True(shapley.Misplaced < errors[rule].Misplaced, $"{shapley.Misplaced:P1}, {rule} {errors[rule].Misplaced:P1}"));
        }
    }

    /// <summary>What is validated is what is shown, however well another one did.</summary>
    [Fact]
    public void WhatIsShownWhereNothingIsChosen_IsTheChainOfTheHeldOutOrder()
    {
        EvidenceError[] errors = [.. AttributionModels.All.Where(model => model.IsAdditive).Select(model => new EvidenceError(model, 0.1, 0.2, model == AttributionModel.Shapley ? 0.01 : 0.4))];
        EvidenceReport report = new(DateTimeOffset.UnixEpoch, 1, 100, 1, 0.5, errors) { Order = 2 };
        Assert.Equal((AttributionModel.Markov2, AttributionModel.Markov1), (report.Usual.Model, (report with { Order = 0 }).Usual.Model));
        Assert.Equal(report.Usual, System.Text.Json.JsonSerializer.Deserialize<EvidenceReport>(System.Text.Json.JsonSerializer.Serialize(report))!.Usual);
    }
}
