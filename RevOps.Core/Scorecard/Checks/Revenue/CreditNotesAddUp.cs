using RevOps.Core.Billing;

namespace RevOps.Core.Scorecard.Checks.Revenue;

/// <summary>What is credited on an invoice is the sum of its issued credit notes, and no more than it was.</summary>
public sealed class CreditNotesAddUp : ShareCheck
{
    public override string Id => "R10";

    protected override Bar Bar => Bar.Exactly(1);

    public override IQueryable<EvidenceRow> Rows(CheckScope scope) =>
        from invoice in scope.Db.Set<Invoice>()
        where invoice.Mode == scope.Mode && (invoice.CreditedMinor != 0 || scope.Db.Set<CreditNote>().Any(note => note.InvoiceId == invoice.Id && note.Status == CreditNoteStatus.Issued))
        select new EvidenceRow
        {
            Kind = EvidenceKind.Invoice,
            Id = invoice.Id,
            At = invoice.IssuedAt ?? invoice.OccurredAt,
            Holds = invoice.CreditedMinor == scope.Db.Set<CreditNote>().Where(note => note.InvoiceId == invoice.Id && note.Status == CreditNoteStatus.Issued).Sum(note => note.GrossMinor) && invoice.CreditedMinor <= invoice.GrossMinor,
            Label = invoice.Number,
        };
}
