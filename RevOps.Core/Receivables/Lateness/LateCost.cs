namespace RevOps.Core.Receivables.Lateness;

/// <summary>Why nothing can be claimed for the lateness of an invoice.</summary>
public enum ClaimBar
{
    /// <summary>It was paid in time, or is not due yet.</summary>
    NotLate = 0,

    /// <summary>Interest and indemnity are owed between businesses only.</summary>
    Consumer = 1,

    /// <summary>It is from before RevOps, on whose account nothing is made.</summary>
    History = 2,

    /// <summary>It claims lateness itself: there is no interest on interest (Code civil 1343-2).</summary>
    IsClaim = 3,

    /// <summary>No rate is known for a day of it.</summary>
    RateMissing = 4,

    /// <summary>All of it is claimed.</summary>
    Claimed = 5,
}

/// <summary>What the cost of lateness depends on, beside the rates.</summary>
/// <param name="IsBusiness">False for a consumer.</param>
/// <param name="IsHistory">From before RevOps.</param>
/// <param name="IsClaim">It claims the lateness of another invoice.</param>
/// <param name="Currency">ISO 4217; the indemnity is in euros and is never added to another currency.</param>
public sealed record LateFacts(OwedByDay Owed, bool IsBusiness, bool IsHistory, bool IsClaim, string Currency);

/// <summary>A claim that stands: its days and its indemnity are not claimed again.</summary>
public sealed record PriorClaim(DateOnly Until, long InterestMinor, long IndemnityMinor);

/// <summary>What the lateness of one invoice costs so far, what of it was claimed, and what one click would claim; in minor units of the invoice's currency.</summary>
/// <param name="Interest">Of all late days so far.</param>
/// <param name="Financing">What waiting cost the company.</param>
/// <param name="IndemnityMinor">Once, where it is owed.</param>
public sealed record LateCost(Accrual Interest, Accrual Financing, long IndemnityMinor)
{
    public long ClaimedMinor { get; init; }

    /// <summary>Of the days that no claim holds yet.</summary>
    public required Accrual Claimable { get; init; }

    public required long ClaimableIndemnityMinor { get; init; }

    /// <summary>First and last day of the next claim; null where it would have none.</summary>
    public (DateOnly From, DateOnly Until)? ClaimDays { get; init; }

    /// <summary>Null where a claim can be made.</summary>
    public ClaimBar? Bar { get; init; }

    public long ClaimableMinor => Claimable.Minor + ClaimableIndemnityMinor;

    /// <param name="facts">Of one invoice.</param>
    /// <param name="claims">Those that stand.</param>
    /// <param name="interest">Rates of late interest.</param>
    /// <param name="financing">Rates of financing.</param>
    /// <param name="today">The last day that counts.</param>
    public static LateCost Of(LateFacts facts, IReadOnlyCollection<PriorClaim> claims, RateTable interest, RateTable financing, DateOnly today)
    {
        var (owed, owes) = (facts.Owed, facts is { IsBusiness: true, IsClaim: false });
        var claimedUntil = claims.Count == 0 ? (DateOnly?)null : claims.Max(claim => claim.Until);
        var claimable = owes && !facts.IsHistory ? LateInterest.Of(owed, interest, today, claimedUntil) : Accrual.None;
        var indemnity = IndemnityOf(facts, today);
        var unclaimed = facts.IsHistory || claims.Any(claim => claim.IndemnityMinor > 0) ? 0 : indemnity;
        var cost = new LateCost(owes ? LateInterest.Of(owed, interest, today) : Accrual.None, FinancingCost.Of(owed, financing, today), indemnity)
        {
            ClaimedMinor = claims.Sum(claim => claim.InterestMinor + claim.IndemnityMinor),
            Claimable = claimable,
            ClaimableIndemnityMinor = unclaimed,
            ClaimDays = DaysOf(owed, claimedUntil, today),
        };
        return cost with { Bar = BarOf(facts, cost, today) };
    }

    /// <summary>What a claim's days cost as the payments and rates stand now, and the indemnity, whatever was claimed.</summary>
    /// <param name="facts">Of the late invoice.</param>
    /// <param name="interest">Rates of late interest.</param>
    /// <param name="from">First day of the claim.</param>
    /// <param name="until">Its last day.</param>
    public static (long InterestMinor, long IndemnityMinor) OfDays(LateFacts facts, RateTable interest, DateOnly from, DateOnly until) =>
        (Accrual.Of(facts.Owed, interest, from, until).Minor, IndemnityOf(facts, until));

    private static long IndemnityOf(LateFacts facts, DateOnly today) =>
        facts is { IsBusiness: true, IsClaim: false } && facts.Owed.WasLate(today) && facts.Currency == LateInterest.Indemnity.Currency ? LateInterest.Indemnity.Minor : 0;

    private static (DateOnly From, DateOnly Until)? DaysOf(OwedByDay owed, DateOnly? claimedUntil, DateOnly today)
    {
        var from = (claimedUntil > owed.DueOn ? claimedUntil.Value : owed.DueOn).AddDays(1);
        return owed.LastLateDay(today) is { } until && until >= from ? (from, until) : null;
    }

    private static ClaimBar? BarOf(LateFacts facts, LateCost cost, DateOnly today) => facts switch
    {
        { IsClaim: true } => ClaimBar.IsClaim,
        { IsBusiness: false } => ClaimBar.Consumer,
        { IsHistory: true } => ClaimBar.History,
        _ when !facts.Owed.WasLate(today) => ClaimBar.NotLate,
        _ when cost.Claimable.UnratedFrom is not null => ClaimBar.RateMissing,
        _ when cost.ClaimDays is null || cost.ClaimableMinor == 0 => ClaimBar.Claimed,
        _ => null,
    };
}
