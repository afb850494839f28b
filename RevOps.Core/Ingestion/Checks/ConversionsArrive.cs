using Microsoft.EntityFrameworkCore;
using RevOps.Core.Conversions;
using RevOps.Core.Scorecard.Checks;

namespace RevOps.Core.Ingestion.Checks;

/// <summary>Of the conversions of the last week that may be sent, nineteen of twenty were taken, and nineteen of twenty within an hour of their time.</summary>
public sealed class ConversionsArrive : ShareCheck
{
    public override string Id => "M15";

    /// <summary>It asks for an age of a week itself.</summary>
    public override bool IsState => true;

    protected override Bar Bar => new(0.8, 0.95);

    public override async Task<IReadOnlyList<Part>> MeasureAsync(CheckScope scope, CancellationToken cancel)
    {
        var waits = await Decided(scope).Where(conversion => conversion.SentAt != null).Select(conversion => new { conversion.RecordedAt, conversion.SentAt }).ToListAsync(cancel);
        var hours = waits.ConvertAll(wait => (wait.SentAt!.Value - wait.RecordedAt).TotalHours);
        hours.Sort();
        return [await ShareAsync(scope, cancel), new("p95", Measure.Hours, Percentile.Of(hours, 0.95), hours.Count, new(24, 1))];
    }

    public override IQueryable<EvidenceRow> Rows(CheckScope scope) =>
        Decided(scope).Select(conversion => new EvidenceRow { Kind = EvidenceKind.Conversion, Id = conversion.Id, At = conversion.OccurredAt, Holds = conversion.SentAt != null && conversion.Status != ConversionStatus.Rejected, Label = conversion.EventId });

    // What consent holds back is not eligible; what still waits for its first hour is not judged yet.
    private static IQueryable<Conversion> Decided(CheckScope scope)
    {
        var (since, young) = (scope.Ago(7), scope.Now.AddHours(-1));
        return scope.Db.Set<Conversion>().Where(conversion => conversion.Mode == scope.Mode && conversion.OccurredAt >= since && conversion.Status != ConversionStatus.Held && (conversion.Status != ConversionStatus.Queued || conversion.RecordedAt < young));
    }
}
