using RevOps.Core.Billing;
using RevOps.Core.Data;

namespace RevOps.Core.Scorecard.Checks.Revenue;

/// <summary>
/// What was drafted in the last week below the amount up to which drafts are to pass by themselves was issued and sent within a quarter of an hour of its
/// draft, whoever approved it in the end; what nobody sent counts as late once that time is over.
/// </summary>
public sealed class DraftsLeaveAtOnce : ShareCheck
{
    private const int Minutes = 15;
    private const long Seconds = Minutes * 60;

    public override string Id => "R15";

    protected override Bar Bar => new(0.8, 0.95);

    public override IQueryable<EvidenceRow> Rows(CheckScope scope)
    {
        var (since, young, db) = (scope.Ago(7), scope.Now.AddMinutes(-Minutes), scope.Db);
        return from invoice in db.Set<Invoice>()
               where invoice.Mode == scope.Mode && invoice.DraftedAt >= since && (invoice.DraftedAt < young || invoice.SentAt != null)
                   && (invoice.Origin == InvoiceOrigin.Sale || invoice.Origin == InvoiceOrigin.Deposit || invoice.Origin == InvoiceOrigin.ByHand)

                   // What Finance refused, or what was called off, is not to leave.
                   && invoice.Status != InvoiceStatus.Rejected && invoice.Status != InvoiceStatus.Cancelled && invoice.Status != InvoiceStatus.Shadow && invoice.Status != InvoiceStatus.Drafting

                   // The client's own rule in the place of everybody's.
                   && db.Set<ApprovalRule>().Any(rule => rule.Currency == invoice.Currency && rule.AutoUpToMinor >= invoice.GrossMinor && (rule.FourEyesFromMinor == null || rule.FourEyesFromMinor > invoice.GrossMinor)
                       && (rule.CustomerId == invoice.CustomerId
                           || (rule.CustomerId == null && !db.Set<ApprovalRule>().Any(own => own.Currency == invoice.Currency && own.CustomerId == invoice.CustomerId))))
               select new EvidenceRow
               {
                   Kind = EvidenceKind.Invoice,
                   Id = invoice.Id,
                   At = invoice.DraftedAt!.Value,
                   Holds = invoice.SentAt != null && Instants.SecondsBetween(invoice.DraftedAt!.Value, invoice.SentAt!.Value) <= Seconds,
                   Label = invoice.Number ?? invoice.Reference,
               };
    }
}
