using RevOps.Core.Billing;

namespace RevOps.Core.Scorecard.Checks.Revenue;

/// <summary>
/// Net and tax make the gross amount of every invoice and credit note that was issued, wherever it comes from, within a cent, and its lines make both;
/// and invoices whose tax is known beforehand come out to the cent.
/// </summary>
public sealed class TaxAddsUp : ShareCheck
{
    public override string Id => "R05";

    protected override Bar Bar => Bar.Exactly(1);

    /// <summary>The ledger as it stands: it is counted whole at each look.</summary>
    public override bool IsState => true;

    public override async Task<IReadOnlyList<Part>> MeasureAsync(CheckScope scope, CancellationToken cancel) => [await ShareAsync(scope, cancel), Part.Share("vectors", TaxVectors.Right, TaxVectors.Count, Bar)];

    public override IQueryable<EvidenceRow> Rows(CheckScope scope)
    {
        var db = scope.Db;
        var invoices = from invoice in db.Set<Invoice>()
                       where invoice.Mode == scope.Mode && invoice.IssuedAt != null
                       select new EvidenceRow
                       {
                           Kind = EvidenceKind.Invoice,
                           Id = invoice.Id,
                           At = invoice.IssuedAt!.Value,

                           // Of what another program issued, its lines are not ours to add up.
                           Holds = invoice.NetMinor + invoice.TaxMinor - invoice.GrossMinor >= -1 && invoice.NetMinor + invoice.TaxMinor - invoice.GrossMinor <= 1
                               && (invoice.Origin == InvoiceOrigin.Imported || invoice.Origin == InvoiceOrigin.OpeningBalance
                                   || (db.Set<InvoiceLine>().Where(line => line.InvoiceId == invoice.Id && line.DraftVersion == invoice.DraftVersion).Sum(line => line.NetMinor) == invoice.NetMinor
                                       && db.Set<InvoiceLine>().Where(line => line.InvoiceId == invoice.Id && line.DraftVersion == invoice.DraftVersion).Sum(line => line.TaxMinor) == invoice.TaxMinor)),
                           Label = invoice.Number,
                       };
        var notes = from note in db.Set<CreditNote>()
                    where note.Mode == scope.Mode && note.Status == CreditNoteStatus.Issued && note.IssuedAt != null
                    select new EvidenceRow
                    {
                        Kind = EvidenceKind.CreditNote,
                        Id = note.Id,
                        At = note.IssuedAt!.Value,
                        Holds = note.NetMinor + note.TaxMinor - note.GrossMinor >= -1 && note.NetMinor + note.TaxMinor - note.GrossMinor <= 1
                            && db.Set<CreditNoteLine>().Where(line => line.CreditNoteId == note.Id).Sum(line => line.NetMinor) == note.NetMinor
                            && db.Set<CreditNoteLine>().Where(line => line.CreditNoteId == note.Id).Sum(line => line.TaxMinor) == note.TaxMinor,
                        Label = note.Number,
                    };
        return invoices.Concat(notes);
    }
}
