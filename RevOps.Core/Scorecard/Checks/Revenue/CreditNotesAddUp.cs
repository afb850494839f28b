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
    private const string Credited = "credited";
    private const string Returns = "returns";

    public override string Id => "R10";

    /// <summary>The ledger as it stands: it is counted whole at each look.</summary>
    public override bool IsState => true;

    protected override Bar Bar => Bar.Exactly(1);

    public override async Task<IReadOnlyList<Part>> MeasureAsync(CheckScope scope, CancellationToken cancel)
    {
        var (credited, back) = (CreditedInvoices(scope), WentBack(scope));
        var (notes, invoices) = (await ShareAsync(scope, cancel), Part.Share(Credited, await credited.LongCountAsync(row => row.Holds, cancel), await credited.LongCountAsync(cancel), Bar));
        var returns = Part.Share(Returns, await back.LongCountAsync(row => row.Holds, cancel), await back.LongCountAsync(cancel), Bar);

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

    public override async Task<IReadOnlyList<EvidenceRow>> FaultsAsync(CheckScope scope, CancellationToken cancel) =>
    [
        .. await CreditedInvoices(scope).Where(row => !row.Holds).OrderByDescending(row => row.At).ToListAsync(cancel),
        .. await WentBack(scope).Where(row => !row.Holds).OrderByDescending(row => row.At).ToListAsync(cancel),
    ];

    private static IQueryable<EvidenceRow> CreditedInvoices(CheckScope scope) =>
        from invoice in scope.Db.Set<Invoice>()
        where invoice.Mode == scope.Mode && invoice.CreditedMinor != 0
        select new EvidenceRow
        {
            Kind = EvidenceKind.Invoice,
            Id = invoice.Id,
            At = invoice.IssuedAt ?? invoice.OccurredAt,
            Holds = invoice.CreditedMinor == scope.Db.Set<CreditNote>().Where(note => note.InvoiceId == invoice.Id && note.Status == CreditNoteStatus.Issued).Sum(note => note.GrossMinor),
            Label = invoice.Number ?? invoice.Reference,
            Of = Credited,
        };

    /// <summary>To a client, or taken back by their bank.</summary>
    private static IQueryable<EvidenceRow> WentBack(CheckScope scope) =>
        from payment in scope.Db.Set<Payment>()
        where payment.Mode == scope.Mode && (payment.Kind == PaymentKind.Refund || payment.Kind == PaymentKind.Dispute || payment.Kind == PaymentKind.DisputeWon || payment.Kind == PaymentKind.Returned)
        select new EvidenceRow
        {
            Kind = EvidenceKind.Invoice,
            Id = payment.InvoiceId,
            Part = payment.Id,
            At = payment.OccurredAt,
            Holds = scope.Db.Set<Payment>().Any(paid => paid.Id == payment.ReversesId && paid.InvoiceId == payment.InvoiceId),
            Label = scope.Db.Set<Invoice>().Where(invoice => invoice.Id == payment.InvoiceId).Select(invoice => invoice.Number ?? invoice.Reference).FirstOrDefault(),
            Of = Returns,
        };
}
