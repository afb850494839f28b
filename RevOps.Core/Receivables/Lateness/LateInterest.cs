using RevOps.Core.Platform;

namespace RevOps.Core.Receivables.Lateness;

/// <summary>
/// What a business owes for paying late (Code de commerce L441-10 II; directive 2011/7/EU): interest from the day after the due date on,
/// without a reminder, and once per invoice a flat 40 € for the cost of recovery (D441-5). Consumers owe neither.
/// </summary>
public static class LateInterest
{
    /// <summary>Of D441-5; the directive's article 6 has the same amount in every member state.</summary>
    public static readonly Money Indemnity = new(4_000, "EUR");

    /// <param name="owed">Of one invoice.</param>
    /// <param name="rates">Of <see cref="LateRateKind.Interest"/>.</param>
    /// <param name="until">Last day that counts.</param>
    /// <param name="claimedUntil">Last day that was claimed already; null: none was.</param>
    public static Accrual Of(OwedByDay owed, RateTable rates, DateOnly until, DateOnly? claimedUntil = null) =>
        Accrual.Of(owed, rates, (claimedUntil > owed.DueOn ? claimedUntil.Value : owed.DueOn).AddDays(1), until);
}

/// <summary>What waiting for the money costs the company itself, from the day after the due date on: whoever the client is.</summary>
public static class FinancingCost
{
    /// <param name="owed">Of one invoice.</param>
    /// <param name="rates">Of <see cref="LateRateKind.Financing"/>.</param>
    /// <param name="until">Last day that counts.</param>
    public static Accrual Of(OwedByDay owed, RateTable rates, DateOnly until) => Accrual.Of(owed, rates, owed.DueOn.AddDays(1), until);
}
