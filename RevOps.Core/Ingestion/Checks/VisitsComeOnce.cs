using Microsoft.EntityFrameworkCore;
using RevOps.Core.Scorecard.Checks;

namespace RevOps.Core.Ingestion.Checks;

/// <summary>At most one visit in two hundred of the last week was sent again under the same id. It counts once either way.</summary>
public sealed class VisitsComeOnce : Check
{
    public override string Id => "M03";

    public override async Task<IReadOnlyList<Part>> MeasureAsync(CheckScope scope, CancellationToken cancel)
    {
        var (count, repeats) = (await Visits(scope).LongCountAsync(cancel), await Visits(scope).SumAsync(visit => (long)visit.Repeats, cancel));
        return [Part.Share("repeated", repeats, count + repeats, new(0.05, 0.005))];
    }

    // Of a week's visits nobody reads the ones that came once.
    public override IQueryable<EvidenceRow> Rows(CheckScope scope) =>
        Visits(scope).Where(visit => visit.Repeats > 0).Select(visit => new EvidenceRow { Kind = EvidenceKind.Event, Id = visit.Id, At = visit.OccurredAt, Holds = false, Label = visit.Source });

    /// <summary>Those that came once are evidence as well.</summary>
    public override Task<DateTimeOffset?> NewestAsync(CheckScope scope, CancellationToken cancel) => Visits(scope).MaxAsync(visit => (DateTimeOffset?)visit.OccurredAt, cancel);

    private static IQueryable<ReceivedEvent> Visits(CheckScope scope)
    {
        var since = scope.Ago(7);
        return scope.Db.Set<ReceivedEvent>().Where(heard => heard.Mode == scope.Mode && heard.Type == TouchReceived.Type && heard.OccurredAt >= since);
    }
}
