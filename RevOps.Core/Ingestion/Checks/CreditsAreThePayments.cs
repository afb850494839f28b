using Microsoft.EntityFrameworkCore;
using RevOps.Core.Attribution;
using RevOps.Core.Receivables;
using RevOps.Core.Scorecard.Checks;

namespace RevOps.Core.Ingestion.Checks;

/// <summary>What the last 30 days' payments are credited with is what was paid, to the cent: ROAS, CAC and CPL are counted from nothing else.</summary>
public sealed class CreditsAreThePayments : ShareCheck
{
    private const int Days = 30;

    public override string Id => "M09";

    protected override Bar Bar => Bar.Exactly(1);

    public override async Task<IReadOnlyList<Part>> MeasureAsync(CheckScope scope, CancellationToken cancel)
    {
        var since = scope.Ago(Days);
        var paid = Payments(scope);
        var count = await paid.LongCountAsync(cancel);
        var difference = await paid.SumAsync(payment => payment.AmountMinor, cancel)
            - await scope.Db.Set<Credit>().Where(credit => credit.Mode == scope.Mode && credit.Model == CreditTouches.LastNonDirect && credit.PaidAt >= since).SumAsync(credit => credit.AmountMinor, cancel);
        return [await ShareAsync(scope, cancel), new("difference", Measure.Money, count == 0 ? null : Math.Abs(difference), count, new(1, 0))];
    }

    public override IQueryable<EvidenceRow> Rows(CheckScope scope) =>
        from payment in Payments(scope)
        select new EvidenceRow
        {
            Kind = EvidenceKind.Invoice,
            Id = payment.InvoiceId,
            At = payment.OccurredAt,
            Holds = scope.Db.Set<Credit>().Where(credit => credit.PaymentId == payment.Id && credit.Model == CreditTouches.LastNonDirect).Sum(credit => credit.AmountMinor) == payment.AmountMinor,
        };

    private static IQueryable<Payment> Payments(CheckScope scope)
    {
        var since = scope.Ago(Days);
        return scope.Db.Set<Payment>().Where(payment => payment.Mode == scope.Mode && payment.OccurredAt >= since);
    }
}
