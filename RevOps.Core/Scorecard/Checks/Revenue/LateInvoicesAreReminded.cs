using RevOps.Core.Billing;
using RevOps.Core.Receivables;

namespace RevOps.Core.Scorecard.Checks.Revenue;

/// <summary>Whoever is more than a week late was reminded, or contests the invoice. A promise to pay is neither.</summary>
public sealed class LateInvoicesAreReminded : ShareCheck
{
    public override string Id => "R09";

    /// <summary>It asks how everything stands.</summary>
    public override bool IsState => true;

    protected override Bar Bar => new(0.8, 1);

    public override IQueryable<EvidenceRow> Rows(CheckScope scope)
    {
        var (late, db) = (scope.Today.AddDays(-7), scope.Db);
        return from invoice in db.Set<Invoice>().Where(Invoice.IsOwed)
               where invoice.Mode == scope.Mode && invoice.DueOn < late
               select new EvidenceRow
               {
                   Kind = EvidenceKind.Invoice,
                   Id = invoice.Id,
                   At = invoice.IssuedAt ?? invoice.OccurredAt,
                   Holds = db.Set<Reminder>().Any(reminder => reminder.InvoiceId == invoice.Id)
                       || db.Set<InvoiceDispute>().Any(dispute => dispute.InvoiceId == invoice.Id && dispute.ClosedAt == null),
                   Label = invoice.Number,
               };
    }
}
