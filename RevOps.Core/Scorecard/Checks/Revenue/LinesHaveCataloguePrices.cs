using RevOps.Core.Billing;
using RevOps.Core.Catalogue;

namespace RevOps.Core.Scorecard.Checks.Revenue;

/// <summary>
/// Every line of a service that was issued in the last 30 days, whoever wrote it, names a service that the catalogue prices in its currency, and has
/// the price that was in force on its day.
/// </summary>
public sealed class LinesHaveCataloguePrices : ShareCheck
{
    public override string Id => "R03";

    protected override Bar Bar => new(0.5, 1);

    public override IQueryable<EvidenceRow> Rows(CheckScope scope)
    {
        var (since, db) = (scope.Ago(30), scope.Db);
        return from line in db.Set<InvoiceLine>()
               join invoice in db.Set<Invoice>() on new { line.InvoiceId, line.DraftVersion } equals new { InvoiceId = invoice.Id, invoice.DraftVersion }
               // What is charged for a delay, asked for as a deposit or deducted as one is no service.
               where invoice.Mode == scope.Mode && invoice.IssuedAt >= since && line.NetMinor > 0 && (invoice.Origin == InvoiceOrigin.Sale || invoice.Origin == InvoiceOrigin.ByHand)
               select new EvidenceRow
               {
                   Kind = EvidenceKind.Invoice,
                   Id = invoice.Id,
                   Part = line.Id,
                   At = invoice.IssuedAt!.Value,
                   Holds = line.CatalogueAmount != null
                       && (from price in db.Set<PriceVersion>()
                           join service in db.Set<Service>() on price.ServiceId equals service.Id
                           where price.Currency == invoice.Currency
                           select service.Code.ToUpper()).Contains(line.ServiceCode!.ToUpper()),
                   Label = invoice.Number,
               };
    }
}
