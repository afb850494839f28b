using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Receivables;
using RevOps.Core.Receivables.BankFiles;

namespace RevOps.Core.Scorecard.Checks.Revenue;

/// <summary>
/// What came in on the bank's statements of the last 30 days has its entry: a payment of an invoice, or Stripe's payout; and what clients paid through
/// Stripe, as its payouts tell it, is booked as a payment of that amount. What somebody set aside as none of ours is no credit of a client's, and counts
/// neither way.
/// </summary>
public sealed class CreditsAreBooked : ShareCheck
{
    private const int Days = 30;
    private const string Stripe = "stripe";

    public override string Id => "R07";

    protected override Bar Bar => new(0.7, 0.95);

    public override async Task<IReadOnlyList<Part>> MeasureAsync(CheckScope scope, CancellationToken cancel)
    {
        var paid = PaidOut(scope);
        var (bank, stripe) = (await ShareAsync(scope, cancel), Part.Share(Stripe, await paid.LongCountAsync(one => one.Holds, cancel), await paid.LongCountAsync(cancel), Bar));

        // Whoever gives no bank files or has no payouts is judged by the other alone.
        return stripe.N == 0 ? [bank] : bank.N == 0 ? [stripe] : [bank, stripe];
    }

    public override IQueryable<EvidenceRow> Rows(CheckScope scope)
    {
        var (since, db) = (scope.Today.AddDays(-Days), scope.Db);
        return from line in db.Set<BankLine>()
               join file in db.Set<BankFile>() on line.FileId equals file.Id
               where line.Mode == scope.Mode && line.AmountMinor > 0 && line.BookedOn >= since && line.State != BankLineState.SetAside
               select new EvidenceRow
               {
                   Kind = EvidenceKind.BankLine,
                   Id = line.Id,
                   At = file.RecordedAt,
                   Holds = line.State == BankLineState.Matched && db.Set<BankMatch>().Any(match => match.LineId == line.Id && match.UndoneAt == null && (match.PaymentId != null || match.PayoutId != null)),
               };
    }

    public override async Task<IReadOnlyList<EvidenceRow>> FaultsAsync(CheckScope scope, CancellationToken cancel) => await PaidOut(scope).Where(part => !part.Holds).OrderByDescending(part => part.At).ToListAsync(cancel);

    /// <summary>What clients paid through Stripe, as its payouts tell it.</summary>
    private static IQueryable<EvidenceRow> PaidOut(CheckScope scope)
    {
        var (since, db) = (scope.Ago(Days), scope.Db);
        return from part in db.Set<PayoutPart>()
               join payout in db.Set<Payout>() on part.PayoutId equals payout.Id
               where payout.Mode == scope.Mode && (part.Type == "charge" || part.Type == "payment") && part.OccurredAt >= since
               select new EvidenceRow
               {
                   Kind = part.InvoiceId == null ? EvidenceKind.Payout : EvidenceKind.Invoice,
                   Id = part.InvoiceId ?? part.PayoutId,
                   Part = part.Id,
                   At = part.OccurredAt,

                   // Of an invoice in another currency than the payout's, the amounts do not compare.
                   Holds = part.InvoiceId != null && db.Set<Payment>().Any(payment => payment.InvoiceId == part.InvoiceId && payment.Kind == PaymentKind.Payment && payment.Mode == scope.Mode && (payment.AmountMinor == part.GrossMinor || payment.Currency != part.Currency)),
                   Label = part.StripeTransactionId,
                   Of = Stripe,
               };
    }
}
