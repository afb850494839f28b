using RevOps.Core.Billing;
using RevOps.Core.Data;

namespace RevOps.Core.Scorecard.Checks.Revenue;

/// <summary>What a rule approved by itself in the last week was issued and sent within a quarter of an hour of its draft.</summary>
public sealed class DraftsLeaveAtOnce : ShareCheck
{
    private const long Seconds = 15 * 60;

    public override string Id => "R15";

    protected override Bar Bar => new(0.8, 0.95);

    public override IQueryable<EvidenceRow> Rows(CheckScope scope)
    {
        var (since, db) = (scope.Ago(7), scope.Db);
        return from invoice in db.Set<Invoice>()
               where invoice.Mode == scope.Mode && invoice.ApprovedAt >= since && invoice.DraftedAt != null
                   && db.Set<InvoiceDecision>().Any(decision => decision.InvoiceId == invoice.Id && decision.DraftVersion == invoice.DraftVersion && decision.Approved && decision.UserId == null)
               select new EvidenceRow
               {
                   Kind = EvidenceKind.Invoice,
                   Id = invoice.Id,
                   At = invoice.ApprovedAt!.Value,
                   Holds = invoice.SentAt != null && Instants.SecondsBetween(invoice.DraftedAt!.Value, invoice.SentAt!.Value) <= Seconds,
                   Label = invoice.Number ?? invoice.Reference,
               };
    }
}
