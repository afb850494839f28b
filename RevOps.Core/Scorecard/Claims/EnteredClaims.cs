using Microsoft.EntityFrameworkCore;
using RevOps.Core.Attribution;
using RevOps.Core.Attribution.Lift;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Platform;
using RevOps.Core.Scorecard.Checks;
using RevOps.Core.Scorecard.Notes;
using RevOps.Core.Scorecard.Simulation;

namespace RevOps.Core.Scorecard.Claims;

/// <summary>
/// By how much conversions rise at the same spend, of the newest test that held out the feedback loop itself: the same ads in both arms, and sales told back for
/// one of them only. Ads against no ads measure what ads bring, which is another question: such a test neither confirms nor contradicts.
/// </summary>
public sealed class RoasLift(StripeAccount stripe) : ClaimMeasure
{
    private static readonly double Claimed = ClaimBook.Of("roas").From!.Value;

    public override string Id => "roas";

    public override async Task<ClaimFinding> MeasureAsync(CheckScope scope, CancellationToken cancel)
    {
        var nothing = ClaimFinding.Nothing with { Needs = TwoArms.ControlFor(Claimed) };

        // A test that was entered has no mode of its own: it speaks of the mode that works now, and never of live business while that is not.
        if (scope.Mode != (stripe.Connection?.Mode ?? Mode.Live))
            return nothing;

        // The loop can be held out only once it runs.
        if (await LeverStarts.FeedbackAsync(scope.Db, scope.Mode, cancel) is not { } start)
            return nothing;
        var since = scope.Owner.DayOf(start);
        var newest = await scope.Db.Set<LiftTest>()
            .Where(test => test.WithdrawnAt == null && test.ControlConversions != null && test.TreatedConversions != null && test.ControlShare != null && test.HeldOut == LiftHeldOut.ToldBack && test.From >= since
                && (test.Channel == Channel.PaidSearch || test.Channel == Channel.PaidSocial))
            .OrderByDescending(test => test.To).ThenByDescending(test => test.Id).FirstOrDefaultAsync(cancel);
        if (newest is null)
            return nothing;
        var arms = new LiftArms(newest.ControlConversions!.Value, newest.TreatedConversions!.Value, newest.ControlShare!.Value);
        if (TwoArms.LiftOf(arms) is not { } lift)
            return nothing with { N = arms.Control + arms.Treated };
        var found = new ClaimFinding(lift.Value, lift.Low, lift.High, arms.Control + arms.Treated, scope.Owner.StartOf(newest.From), null);
        return found.Of(ClaimBook.Of(Id)) == ClaimVerdict.Inconclusive ? found with { Needs = TwoArms.ControlFor(Claimed) } : found;
    }
}

/// <summary>How many days until the product has earned what it costs: ten thousand draws of the newest scenario of the mode that says what it costs.</summary>
public sealed class PaybackOfScenario(ScenarioDesk scenarios) : ClaimMeasure
{
    public override string Id => "payback";

    public override async Task<ClaimFinding> MeasureAsync(CheckScope scope, CancellationToken cancel)
    {
        if ((await scenarios.ListAsync(cancel)).Where(one => one.Mode == scope.Mode && one.Inputs.Wrong is null && one.Inputs.SetUpCost.High + one.Inputs.RunningCost.High > 0).MaxBy(one => one.RecordedAt) is not { } newest)
            return ClaimFinding.Nothing;
        return ImpactSimulation.Of(newest.Inputs, newest.Levers, (ulong)newest.Seed).Payback is { } days ? new(days.Middle, days.Low, days.High, ImpactSimulation.Draws, null, null) : ClaimFinding.Nothing;
    }
}
