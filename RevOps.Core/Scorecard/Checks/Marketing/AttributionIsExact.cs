using Microsoft.EntityFrameworkCore;
using RevOps.Core.Attribution.Models;
using RevOps.Core.Attribution.Results;
using RevOps.Core.Attribution.Snapshots;
using RevOps.Core.Platform;
using RevOps.Core.Receivables;

namespace RevOps.Core.Scorecard.Checks.Marketing;

/// <summary>
/// Journeys of 90 days are credited by exact chains: each reproduces the conversions it was made from; what is credited and what is not are the
/// sales and the money that the payments themselves tell of the last 90 days; and each channel has an interval.
/// </summary>
public sealed class AttributionIsExact(AttributionQueries attribution) : Check
{
    private const int Days = 90;

    public override string Id => "M18";

    public override async Task<IReadOnlyList<Part>> MeasureAsync(CheckScope scope, CancellationToken cancel)
    {
        var question = new AttributionQuestion { Period = Period.Ending(scope.Today, Days), LookBackDays = Days, Kind = ConversionKind.Paid, Model = AttributionModel.Markov1 };

        // Attribution is of the mode that works now, and of no other.
        var report = await attribution.CompareDrawnAsync(question, cancel);
        if (report is null || report.Basis.Mode != scope.Mode || report.Rows.Count == 0 || await attribution.OrdersAsync(question, cancel) is not { } orders)
            return [Part.Fact("computed", null, 0)];
        var cells = report.Rows.Select(row => row.Models[AttributionModel.Markov1]).ToList();
        var (sold, paid) = await PaidAsync(scope, question.Period, cancel);
        var credited = report.Conversions - report.Unattributed.Conversions;
        return
        [
            Part.Fact("computed", true, report.DistinctPaths),
            new("reproduced", Measure.Ratio, orders.Orders.Max(order => Math.Abs(order.Reproduced - credited)) / Math.Max(1, credited), orders.Orders.Count, new(0.01, 1e-9)),
            new("conversions", Measure.Ratio, Math.Abs(cells.Sum(cell => cell.Conversions) + report.Unattributed.Conversions - sold), sold, new(1, 1e-6)),
            new("difference", Measure.Money, Math.Abs(cells.Sum(cell => cell.Minor ?? 0) + (report.Unattributed.Minor ?? 0) - paid), sold, new(1, 0)),
            Part.Fact("intervals", cells.TrueForAll(cell => cell.Low is not null) ? true : report.IntervalsPending ? null : false, cells.Count),
        ];
    }

    /// <summary>Read from the payments, which attribution has no hand in: sales of which something is paid at the end of the days and nothing was before, and what was paid.</summary>
    private static async Task<(int Sold, long Minor)> PaidAsync(CheckScope scope, Period period, CancellationToken cancel)
    {
        var (first, end, currency) = (scope.Owner.StartOf(period.From), scope.Owner.StartOf(period.To.AddDays(1)), scope.Owner.Currency);
        var payments = scope.Db.Set<Payment>().Where(payment => payment.Mode == scope.Mode && payment.Currency == currency && payment.OccurredAt < end);
        var sales = await payments.GroupBy(payment => payment.InvoiceId).Select(sale => new { Until = sale.Sum(payment => payment.AmountMinor), Before = sale.Sum(payment => payment.OccurredAt < first ? payment.AmountMinor : 0) }).ToListAsync(cancel);
        return (sales.Count(sale => sale.Before <= 0 && sale.Until > 0), sales.Sum(sale => sale.Until - sale.Before));
    }

    public override IQueryable<EvidenceRow> Rows(CheckScope scope) =>
        scope.Db.Set<AttributionSnapshot>().Where(snapshot => snapshot.FinishedAt != null)
            .Select(snapshot => new EvidenceRow { Kind = EvidenceKind.Snapshot, Id = snapshot.Id, At = snapshot.FinishedAt!.Value, Holds = true });
}
