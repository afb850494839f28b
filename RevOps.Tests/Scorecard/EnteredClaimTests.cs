using RevOps.Core.Attribution;
using RevOps.Core.Attribution.Lift;
using RevOps.Core.Conversions;
using RevOps.Core.Identity;
using RevOps.Core.Ingestion.Lift;
using RevOps.Core.Platform;
using RevOps.Core.Scorecard.Claims;
using RevOps.Core.Scorecard.Simulation;
using RevOps.Web.Scorecard.Simulator;

namespace RevOps.Tests.Scorecard;

/// <summary>Claims that are measured by what somebody entered: a lift test with two arms, and what the product costs.</summary>
public sealed class EnteredClaimTests
{
    [Fact]
    public void Recovered_IsProjectedAsTheClaimMeasuresIt()
    {
        // Of a hundred, twenty are lost and half of these come back: ten of the ninety that arrive.
        var line = Realised.Of(PrefillQueries.Usual with { SignalLoss = Spread.Exactly(0.2), Recovery = Spread.Exactly(0.5) }, [])[^1];
        Assert.Equal(Realised.Recovered, line.Input);
        Assert.Equal(10 / 90d, line.P10, 12);
        Assert.Equal(10 / 90d, line.P90, 12);
        var usual = Realised.Of(PrefillQueries.Usual, [])[^1];
        Assert.True(usual.P10 is > 0.05 and < 0.11 && usual.P90 is > 0.16 and < 0.26);
    }

    /// <summary>The facts say "about 750" and "432" for the control arm, by the same test and power.</summary>
    [Fact]
    public void Sample_IsThatOfTheFacts()
    {
        Assert.InRange(TwoArms.ControlFor(0.15), 745, 755);
        Assert.InRange(TwoArms.ControlFor(0.2), 430, 435);
    }

    [Fact]
    public void Lift_IsPerPerson_AndItsIntervalHoldsTheTruth()
    {
        // One tenth held out: 1,000 of the ninth-fold crowd against 100 is 11 % more each.
        var lift = TwoArms.LiftOf(new(100, 1_000, 0.1))!.Value;
        Assert.Equal(0.1111, lift.Value, 4);
        Assert.True(lift.Low < 0 && lift.High > 0.15);

        // A sample of the size that is needed tells 15 % from nothing.
        var enough = TwoArms.LiftOf(new(2_000, 2_300, 0.5))!.Value;
        Assert.Equal(0.15, enough.Value, 9);
        Assert.InRange(enough.Low, 0.05, 0.1);
        Assert.Null(TwoArms.LiftOf(new(0, 5, 0.5)));
    }

    [Fact]
    public async Task Roas_IsMeasuredByTheNewestTestWithTwoArms()
    {
        var (world, _) = await WatchWorld.OpenAsync();
        await using var __ = world;
        Assert.Equal(ClaimFinding.Nothing with { Needs = TwoArms.ControlFor(0.15) }, await MeasuredAsync(world, "roas"));
        var marketing = await world.HireAsync(Roles.Marketing);
        NewLiftTest test = new(Channel.PaidSocial, "meta", WatchWorld.Today.AddDays(-40), WatchWorld.Today.AddDays(-10), LiftMethod.HoldOut, LiftMeasure.Conversions, 1_000, null, null, null, "Meta Conversion Lift", null);
        await EnterAsync(world, test, marketing);
        Assert.Null((await MeasuredAsync(world, "roas")).Value);

        // Ads against no ads is another question, whatever comes of it; and before the loop ran nobody could hold it out.
        await EnterAsync(world, test with { Arms = new(5_000, 6_500, 0.5) }, marketing);
        Assert.Null((await MeasuredAsync(world, "roas")).Value);
        test = test with { HeldOut = LiftHeldOut.ToldBack, Source = "Sales told back for half of the regions" };
        await EnterAsync(world, test with { Arms = new(5_000, 6_500, 0.5) }, marketing);
        Assert.Null((await MeasuredAsync(world, "roas")).Value);
        await TellAsync(world, WatchWorld.Today.AddDays(-60));
        var found = await MeasuredAsync(world, "roas");
        Assert.Equal((0.3, 11_500L, null), (Math.Round(found.Value!.Value, 9), found.N, found.Needs));
        Assert.Equal(ClaimVerdict.Confirmed, found.Of(ClaimBook.Of("roas")));

        // Of few, nothing follows, and the page says how many it takes.
        await EnterAsync(world, test with { To = WatchWorld.Today.AddDays(-1), Arms = new(40, 52, 0.5) }, marketing);
        var few = await MeasuredAsync(world, "roas");
        Assert.Equal((ClaimVerdict.Inconclusive, TwoArms.ControlFor(0.15)), (few.Of(ClaimBook.Of("roas")), few.Needs));
        await Assert.ThrowsAsync<ArgumentException>(() => EnterAsync(world, test with { Arms = new(1, 2, 1) }, marketing));
    }

    [Fact]
    public async Task Payback_IsOfTheScenarioThatSaysWhatItCosts()
    {
        var (world, _) = await WatchWorld.OpenAsync();
        await using var __ = world;
        var (desk, manager) = (world.Get<ScenarioDesk>(), await world.HireAsync(Roles.Management));
        var inputs = PrefillQueries.Usual with { CreditSales = Spread.Exactly(1_200_000), Dso = Spread.Exactly(60), DsoCut = Spread.Exactly(15), CostOfCash = Spread.Exactly(0.05), VatRate = Spread.Exactly(0) };
        Assert.Null(await desk.SaveAsync("Not mine", inputs, Levers.Billing, 1, Mode.Live, await world.HireAsync(Roles.Marketing), CancellationToken.None));
        await desk.SaveAsync("Free", inputs, Levers.Billing, 1, Mode.Live, manager, CancellationToken.None);
        Assert.Equal(ClaimFinding.Nothing, await MeasuredAsync(world, "payback"));

        // 49,315 of cash at 5 % are worth 2,466 a year: a cost of 2,466 takes the year.
        var costly = inputs with { SetUpCost = Spread.Exactly(49_315.07 * 0.05) };
        await desk.SaveAsync("Costly", costly, Levers.Billing, 1, Mode.Live, manager, CancellationToken.None);
        var found = await MeasuredAsync(world, "payback");
        Assert.Equal(365, found.Value!.Value, 1);
        Assert.Equal(ClaimVerdict.Contradicted, found.Of(ClaimBook.Of("payback")));

        // What was kept last counts, under a new name or an old one; and what began with the sandbox's figures says nothing of live business.
        await desk.SaveAsync("Half", inputs with { SetUpCost = Spread.Exactly(49_315.07 * 0.025) }, Levers.Billing, 1, Mode.Live, manager, CancellationToken.None);
        Assert.Equal(182.5, (await MeasuredAsync(world, "payback")).Value!.Value, 1);
        await desk.SaveAsync("Costly", costly, Levers.Billing, 2, Mode.Live, manager, CancellationToken.None);
        Assert.Equal(365, (await MeasuredAsync(world, "payback")).Value!.Value, 1);
        await desk.SaveAsync("Tried", inputs with { SetUpCost = Spread.Exactly(1) }, Levers.Billing, 1, Mode.Sandbox, manager, CancellationToken.None);
        Assert.Equal(365, (await MeasuredAsync(world, "payback")).Value!.Value, 1);

        // What nobody can reckon with is named, and is not kept.
        var wrong = await Assert.ThrowsAsync<ArgumentException>(() => desk.SaveAsync("Huge", inputs with { CreditSales = Spread.Exactly(1e30) }, Levers.Billing, 1, Mode.Live, manager, CancellationToken.None));
        Assert.StartsWith("CreditSales: ", wrong.Message, StringComparison.Ordinal);
    }

    private static async Task<ClaimFinding> MeasuredAsync(WatchWorld world, string claim)
    {
        await world.RunAsync<MeasureClaims>();
        return (await world.Get<ClaimQueries>().OfAsync(Mode.Live, [], CancellationToken.None)).Single(line => line.Claim.Id == claim).Finding;
    }

    private static async Task TellAsync(WatchWorld world, DateOnly day)
    {
        var at = new DateTimeOffset(day.ToDateTime(new(12, 0)), TimeSpan.Zero);
        await using var db = await world.Host.OpenDatabaseAsync();
        db.Add(new Conversion { Id = Guid.CreateVersion7(), Platform = AdPlatform.Meta, Stage = ConversionStage.Lead, EventId = "lead.1", TransactionId = "lead.1", PersonId = Guid.CreateVersion7(), SubjectId = Guid.CreateVersion7(), Mode = Mode.Live, OccurredAt = at, RecordedAt = at, SentAt = at, Status = ConversionStatus.Delivered });
        await db.SaveChangesAsync();
    }

    private static async Task EnterAsync(WatchWorld world, NewLiftTest test, Core.Billing.Approver who) =>
        Assert.Equal(LiftResult.Done, await world.Get<LiftDesk>().EnterAsync(Guid.CreateVersion7(), test, who, CancellationToken.None));
}
