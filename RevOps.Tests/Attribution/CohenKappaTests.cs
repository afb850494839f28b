using FsCheck;
using FsCheck.Fluent;
using RevOps.Core.Attribution;
using RevOps.Core.Attribution.Review;

namespace RevOps.Tests.Attribution;

public sealed class CohenKappaTests
{
    private static readonly Arbitrary<int> Seeds = Gen.Choose(0, int.MaxValue - 1).ToArbitrary();

    /// <summary>Two psychiatrists on 100 patients: Fleiss, Statistical Methods for Rates and Proportions, 2nd edition 1981, table 13.1: kappa 0.68, and error 0.087 from rounded products; unrounded it is 0.0877.</summary>
    [Fact]
    public void PublishedTable_IsMet()
    {
        var kappa = CohenKappa.Of([[75, 1, 4], [5, 4, 1], [0, 0, 10]]);

        Assert.Equal((100, 0.89), (kappa.N, kappa.Agreement!.Value));
        Assert.Equal(0.6765, kappa.Kappa!.Value, 4);
        Assert.Equal(0.0877, kappa.Error!.Value, 4);
    }

    [Fact]
    public void GrantsReadByTwo_AgreeByFourTenths()
    {
        var kappa = CohenKappa.Of([[20, 5], [10, 15]]);

        Assert.Equal((0.7, 0.4), (kappa.Agreement!.Value, Math.Round(kappa.Kappa!.Value, 10)));
        Assert.False(kappa.IsFew);
        Assert.True(CohenKappa.Of([[10, 1], [1, 7]]).IsFew);
    }

    [Fact]
    public void OneAnswerToEverything_HasNoKappa()
    {
        Assert.Equal(new(12, 1, null, null), CohenKappa.Of([[12, 0], [0, 0]]));
        Assert.Equal(new(0, null, null, null), CohenKappa.Of([[0, 0], [0, 0]]));
        var oneSided = CohenKappa.Of([[12, 3], [0, 0]]);
        Assert.Equal(0, oneSided.Kappa!.Value, 10);
        Assert.Null(oneSided.Interval);
    }

    [Fact]
    public void Kappa_StaysInItsBounds_AndDoesNotAskWhoIsFirst() => Check.QuickThrowOnFailure(Prop.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        var size = random.Next(2, 4);
        var table = Enumerable.Range(0, size).Select(_ => (IReadOnlyList<int>)[.. Enumerable.Range(0, size).Select(_ => random.Next(0, 12))]).ToList();
        var turned = Enumerable.Range(0, size).Select(column => (IReadOnlyList<int>)[.. table.Select(row => row[column])]).ToList();
        var (kappa, other) = (CohenKappa.Of(table), CohenKappa.Of(turned));
        if (kappa.Kappa is not { } value)
            return other.Kappa is null;
        if (kappa.Interval is not var (low, high))
            return other.Interval is null && Math.Abs(value) < 1e-9;
        return value is >= -1 and <= 1 && Math.Abs(value - other.Kappa!.Value) < 1e-9 && Math.Abs(kappa.Error!.Value - other.Error!.Value) < 1e-9
            && low <= value + 1e-12 && high >= value - 1e-12 && (kappa.Agreement < 1 || value > 1 - 1e-9);
    }));

    [Fact]
    public void ASample_LooksLikeTheWhole_AndStays()
    {
        var all = Enumerable.Range(0, 200).Select(at => (Id: Guid.CreateVersion7(), Outcome: at < 100 ? VoiceOutcome.Qualified : at < 180 ? VoiceOutcome.Unqualified : VoiceOutcome.Callback)).ToList();
        var outcomes = all.ToDictionary(one => one.Id, one => one.Outcome);

        var drawn = BantSample.Draw(all, 50, seed: 7);

        Assert.Equal((50, 50), (drawn.Count, drawn.Distinct().Count()));
        Assert.Equal((25, 20, 5), (drawn.Count(id => outcomes[id] == VoiceOutcome.Qualified), drawn.Count(id => outcomes[id] == VoiceOutcome.Unqualified), drawn.Count(id => outcomes[id] == VoiceOutcome.Callback)));
        Assert.Equal(drawn, BantSample.Draw(Enumerable.Reverse(all), 50, seed: 7));
        Assert.NotEqual(drawn, BantSample.Draw(all, 50, seed: 8));
        Assert.NotEqual(VoiceOutcome.Qualified, drawn.Take(25).Select(id => outcomes[id]).Max());
        Assert.Equal(200, BantSample.Draw(all, 500, seed: 7).Count);
    }

    [Fact]
    public void Latency_CountsEachConversationOnce()
    {
        var latency = VoiceLatency.Of([(400, 900), (600, 1_100), (500, null), (null, null)]);

        Assert.Equal(new(4, 3, 500, 1_000, 1_090), latency);
        Assert.Equal(0.75, latency.Share);
        Assert.Equal(new(0, 0, null, null, null), VoiceLatency.Of([]));
    }
}
