using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Receivables;

namespace RevOps.Core.Scorecard.Checks.Revenue;

/// <summary>
/// Each issued credit note is of an invoice of its mode and currency, and what is credited on that is the sum of its notes and no more than it was; what
/// went back to a client, or was taken back by their bank, names the payment of the same invoice that it undoes.
/// </summary>
public sealed class CreditNotesAddUp : ShareCheck
{
    public override string Id => "R10";

    /// <summary>The ledger as it stands: it is counted whole at each look.</summary>
    public override bool IsState => true;

    protected override Bar Bar => Bar.Exactly(1);

    public override async Task<IReadOnlyList<Part>> MeasureAsync(CheckScope scope, CancellationToken cancel)
    {
        var db = scope.Db;
        var credited = db.Set<Invoice>().Where(invoice => invoice.Mode == scope.Mode && invoice.CreditedMinor != 0);
        var noted = credited.Where(invoice => invoice.CreditedMinor == db.Set<CreditNote>().Where(note => note.InvoiceId == invoice.Id && note.Status == CreditNoteStatus.Issued).Sum(note => note.GrossMinor));
        var back = db.Set<Payment>().Where(payment => payment.Mode == scope.Mode && (payment.Kind == PaymentKind.Refund || payment.Kind == PaymentKind.Dispute || payment.Kind == PaymentKind.DisputeWon || payment.Kind == PaymentKind.Returned));
        var linked = back.Where(payment => db.Set<Payment>().Any(paid => paid.Id == payment.ReversesId && paid.InvoiceId == payment.InvoiceId));
        var (notes, invoices) = (await ShareAsync(scope, cancel), Part.Share("credited", await noted.LongCountAsync(cancel), await credited.LongCountAsync(cancel), Bar));
        var returns = Part.Share("returns", await linked.LongCountAsync(cancel), await back.LongCountAsync(cancel), Bar);

        // A company that never credited is judged by what went back, and the other way round.
        var asked = new[] { notes, invoices, returns }.Where(part => part.N > 0).ToList();
        return asked.Count == 0 ? [notes] : asked;
    }

    public override IQueryable<EvidenceRow> Rows(CheckScope scope)
    {
        var db = scope.Db;
        return from note in db.Set<CreditNote>()
               where note.Mode == scope.Mode && note.Status == CreditNoteStatus.Issued
               select new EvidenceRow
               {
                   Kind = EvidenceKind.CreditNote,
                   Id = note.Id,
                   At = note.IssuedAt ?? note.OccurredAt,
                   Holds = note.NetMinor + note.TaxMinor == note.GrossMinor
                       && db.Set<Invoice>().Any(invoice => invoice.Id == note.InvoiceId && invoice.Mode == note.Mode && invoice.Currency == note.Currency && invoice.CreditedMinor <= invoice.GrossMinor
                           && invoice.CreditedMinor == db.Set<CreditNote>().Where(other => other.InvoiceId == invoice.Id && other.Status == CreditNoteStatus.Issued).Sum(other => other.GrossMinor)),
                   Label = note.Number,
               };
    }
}
