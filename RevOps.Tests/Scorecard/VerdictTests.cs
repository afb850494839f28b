using FsCheck;
using FsCheck.Fluent;
using RevOps.Core.Scorecard.Checks;

namespace RevOps.Tests.Scorecard;

public sealed class VerdictTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero);
    private static readonly CheckRule Rule = CheckBook.Of("R06");

    [Theory]
    [InlineData(0.95, CheckState.Passed, 1)]
    [InlineData(0.99, CheckState.Passed, 1)]
    [InlineData(0.875, CheckState.Partial, 0.5)]
    [InlineData(0.8, CheckState.Failed, 0)]
    [InlineData(0.1, CheckState.Failed, 0)]
    public void Result_IsLinearBetweenFloorAndTarget(double value, CheckState state, double result)
    {
        var verdict = Verdict.Of(Rule, Found(value), null, Now);

        Assert.Equal(state, verdict.State);
        Assert.Equal(result, verdict.Result, 9);
    }

    [Fact]
    public void Result_LessIsBetterWhereTheFloorIsAboveTheTarget()
    {
        var bar = new Bar(0.05, 0.01);

        Assert.Equal((1, 0, 0.5), (bar.ResultOf(0), bar.ResultOf(0.2), Math.Round(bar.ResultOf(0.03), 9)));
    }

    [Fact]
    public void State_IsStaleOncePastItsTimeAndUnknownWithoutData()
    {
        Assert.Equal(CheckState.Stale, Verdict.Of(Rule, Finding.Of(Now, [.. Found(1).Parts.Select(part => part with { At = Now.AddDays(-Rule.TtlDays).AddSeconds(-1) })]), null, Now).State);
        Assert.Equal(CheckState.Stale, Verdict.Of(Rule, Found(1) with { At = Now.AddDays(-Rule.TtlDays).AddSeconds(-1) }, null, Now).State);
        Assert.Equal(CheckState.Unknown, Verdict.Of(Rule, Finding.Of(Now, [Part.Share("share", 0, 0, new(0, 1))]), null, Now).State);
        Assert.Equal(CheckState.Unknown, Verdict.Of(Rule, null, null, Now).State);
        Assert.Equal(CheckState.Unknown, Verdict.Of(Rule, new(Now, [], UnknownReason.Failed), null, Now).State);
    }

    [Fact]
    public void State_IsExemptUntilItsEndAndNotAfter()
    {
        Assert.Equal(new Verdict(CheckState.Exempt, 0), Verdict.Of(Rule, Found(0), Now.AddSeconds(1), Now));
        Assert.Equal(CheckState.Failed, Verdict.Of(Rule, Found(0), Now, Now).State);
    }

    [Fact]
    public void Result_IsThatOfTheWorstPart() =>
        Assert.Equal(0, Finding.Of(Now, [Part.Share("share", 10, 10, new(0, 1)), Part.Fact("fact", false, 1)]).Result);

    /// <summary>Whatever checks find: proven and open points never make more than a hundred, and what is projected is never less than what is proven.</summary>
    [Fact]
    public void Sums_StayWithinTheirBounds()
    {
        var states = Gen.Elements(new Verdict(CheckState.Passed, 1), new Verdict(CheckState.Failed, 0), new Verdict(CheckState.Unknown, 0), new Verdict(CheckState.Stale, 0), new Verdict(CheckState.Exempt, 0), new Verdict(CheckState.Partial, 0.3));
        Prop.ForAll(Gen.ListOf(states, CheckBook.All.Count).Select(found => found.ToList()).ToArbitrary(), found =>
        {
            var judged = CheckBook.All.Zip(found).ToList();
            var (verified, open, projected, whole) = (ScoreSum.Verified(judged), ScoreSum.Open(judged), ScoreSum.Projected(judged, SeedState.Projected), ScoreSum.Projected(judged, SeedState.Full));
            return verified.RevEng + open.RevEng + ScoreSum.Exempt(judged).RevEng <= 100 + 1e-9 && verified.MarEng + open.MarEng <= 100 + 1e-9 && projected.Global >= verified.Global - 1e-9 && whole.Global == 100;
        }).QuickCheckThrowOnFailure();
    }

    private static Finding Found(double value) => Finding.Of(Now, [new("share", Measure.Share, value, 100, new(0.8, 0.95))]);
}
