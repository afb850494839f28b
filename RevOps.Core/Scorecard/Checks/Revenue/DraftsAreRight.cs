using RevOps.Core.Billing;
using RevOps.Core.Scorecard.Claims;

namespace RevOps.Core.Scorecard.Checks.Revenue;

/// <summary>
/// Fewer than one draft in a hundred of the last 90 days was wrong: refused, written anew by Finance, or credited after issue as our own
/// error; and that it is fewer is proven at 95 %, which takes 299 invoices without one.
/// </summary>
public sealed class DraftsAreRight : ShareCheck
{
    private const double Most = 0.01;

    public override string Id => "R13";

    protected override Bar Bar => new(0.97, 1 - Most);

    public override async Task<IReadOnlyList<Part>> MeasureAsync(CheckScope scope, CancellationToken cancel)
    {
        var right = await ShareAsync(scope, cancel);
        if (right.Value is not { } share)
            return [right];
        var wrong = right.N - (long)Math.Round(share * right.N);

        // One in a hundred is not fewer than one in a hundred.
        return [right, Part.Fact("fewer", (double)wrong / right.N < Most, right.N), new("proven", Measure.Share, ExactProportion.MostOf(wrong, right.N), right.N, new(0.05, Most))];
    }

    public override IQueryable<EvidenceRow> Rows(CheckScope scope)
    {
        var (since, db) = (scope.Ago(90), scope.Db);
        return from invoice in db.Set<Invoice>()
               where invoice.Mode == scope.Mode && invoice.Origin == InvoiceOrigin.Sale && invoice.OccurredAt >= since
                   && db.Set<InvoiceDecision>().Any(decision => decision.InvoiceId == invoice.Id)
               select new EvidenceRow
               {
                   Kind = EvidenceKind.Invoice,
                   Id = invoice.Id,
                   At = invoice.OccurredAt,
                   Holds = !db.Set<InvoiceDecision>().Any(decision => decision.InvoiceId == invoice.Id && !decision.Approved)
                       && invoice.EditId == null
                       && !db.Set<CreditNote>().Any(note => note.InvoiceId == invoice.Id && note.Status == CreditNoteStatus.Issued && (note.Reason == CreditReason.BillingError || note.Reason == CreditReason.Duplicate)),
                   Label = invoice.Number ?? invoice.Reference,
               };
    }
}
