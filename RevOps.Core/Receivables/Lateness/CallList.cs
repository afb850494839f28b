using RevOps.Core.Platform;

namespace RevOps.Core.Receivables.Lateness;

/// <summary>Why somebody should call a client today, what matters most first.</summary>
public enum CallReason
{
    /// <summary>The promised day has passed and it is still owed.</summary>
    PromiseBroken = 0,

    /// <summary>The client promised to pay today.</summary>
    PromiseDue = 1,

    /// <summary>The dispute was closed within the last week: the client hears of it.</summary>
    DisputeAnswered = 2,

    /// <summary>The dispute has been open for too long.</summary>
    DisputeOld = 3,

    /// <summary>The last rule has reminded, and days have passed.</summary>
    RemindersExhausted = 4,

    /// <summary>No reminder can be sent: there is no address.</summary>
    NoEmail = 5,

    /// <summary>A large amount that is late for long.</summary>
    Large = 6,
}

/// <summary>What a call depends on, of one invoice of which something is owed.</summary>
public sealed record CallFacts(Guid InvoiceId, long OwedMinor, int DaysLate)
{
    /// <summary>The client's latest word.</summary>
    public DateOnly? PromisedOn { get; init; }

    public DateOnly? DisputedOn { get; init; }

    /// <summary>When the last dispute was closed; null while one is open.</summary>
    public DateOnly? AnsweredOn { get; init; }

    /// <summary>When the last rule reminded.</summary>
    public DateOnly? LastRuleOn { get; init; }

    public DateOnly? CalledOn { get; init; }
    public bool HasEmail { get; init; } = true;
}

/// <summary>From which amount and lateness on a client is called without another reason.</summary>
/// <param name="OwedMinor">In minor units.</param>
public sealed record CallLimits(long OwedMinor, int DaysLate);

/// <param name="Reasons">The weightiest first; at least one.</param>
public sealed record Call(CallFacts Facts, IReadOnlyList<CallReason> Reasons);

/// <summary>Whom to call today.</summary>
public static class CallList
{
    /// <summary>Of the audit.</summary>
    public const string CalledAction = "invoice.called";

    /// <summary>A dispute that is open for longer asks for a call.</summary>
    public const int DisputeDays = 14;

    /// <summary>For so long the answer to a dispute is news.</summary>
    public const int AnswerDays = 7;

    /// <summary>After the last reminder the client has so long.</summary>
    public const int PatienceDays = 7;

    /// <summary>Whoever was called is left alone for so long, unless a promise breaks.</summary>
    public const int RestDays = 3;

    /// <summary>By weight of the reason, then by what is owed.</summary>
    public static IReadOnlyList<Call> Of(IEnumerable<CallFacts> invoices, CallLimits limits, DateOnly today) =>
    [
        .. invoices.Select(facts => new Call(facts, [.. ReasonsOf(facts, limits, today)])).Where(call => call.Reasons.Count > 0)
            .OrderBy(call => call.Reasons[0]).ThenByDescending(call => call.Facts.OwedMinor).ThenBy(call => call.Facts.InvoiceId),
    ];

    /// <summary>Limits in the currency's whole units: 1,000 and 15 days while nobody chose others.</summary>
    public static CallLimits Usual(string currency) => new(Money.Round(1_000, currency).Minor, 15);

    private static IEnumerable<CallReason> ReasonsOf(CallFacts facts, CallLimits limits, DateOnly today)
    {
        if (facts.CalledOn == today)
            yield break;

        // A promise that broke since the call asks for another; everything else rests.
        var rests = facts.CalledOn > today.AddDays(-RestDays);
        if (facts.PromisedOn < today && !(rests && facts.CalledOn > facts.PromisedOn))
            yield return CallReason.PromiseBroken;
        if (facts.PromisedOn == today)
            yield return CallReason.PromiseDue;

        // Who has promised is left in peace until the day.
        if (rests || facts.PromisedOn >= today)
            yield break;
        if (facts.AnsweredOn > today.AddDays(-AnswerDays) && !(facts.CalledOn >= facts.AnsweredOn))
            yield return CallReason.DisputeAnswered;
        if (facts.DisputedOn <= today.AddDays(-DisputeDays))
            yield return CallReason.DisputeOld;

        // While somebody looks into it, nobody asks for the money.
        if (facts.DisputedOn is not null || facts.DaysLate <= 0)
            yield break;
        if (facts.LastRuleOn <= today.AddDays(-PatienceDays))
            yield return CallReason.RemindersExhausted;
        if (!facts.HasEmail)
            yield return CallReason.NoEmail;
        if (facts.OwedMinor >= limits.OwedMinor && facts.DaysLate >= limits.DaysLate)
            yield return CallReason.Large;
    }
}
