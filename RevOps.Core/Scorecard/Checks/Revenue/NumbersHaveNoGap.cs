using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;

namespace RevOps.Core.Scorecard.Checks.Revenue;

/// <summary>The numbers of invoices and credit notes follow each other without a gap or a double, and what was issued is what was approved.</summary>
public sealed class NumbersHaveNoGap : ShareCheck
{
    public override string Id => "R04";

    protected override Bar Bar => Bar.Exactly(1);

    public override async Task<IReadOnlyList<Part>> MeasureAsync(CheckScope scope, CancellationToken cancel)
    {
        // What was issued past RevOps in the same account took numbers of the same series.
        var numbers = await scope.Db.Set<Invoice>().Where(invoice => invoice.Mode == scope.Mode && invoice.Number != null && invoice.Origin != InvoiceOrigin.OpeningBalance).Select(invoice => invoice.Number!).ToListAsync(cancel);
        numbers.AddRange(await scope.Db.Set<ForeignInvoice>().Where(invoice => invoice.Mode == scope.Mode && invoice.Number != null).Select(invoice => invoice.Number!).ToListAsync(cancel));
        numbers.AddRange(await scope.Db.Set<CreditNote>().Where(note => note.Mode == scope.Mode && note.Number != null).Select(note => note.Number!).ToListAsync(cancel));
        var (gaps, doubles) = NumberRuns.Of(numbers);
        return
        [
            await ShareAsync(scope, cancel),
            new("gaps", Measure.Count, numbers.Count == 0 ? null : gaps, numbers.Count, new(1, 0)),
            new("doubles", Measure.Count, numbers.Count == 0 ? null : doubles, numbers.Count, new(1, 0)),
        ];
    }

    public override IQueryable<EvidenceRow> Rows(CheckScope scope) =>
        from invoice in scope.Db.Set<Invoice>()
        where invoice.Mode == scope.Mode && invoice.IssuedAt != null && invoice.Origin != InvoiceOrigin.Imported && invoice.Origin != InvoiceOrigin.OpeningBalance
        select new EvidenceRow
        {
            Kind = EvidenceKind.Invoice,
            Id = invoice.Id,
            At = invoice.IssuedAt!.Value,
            Holds = scope.Db.Set<InvoiceDecision>().Any(decision => decision.InvoiceId == invoice.Id && decision.DraftVersion == invoice.DraftVersion && decision.Approved && decision.ReviewHash == invoice.ReviewHash),
            Label = invoice.Number,
        };
}
