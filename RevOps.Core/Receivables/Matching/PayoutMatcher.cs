namespace RevOps.Core.Receivables.Matching;

/// <summary>Recognises what Stripe paid out: its name in the bank's words, the amount to the cent, and about the day that Stripe named.</summary>
public static class PayoutMatcher
{
    // Banks book on their own days; two payouts of one amount within the week are for a person.
    private const int DaysBefore = 3;
    private const int DaysAfter = 7;

    /// <summary>The payouts that it may be; it is sure where there is one.</summary>
    public static IReadOnlyList<Payout> Of(IncomingMoney money, IEnumerable<Payout> payouts)
    {
        var text = $"{money.Text} {money.Payer} {money.Reference}";
        var same = payouts.Where(payout => payout.AmountMinor == money.AmountMinor && money.AmountMinor > 0).ToList();
        if (same.Find(payout => text.Contains(payout.StripePayoutId, StringComparison.OrdinalIgnoreCase)) is { } named)
            return [named];
        return text.Contains("stripe", StringComparison.OrdinalIgnoreCase)
            ? [.. same.Where(payout => money.BookedOn >= payout.ArrivesOn.AddDays(-DaysBefore) && money.BookedOn <= payout.ArrivesOn.AddDays(DaysAfter)).OrderBy(payout => Math.Abs(payout.ArrivesOn.DayNumber - money.BookedOn.DayNumber))]
            : [];
    }
}
