using Microsoft.EntityFrameworkCore;
using RevOps.Core.Attribution;
using RevOps.Core.Attribution.Returns;
using RevOps.Core.Platform;
using RevOps.Core.Receivables;
using RevOps.Core.Scorecard;
using RevOps.Core.Scorecard.Checks;
using RevOps.Core.Spend;

namespace RevOps.Core.Ingestion.Checks;

/// <summary>
/// What the last 30 days' payments are credited with is what was paid, to the cent; and what the Spend page and the Overview show of them (what ads cost,
/// what they are credited with by click, what a sale cost) is what comes out when it is worked out anew from the rows.
/// </summary>
public sealed class CreditsAreThePayments(AdReturnQueries returns, OverviewQueries overview) : ShareCheck
{
    private const int Days = 30;

    public override string Id => "M09";

    /// <summary>It works out anew how everything stands.</summary>
    public override bool IsState => true;

    protected override Bar Bar => Bar.Exactly(1);

    public override async Task<IReadOnlyList<Part>> MeasureAsync(CheckScope scope, CancellationToken cancel)
    {
        var since = scope.Ago(Days);
        var paid = Payments(scope);
        var count = await paid.LongCountAsync(cancel);
        var difference = await paid.SumAsync(payment => payment.AmountMinor, cancel)
            - await scope.Db.Set<Credit>().Where(credit => credit.Mode == scope.Mode && credit.Model == CreditTouches.LastNonDirect && credit.PaidAt >= since).SumAsync(credit => credit.AmountMinor, cancel);
        List<Part> parts = [await ShareAsync(scope, cancel), new("difference", Measure.Money, count == 0 ? null : Math.Abs(difference), count, new(1, 0))];

        // Pages show the mode that works now, and no other.
        return returns.CurrentMode == scope.Mode ? [.. parts, await ShownAsync(scope, cancel)] : parts;
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

    /// <summary>The largest difference between what pages show and what comes out anew, in minor units.</summary>
    private async Task<Part> ShownAsync(CheckScope scope, CancellationToken cancel)
    {
        var (period, mode, currency, db) = (Period.Ending(scope.Today, Days), scope.Mode, scope.Owner.Currency, scope.Db);
        var (start, end) = (scope.Owner.StartOf(period.From), scope.Owner.StartOf(period.To.AddDays(1)));
        var spent = await db.Set<AdSpend>().Where(row => row.Mode == mode && row.Currency == currency && row.Day >= period.From && row.Day <= period.To).SumAsync(row => row.CostMinor, cancel);
        var clicks = await db.Set<Credit>().Where(credit => credit.Model == CreditTouches.LastNonDirect && credit.Mode == mode && credit.Currency == currency && credit.TouchedAt >= start && credit.TouchedAt < end
            && (credit.Channel == Channel.PaidSearch || credit.Channel == Channel.PaidSocial)).Select(credit => new { credit.InvoiceId, credit.AmountMinor }).ToListAsync(cancel);
        var (earned, sales) = (clicks.Sum(click => click.AmountMinor), clicks.GroupBy(click => click.InvoiceId).Count(sale => sale.Sum(click => click.AmountMinor) > 0));
        var perSale = spent > 0 && sales > 0 ? (long)Math.Round((decimal)spent / sales, MidpointRounding.AwayFromZero) : 0;

        var table = (await returns.OfAsync(new(ReturnLevel.Platform, ReturnBasis.Click), period, cancel)).Total;
        var front = (await overview.OfAsync(period, null, TimeSpan.Zero, cancel)).Chosen.Ads;
        long[] differences = [(table.CostMinor ?? 0) - spent, table.CreditMinor - earned, (table.CpaMinor ?? 0) - perSale, front.SpendMinor - spent, front.ByClickMinor - earned];
        return new("shown", Measure.Money, differences.Max(Math.Abs), differences.Length, new(1, 0));
    }

    private static IQueryable<Payment> Payments(CheckScope scope)
    {
        var since = scope.Ago(Days);
        return scope.Db.Set<Payment>().Where(payment => payment.Mode == scope.Mode && payment.OccurredAt >= since);
    }
}
