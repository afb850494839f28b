using RevOps.Core.Receivables;
using RevOps.Core.Receivables.Matching;

namespace RevOps.Core.Ingestion.Bank;

/// <summary>What a line may be matched with, the likeliest first, each with the rule that found it.</summary>
/// <param name="Rule">A name of <see cref="MatchRule"/>, "Payout", or "Over" and "Short" where an amount differs.</param>
public sealed record Proposed(string Rule, IReadOnlyList<MatchPart> Parts)
{
    public long Minor => Parts.Sum(part => part.Minor);
}

public static class MatchProposals
{
    public const string PayoutRule = "Payout";
    public const string BookedRule = "Booked";

    // What somebody marks as paid the bank shows some weeks earlier or later, if at all.
    private const int MostDays = 45;
    private const int MostBooked = 3;

    public static string NameOf(MatchRule rule) => rule.ToString();

    /// <summary>
    /// Payouts first, then what the matcher finds. Of a payment that is less than what it names a part is paid, or all of it where what is
    /// missing may be a fee or a few cents; of one that is more the rest is kept for the client.
    /// </summary>
    /// <param name="money">What of the line is not accounted for.</param>
    /// <param name="owed">Of each invoice.</param>
    /// <param name="unseen">Payments that were booked without the bank.</param>
    public static IReadOnlyList<Proposed> Of(IncomingMoney money, BankMatcher matcher, IReadOnlyDictionary<Guid, long> owed, IEnumerable<Payout> payouts, IEnumerable<UnseenPayment> unseen, ReceivableRules rules)
    {
        var found = PayoutMatcher.Of(money, payouts).Select(payout => new Proposed(PayoutRule, [new(MatchKind.Payout, null, payout.Id, payout.AmountMinor)])).ToList();
        foreach (var proposal in matcher.Of(money))
            found.AddRange(Variants(money, proposal, owed, rules));
        found.AddRange(unseen.Where(payment => payment.Minor == money.AmountMinor).Select(payment => (payment, Days: Math.Abs(DateOnly.FromDateTime(payment.OccurredAt.UtcDateTime).DayNumber - money.BookedOn.DayNumber)))
            .Where(near => near.Days <= MostDays).OrderBy(near => near.Days).Take(MostBooked).Select(near => new Proposed(BookedRule, [new(MatchKind.Booked, near.payment.InvoiceId, null, near.payment.Minor) { PaymentId = near.payment.PaymentId }])));
        return found;
    }

    private static IEnumerable<Proposed> Variants(IncomingMoney money, MatchProposal proposal, IReadOnlyDictionary<Guid, long> owed, ReceivableRules rules)
    {
        List<MatchPart> parts = [.. proposal.Parts.Select(part => new MatchPart(MatchKind.Invoice, part.InvoiceId, null, part.Minor))];
        var whole = proposal.Parts.Sum(part => owed.GetValueOrDefault(part.InvoiceId, part.Minor));
        var (missing, last) = (whole - money.AmountMinor, parts[^1]);
        if (missing > 0 && owed.TryGetValue(last.InvoiceId!.Value, out var left) && missing < left)
        {
            List<MatchPart> full = [.. parts.SkipLast(1), last with { Minor = left }];
            if (missing <= rules.WriteOffLimitMinor)
                yield return new("WriteOff", [.. full, new(MatchKind.WriteOff, last.InvoiceId, null, -missing)]);
            if (missing <= rules.FeeLimitMinor)
                yield return new("Fee", [.. full, new(MatchKind.Fee, last.InvoiceId, null, -missing)]);
        }

        if (proposal.Minor < money.AmountMinor)
            yield return new("Over", [.. parts, new(MatchKind.Overpayment, last.InvoiceId, null, money.AmountMinor - proposal.Minor)]);
        yield return new(NameOf(proposal.Rule), parts);
    }
}
