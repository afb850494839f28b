using RevOps.Core.Conversions;
using RevOps.Core.Scorecard.Checks;

namespace RevOps.Core.Ingestion.Checks;

/// <summary>A won sale of the last 30 days that may be told went back with its amount and currency.</summary>
public sealed class SalesAreToldWithValue : ShareCheck
{
    public override string Id => "M17";

    protected override Bar Bar => new(0.6, 0.9);

    public override IQueryable<EvidenceRow> Rows(CheckScope scope)
    {
        var since = scope.Ago(30);
        return from conversion in scope.Db.Set<Conversion>()
               where conversion.Mode == scope.Mode && conversion.OccurredAt >= since && conversion.Status != ConversionStatus.Held && (conversion.Stage == ConversionStage.Booked || conversion.Stage == ConversionStage.Paid)
               select new EvidenceRow { Kind = EvidenceKind.Conversion, Id = conversion.Id, At = conversion.OccurredAt, Holds = conversion.SentAt != null && conversion.ValueMinor != null && conversion.Currency != null, Label = conversion.EventId };
    }
}
