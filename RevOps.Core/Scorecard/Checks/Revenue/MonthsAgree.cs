using Microsoft.EntityFrameworkCore;
using RevOps.Core.Receivables;
using RevOps.Core.Receivables.Reconciliation;

namespace RevOps.Core.Scorecard.Checks.Revenue;

/// <summary>
/// In the months that were closed last, the amounts of CRM, invoices and bank agree to the cent in each currency, by the CRM's own list; and of whatever
/// does not agree, what is under way included, it is written why.
/// </summary>
public sealed class MonthsAgree : Check
{
    // Older ones were judged in their time.
    private const int Months = 3;

    public override string Id => "R16";

    public override async Task<IReadOnlyList<Part>> MeasureAsync(CheckScope scope, CancellationToken cancel)
    {
        var closed = await Closed(scope).Select(month => month.Evidence).ToListAsync(cancel);
        var ledgers = closed.SelectMany(evidence => MonthEvidence.FromJson(evidence).Currencies).ToList();
        var rows = ledgers.SelectMany(part => part.Ledger.Rows.Select(row => new AgreedAmount(part.Currency, row, part.Notes.Any(note => note.Subject == row.Subject)))).ToList();
        var open = rows.FindAll(row => !row.IsMatched);
        List<Part> parts =
        [
            Part.Fact("closed", closed.Count > 0 ? true : null, closed.Count),
            Part.Fact("crm", ledgers.Count > 0 && ledgers.TrueForAll(part => part.Ledger.Crm is not null) ? true : null, ledgers.Count),
            new("agree", Measure.Share, AgreedAmount.WorstOf(rows, row => row.IsMatched || row.IsExplained), rows.Count, new(0.95, 1)),
        ];
        return open.Count == 0 ? parts : [.. parts, Part.Share("explained", open.Count(row => row.IsExplained), open.Count, Bar.Exactly(1))];
    }

    public override IQueryable<EvidenceRow> Rows(CheckScope scope) =>
        Closed(scope).Select(month => new EvidenceRow { Kind = EvidenceKind.Month, Id = month.Id, At = month.ClosedAt, Holds = true });

    private static IQueryable<ClosedMonth> Closed(CheckScope scope) =>
        scope.Db.Set<ClosedMonth>().Where(month => month.Mode == scope.Mode && month.ReopenedAt == null).OrderByDescending(month => month.Month).Take(Months);
}

/// <summary>A row of a closed month by its amount.</summary>
internal sealed record AgreedAmount(string Currency, Reconciled Row, bool IsExplained)
{
    /// <summary>What is on its way agrees with nothing yet.</summary>
    public bool IsMatched => Row.State == ReconciledState.Matched;

    public long Minor => Math.Abs(Row.Kind switch
    {
        ReconciledKind.Deal => Row.CrmMinor ?? Row.SoldMinor ?? Row.InvoicedMinor,
        ReconciledKind.Invoice => Row.InvoicedMinor,
        _ => Row.GrossMinor,
    });

    /// <summary>The share that agrees in the currency in which least does; a cent is no difference. Null where there is nothing.</summary>
    public static double? WorstOf(IReadOnlyCollection<AgreedAmount> rows, Func<AgreedAmount, bool> agrees) => rows.GroupBy(row => row.Currency, StringComparer.Ordinal)
        .Select(group => (All: group.Sum(row => row.Minor), Agreed: group.Where(agrees).Sum(row => row.Minor))).Where(sum => sum.All > 0)
        .Select(sum => (double?)(sum.All - sum.Agreed <= 1 ? 1 : (double)sum.Agreed / sum.All)).Min();
}
