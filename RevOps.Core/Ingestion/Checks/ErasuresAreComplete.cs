using Microsoft.EntityFrameworkCore;
using RevOps.Core.Conversions.Sending;
using RevOps.Core.People;
using RevOps.Core.Platform.Secrets;
using RevOps.Core.Scorecard.Checks;

namespace RevOps.Core.Ingestion.Checks;

/// <summary>
/// Of everybody who was erased no key is left, and somebody was within 90 days; and no request to an ad platform of that time kept an address
/// in clear.
/// </summary>
public sealed class ErasuresAreComplete : ShareCheck
{
    private const int Days = 90;

    public override string Id => "M11";

    protected override Bar Bar => Bar.Exactly(1);

    public override async Task<IReadOnlyList<Part>> MeasureAsync(CheckScope scope, CancellationToken cancel)
    {
        var since = scope.Ago(Days);
        var requests = scope.Db.Set<ConversionBatch>().Where(batch => batch.Mode == scope.Mode && batch.SentAt >= since);
        var (sent, clear) = (await requests.LongCountAsync(cancel), await requests.LongCountAsync(batch => batch.Envelope.Contains("@") || (batch.Answer != null && batch.Answer.Contains("@")), cancel));
        return [await ShareAsync(scope, cancel), Part.Share("hashed", sent - clear, sent, Bar.Exactly(1))];
    }

    public override IQueryable<EvidenceRow> Rows(CheckScope scope)
    {
        var since = scope.Ago(Days);
        return from person in scope.Db.Set<Person>()
               where person.ErasedAt >= since
               select new EvidenceRow { Kind = EvidenceKind.Person, Id = person.Id, At = person.ErasedAt!.Value, Holds = !scope.Db.Set<DataKey>().Any(key => key.OwnerId == person.Id && key.Wrapped != null) };
    }
}
