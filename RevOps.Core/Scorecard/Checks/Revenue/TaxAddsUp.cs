using RevOps.Core.Billing;

namespace RevOps.Core.Scorecard.Checks.Revenue;

/// <summary>Net and tax make the gross amount of every issued invoice, and its lines make both, to the cent.</summary>
public sealed class TaxAddsUp : ShareCheck
{
    public override string Id => "R05";

    protected override Bar Bar => Bar.Exactly(1);

    public override IQueryable<EvidenceRow> Rows(CheckScope scope) =>
        from invoice in scope.Db.Set<Invoice>()
        where invoice.Mode == scope.Mode && invoice.IssuedAt != null && invoice.Origin == InvoiceOrigin.Sale
        select new EvidenceRow
        {
            Kind = EvidenceKind.Invoice,
            Id = invoice.Id,
            At = invoice.IssuedAt!.Value,
            Holds = invoice.NetMinor + invoice.TaxMinor == invoice.GrossMinor
                && scope.Db.Set<InvoiceLine>().Where(line => line.InvoiceId == invoice.Id && line.DraftVersion == invoice.DraftVersion).Sum(line => line.NetMinor) == invoice.NetMinor
                && scope.Db.Set<InvoiceLine>().Where(line => line.InvoiceId == invoice.Id && line.DraftVersion == invoice.DraftVersion).Sum(line => line.TaxMinor) == invoice.TaxMinor,
            Label = invoice.Number,
        };
}
