using Microsoft.EntityFrameworkCore;
using RevOps.Core.Receivables;
using RevOps.Core.Receivables.Reconciliation;

namespace RevOps.Core.Scorecard.Checks.Revenue;

/// <summary>In the months that were closed last, CRM, invoices and bank agree to the cent, and whatever does not is explained.</summary>
public sealed class MonthsAgree : Check
{
    // Older ones were judged in their time.
    private const int Months = 3;

    public override string Id => "R16";

    public override async Task<IReadOnlyList<Part>> MeasureAsync(CheckScope scope, CancellationToken cancel)
    {
        var closed = await Closed(scope).Select(month => month.Evidence).ToListAsync(cancel);
        var parts = closed.SelectMany(evidence => MonthEvidence.FromJson(evidence).Currencies).ToList();
        var rows = parts.SelectMany(part => part.Ledger.Rows.Select(row => (Row: row, IsExplained: part.Notes.Any(note => note.Subject == row.Subject)))).ToList();
        return
        [
            Part.Fact("closed", closed.Count > 0 ? true : null, closed.Count),
            Part.Share("agree", rows.Count(row => !row.Row.IsException || row.IsExplained), rows.Count, new(0.95, 1)),
        ];
    }

    public override IQueryable<EvidenceRow> Rows(CheckScope scope) =>
        Closed(scope).Select(month => new EvidenceRow { Kind = EvidenceKind.Month, Id = month.Id, At = month.ClosedAt, Holds = true });

    private static IQueryable<ClosedMonth> Closed(CheckScope scope) =>
        scope.Db.Set<ClosedMonth>().Where(month => month.Mode == scope.Mode && month.ReopenedAt == null).OrderByDescending(month => month.Month).Take(Months);
}
