using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Platform.Audit;

namespace RevOps.Core.Scorecard.Checks.Revenue;

/// <summary>Every decision on an invoice of the last 30 days stands in the audit, and nobody approved what they wrote themselves.</summary>
public sealed class MoneyActionsHaveAuthors : ShareCheck
{
    private const int Days = 30;

    public override string Id => "R11";

    protected override Bar Bar => Bar.Exactly(1);

    public override async Task<IReadOnlyList<Part>> MeasureAsync(CheckScope scope, CancellationToken cancel)
    {
        var since = scope.Ago(Days);
        var decided = await Decisions(scope).Select(pair => pair.Invoice.Id).Distinct().ToListAsync(cancel);
        var audited = await scope.Db.Set<AuditEntry>().Where(entry => entry.SubjectType == nameof(Invoice) && entry.OccurredAt >= since).Select(entry => entry.SubjectId).Distinct().ToListAsync(cancel);
        var known = audited.ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [await ShareAsync(scope, cancel), Part.Share("audited", decided.Count(id => known.Contains(id.ToString())), decided.Count, Bar.Exactly(1))];
    }

    public override IQueryable<EvidenceRow> Rows(CheckScope scope) =>
        from pair in Decisions(scope)
        select new EvidenceRow
        {
            Kind = EvidenceKind.Invoice,
            Id = pair.Invoice.Id,
            At = pair.Decision.OccurredAt,
            Holds = pair.Decision.UserId == null || pair.Decision.UserId != pair.Invoice.MakerId,
            Label = pair.Invoice.Number ?? pair.Invoice.Reference,
        };

    private static IQueryable<Decided> Decisions(CheckScope scope)
    {
        var since = scope.Ago(Days);
        return from decision in scope.Db.Set<InvoiceDecision>()
               join invoice in scope.Db.Set<Invoice>() on decision.InvoiceId equals invoice.Id
               where invoice.Mode == scope.Mode && decision.OccurredAt >= since
               select new Decided { Decision = decision, Invoice = invoice };
    }

    private sealed class Decided
    {
        public required InvoiceDecision Decision { get; init; }
        public required Invoice Invoice { get; init; }
    }
}
