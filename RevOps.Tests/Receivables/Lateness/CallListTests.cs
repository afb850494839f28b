using RevOps.Core.Receivables.Lateness;

namespace RevOps.Tests.Receivables.Lateness;

/// <summary>Whom to call: the reason that matters most comes first, and nobody is called twice in a row.</summary>
public sealed class CallListTests
{
    private static readonly DateOnly Today = new(2026, 6, 15);
    private static readonly CallLimits Limits = CallList.Usual("EUR");

    [Fact]
    public void Calls_AreOrderedByReasonAndThenByAmount()
    {
        var (broken, large, larger) = (Facts(100, 2) with { PromisedOn = Today.AddDays(-1) }, Facts(200_000, 20), Facts(300_000, 20));
        Assert.Equal([broken.InvoiceId, larger.InvoiceId, large.InvoiceId], CallList.Of([large, broken, larger, Facts(99_999, 400), Facts(900_000, 14)], Limits, Today).Select(call => call.Facts.InvoiceId));
    }

    [Fact]
    public void APromise_IsLeftInPeaceUntilItsDay()
    {
        var late = Facts(500_000, 60) with { HasEmail = false, LastRuleOn = Today.AddDays(-20) };
        Assert.Empty(Reasons(late with { PromisedOn = Today.AddDays(1) }));
        Assert.Equal([CallReason.PromiseDue], Reasons(late with { PromisedOn = Today }));
        Assert.Equal([CallReason.PromiseBroken, CallReason.RemindersExhausted, CallReason.NoEmail, CallReason.Large], Reasons(late with { PromisedOn = Today.AddDays(-1) }));
    }

    [Fact]
    public void ADispute_IsCalledAboutWhenItIsOldOrAnswered()
    {
        var late = Facts(500_000, 60) with { LastRuleOn = Today.AddDays(-20) };
        Assert.Empty(Reasons(late with { DisputedOn = Today.AddDays(-13) }));
        Assert.Equal([CallReason.DisputeOld], Reasons(late with { DisputedOn = Today.AddDays(-14) }));
        Assert.Contains(CallReason.DisputeAnswered, Reasons(late with { AnsweredOn = Today.AddDays(-2) }));
        Assert.DoesNotContain(CallReason.DisputeAnswered, Reasons(late with { AnsweredOn = Today.AddDays(-5), CalledOn = Today.AddDays(-4) }));
        Assert.DoesNotContain(CallReason.DisputeAnswered, Reasons(late with { AnsweredOn = Today.AddDays(-7) }));
    }

    [Fact]
    public void WhoeverWasCalled_RestsUnlessAPromiseBreaks()
    {
        var late = Facts(500_000, 60);
        Assert.Empty(Reasons(late with { CalledOn = Today }));
        Assert.Empty(Reasons(late with { CalledOn = Today.AddDays(-2) }));
        Assert.Equal([CallReason.Large], Reasons(late with { CalledOn = Today.AddDays(-3) }));
        Assert.Equal([CallReason.PromiseBroken], Reasons(late with { CalledOn = Today.AddDays(-2), PromisedOn = Today.AddDays(-1) }));
    }

    private static CallFacts Facts(long owed, int late) => new(Guid.NewGuid(), owed, late);

    private static IEnumerable<CallReason> Reasons(CallFacts facts) => CallList.Of([facts], Limits, Today).SelectMany(call => call.Reasons);
}
