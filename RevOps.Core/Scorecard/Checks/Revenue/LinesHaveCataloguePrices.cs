using RevOps.Core.Billing;

namespace RevOps.Core.Scorecard.Checks.Revenue;

/// <summary>Every line that was issued in the last 30 days has a price of the catalogue that was in force on its day.</summary>
public sealed class LinesHaveCataloguePrices : ShareCheck
{
    public override string Id => "R03";

    protected override Bar Bar => new(0.5, 1);

    public override IQueryable<EvidenceRow> Rows(CheckScope scope)
    {
        var since = scope.Ago(30);
        return from line in scope.Db.Set<InvoiceLine>()
               join invoice in scope.Db.Set<Invoice>() on new { line.InvoiceId, line.DraftVersion } equals new { InvoiceId = invoice.Id, invoice.DraftVersion }
               // A line of a booking: what is charged for a delay, or deducted as a deposit, is no service.
               where invoice.Mode == scope.Mode && invoice.IssuedAt >= since && line.BookingId != null && invoice.Origin == InvoiceOrigin.Sale
               select new EvidenceRow { Kind = EvidenceKind.Invoice, Id = invoice.Id, Part = line.Id, At = invoice.IssuedAt!.Value, Holds = line.CatalogueAmount != null, Label = invoice.Number };
    }
}
