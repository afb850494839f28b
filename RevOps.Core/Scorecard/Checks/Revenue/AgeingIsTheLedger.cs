using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Platform;
using RevOps.Core.Receivables;

namespace RevOps.Core.Scorecard.Checks.Revenue;

/// <summary>The buckets of the ageing, told from dated events, add up to what the invoices themselves say is owed, to the cent; and DSO is known.</summary>
public sealed class AgeingIsTheLedger : Check
{
    public override string Id => "R08";

    public override async Task<IReadOnlyList<Part>> MeasureAsync(CheckScope scope, CancellationToken cancel)
    {
        var ledger = new ReceivablesLedger(scope.Db, scope.Owner, scope.Mode, scope.Owner.Currency);
        var open = await ledger.OpenOnAsync(scope.Today, cancel);
        var issued = scope.Db.Set<Invoice>().Where(invoice => invoice.Mode == scope.Mode && invoice.Currency == scope.Owner.Currency && invoice.IssuedOn != null && invoice.IssuedOn <= scope.Today);
        var count = await issued.CountAsync(cancel);
        var owed = await issued.Where(invoice => invoice.Status != InvoiceStatus.Void).SumAsync(invoice => invoice.GrossMinor - invoice.CreditedMinor - invoice.PaidMinor, cancel);
        var sold = await ledger.SalesAsync(scope.Today, cancel);
        return
        [
            new("difference", Measure.Money, count == 0 ? null : Math.Abs(Ageing.Of(open, scope.Today).Total - owed), count, new(1, 0)),
            Part.Fact("dso", count == 0 ? null : sold.Of(Period.Ending(scope.Today, Dso.PeriodDays)) != 0, count),
        ];
    }

    public override IQueryable<EvidenceRow> Rows(CheckScope scope) =>
        from invoice in scope.Db.Set<Invoice>().Where(Invoice.IsOwed)
        where invoice.Mode == scope.Mode
        select new EvidenceRow { Kind = EvidenceKind.Invoice, Id = invoice.Id, At = invoice.IssuedAt ?? invoice.OccurredAt, Holds = invoice.DueOn != null, Label = invoice.Number };
}
