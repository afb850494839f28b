using Microsoft.EntityFrameworkCore;
using RevOps.Core.Conversions;
using RevOps.Core.Conversions.Quality;
using RevOps.Core.People;
using RevOps.Core.Scorecard.Checks;

namespace RevOps.Core.Ingestion.Checks;

/// <summary>
/// What browser and server both told is told under one id, and platforms are given an e-mail address, a telephone number or a click for seven
/// of ten conversions of the last 30 days.
/// </summary>
public sealed class ConversionsMatch(QualityQueries quality) : Check
{
    private const int Days = 30;
    private const string Twice = "twice";

    public override string Id => "M16";

    public override async Task<IReadOnlyList<Part>> MeasureAsync(CheckScope scope, CancellationToken cancel)
    {
        var found = await quality.OfAsync(new ConversionFilter(scope.Mode) { From = scope.Today.AddDays(1 - Days), To = scope.Today }, cancel);
        var (sent, strong) = (found.Keys.Sum(key => (long)key.Sent), found.Keys.Sum(key => (long)Math.Round((key.StrongShare ?? 0) * key.Sent)));

        var twice = await Again(scope).LongCountAsync(cancel) + (await ApartAsync(scope, cancel)).Count;
        return [Part.Share(Twice, twice, sent, new(0.05, 0.01)), Part.Share("coverage", strong, sent, new(0.4, 0.7))];
    }

    public override IQueryable<EvidenceRow> Rows(CheckScope scope)
    {
        var since = scope.Ago(Days);
        return scope.Db.Set<Conversion>().Where(conversion => conversion.Mode == scope.Mode && conversion.OccurredAt >= since && conversion.MatchKeys != null)
            .Select(conversion => new EvidenceRow { Kind = EvidenceKind.Conversion, Id = conversion.Id, At = conversion.OccurredAt, Holds = (conversion.MatchKeys & (MatchKeys.Email | MatchKeys.Phone | MatchKeys.Click)) != 0, Label = conversion.EventId });
    }

    private static IQueryable<Conversion> Told(CheckScope scope)
    {
        var since = scope.Ago(Days);
        return scope.Db.Set<Conversion>().Where(conversion => conversion.Mode == scope.Mode && conversion.OccurredAt >= since && conversion.SentAt != null);
    }

    public override async Task<IReadOnlyList<EvidenceRow>> FaultsAsync(CheckScope scope, CancellationToken cancel)
    {
        var again = Again(scope).Select(sale => sale.SubjectId);
        var told = await Told(scope).Where(conversion => again.Contains(conversion.SubjectId)).Select(conversion => new { conversion.Id, conversion.OccurredAt, conversion.EventId, conversion.TransactionId, Sale = new Sale { Platform = conversion.Platform, Stage = conversion.Stage, SubjectId = conversion.SubjectId } }).ToListAsync(cancel);
        return
        [
            .. told.GroupBy(one => (one.Sale.Platform, one.Sale.Stage, one.Sale.SubjectId)).Where(group => group.Select(one => one.TransactionId).Distinct().Count() > 1)
                .SelectMany(group => group.Select(one => new EvidenceRow { Kind = EvidenceKind.Conversion, Id = one.Id, At = one.OccurredAt, Holds = false, Label = one.EventId, Of = Twice })),
            .. await ApartAsync(scope, cancel),
        ];
    }

    /// <summary>The server told the same stage of the same sale under two ids: of one id there can be no two rows.</summary>
    private static IQueryable<Sale> Again(CheckScope scope) =>
        Told(scope).GroupBy(conversion => new { conversion.Platform, conversion.Stage, conversion.SubjectId }).Where(group => group.Select(one => one.TransactionId).Distinct().Count() > 1)
            .Select(group => new Sale { Platform = group.Key.Platform, Stage = group.Key.Stage, SubjectId = group.Key.SubjectId });

    /// <summary>
    /// A browser's pixel told something of a person under an id that the server does not know, while the server told of that person too: the
    /// platform cannot see that both are one, and counts two.
    /// </summary>
    private static async Task<IReadOnlyList<EvidenceRow>> ApartAsync(CheckScope scope, CancellationToken cancel)
    {
        var since = scope.Ago(Days);
        var told = from conversion in Told(scope)
                   join member in scope.Db.Set<Person>() on conversion.PersonId equals member.Id
                   select member.CanonicalId;
        var reports = await (from report in scope.Db.Set<PixelReport>()
                             join member in scope.Db.Set<Person>() on report.PersonId equals member.Id

                             // A report carries no mode: that of the visit which it is about counts.
                             where report.OccurredAt >= since && Heard.Came(scope).Any(visit => visit.Touch.PersonId == report.PersonId) && report.EventIds != null && (report.Meta == true || report.Google == true) && told.Contains(member.CanonicalId)
                             select new { member.CanonicalId, report.OccurredAt, EventIds = report.EventIds! }).ToListAsync(cancel);
        var given = reports.SelectMany(report => report.EventIds.Split('\n').Select(id => (Id: id, report.CanonicalId, report.OccurredAt))).DistinctBy(one => one.Id, StringComparer.Ordinal).ToList();
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var some in given.Select(one => one.Id).Chunk(500))
            known.UnionWith(await scope.Db.Set<Conversion>().Where(conversion => some.Contains(conversion.EventId) && conversion.Mode == scope.Mode).Select(conversion => conversion.EventId).ToListAsync(cancel));
        return [.. given.Where(one => !known.Contains(one.Id)).Select(one => new EvidenceRow { Kind = EvidenceKind.Person, Id = one.CanonicalId, At = one.OccurredAt, Holds = false, Label = one.Id, Of = Twice })];
    }

    private sealed class Sale
    {
        public required AdPlatform Platform { get; init; }
        public required ConversionStage Stage { get; init; }
        public required Guid SubjectId { get; init; }
    }
}
