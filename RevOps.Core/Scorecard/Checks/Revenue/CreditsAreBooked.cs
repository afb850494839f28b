using Microsoft.EntityFrameworkCore;
using RevOps.Core.Receivables;
using RevOps.Core.Receivables.BankFiles;

namespace RevOps.Core.Scorecard.Checks.Revenue;

/// <summary>
/// What came in on the bank's statements of the last 30 days is accounted for, or set aside as none of ours; and what clients paid through Stripe, as its
/// payouts tell it, is booked as a payment of an invoice.
/// </summary>
public sealed class CreditsAreBooked : ShareCheck
{
    public override string Id => "R07";

    protected override Bar Bar => new(0.7, 0.95);

    public override async Task<IReadOnlyList<Part>> MeasureAsync(CheckScope scope, CancellationToken cancel)
    {
        var since = scope.Ago(30);
        var paid = from part in scope.Db.Set<PayoutPart>()
                   join payout in scope.Db.Set<Payout>() on part.PayoutId equals payout.Id
                   where payout.Mode == scope.Mode && (part.Type == "charge" || part.Type == "payment") && part.OccurredAt >= since
                   select new { IsBooked = part.InvoiceId != null && scope.Db.Set<Payment>().Any(payment => payment.InvoiceId == part.InvoiceId && payment.Kind == PaymentKind.Payment) };
        var (bank, stripe) = (await ShareAsync(scope, cancel), Part.Share("stripe", await paid.LongCountAsync(one => one.IsBooked, cancel), await paid.LongCountAsync(cancel), Bar));

        // Whoever gives no bank files or has no payouts is judged by the other alone.
        return stripe.N == 0 ? [bank] : bank.N == 0 ? [stripe] : [bank, stripe];
    }

    public override IQueryable<EvidenceRow> Rows(CheckScope scope)
    {
        var since = scope.Today.AddDays(-30);
        return from line in scope.Db.Set<BankLine>()
               where line.Mode == scope.Mode && line.AmountMinor > 0 && line.BookedOn >= since
               select new EvidenceRow { Kind = EvidenceKind.BankLine, Id = line.Id, At = scope.Now, Holds = line.State == BankLineState.Matched || line.State == BankLineState.SetAside };
    }
}
