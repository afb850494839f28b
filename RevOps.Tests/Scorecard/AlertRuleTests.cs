using FsCheck;
using FsCheck.Fluent;
using RevOps.Core.Scorecard.Alerts;

namespace RevOps.Tests.Scorecard;

public sealed class AlertRuleTests
{
    [Theory]
    [InlineData(true, 60, 57, 60.0, false, AlertTurn.Stay)]
    [InlineData(true, 60, 57, 60.1, false, AlertTurn.Open)]
    [InlineData(true, 60, 57, 59.0, true, AlertTurn.Stay)]
    [InlineData(true, 60, 57, 57.0, true, AlertTurn.Close)]
    [InlineData(false, 0.95, 0.96, 0.949, false, AlertTurn.Open)]
    [InlineData(false, 0.95, 0.96, 0.955, true, AlertTurn.Stay)]
    [InlineData(false, 0.95, 0.96, 0.96, true, AlertTurn.Close)]
    public void Turn_OpensPastTheThresholdAndClosesWellBack(bool isAbove, double threshold, double back, double value, bool isOpen, AlertTurn turn) =>
        Assert.Equal(turn, Of(isAbove, threshold, back).TurnOf(value, isOpen));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Turn_OfWhatNobodyKnows_IsNone(bool isOpen) => Assert.Equal(AlertTurn.Stay, Of(true, 60, 57).TurnOf(null, isOpen));

    /// <summary>Whatever the rule and the figure, what opens does not close by the same figure: nothing flickers.</summary>
    [Fact]
    public void Turn_NeverOpensAndClosesByTheSameFigure() => Check.QuickThrowOnFailure(Prop.ForAll(
        ArbMap.Default.ArbFor<(bool IsAbove, NormalFloat Threshold, NormalFloat Gap, NormalFloat Value)>(),
        given =>
        {
            var (threshold, gap, value) = (given.Threshold.Get, Math.Abs(given.Gap.Get), given.Value.Get);
            var rule = Of(given.IsAbove, threshold, given.IsAbove ? threshold - gap : threshold + gap);
            return rule.TurnOf(value, isOpen: false) != AlertTurn.Open || rule.TurnOf(value, isOpen: true) == AlertTurn.Stay;
        }));

    [Fact]
    public void Entry_TellsSomebodyAndEndsOnTheGoodSide()
    {
        var good = new NewAlertRule(AlertFigure.Roas, false, 1, 1.1, AlertRoles.Marketing);
        Assert.True(good.IsValid);
        Assert.All([good with { Roles = AlertRoles.None }, good with { BackAt = 0.9 }, good with { IsAbove = true }, good with { Figure = AlertFigure.Token }, good with { Threshold = double.NaN }], wrong => Assert.False(wrong.IsValid));
        Assert.All(UsualAlertRules.All, usual => Assert.True(usual.IsValid));
    }

    private static AlertRule Of(bool isAbove, double threshold, double back) =>
        new() { Id = Guid.NewGuid(), Figure = AlertFigure.Dso, IsAbove = isAbove, Threshold = threshold, BackAt = back, Roles = AlertRoles.Finance, UserId = Guid.NewGuid(), RecordedAt = default };
}
