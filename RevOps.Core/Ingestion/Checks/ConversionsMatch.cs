using RevOps.Core.Conversions;
using RevOps.Core.Conversions.Quality;
using RevOps.Core.Scorecard.Checks;

namespace RevOps.Core.Ingestion.Checks;

/// <summary>
/// What browser and server both told is told under one id, and platforms are given an e-mail address, a telephone number or a click for seven
/// of ten conversions of the last 30 days.
/// </summary>
public sealed class ConversionsMatch(QualityQueries quality) : Check
{
    private const int Days = 30;

    public override string Id => "M16";

    public override async Task<IReadOnlyList<Part>> MeasureAsync(CheckScope scope, CancellationToken cancel)
    {
        var found = await quality.OfAsync(new ConversionFilter(scope.Mode) { From = scope.Today.AddDays(1 - Days), To = scope.Today }, cancel);
        var (sent, strong) = (found.Keys.Sum(key => (long)key.Sent), found.Keys.Sum(key => (long)Math.Round((key.StrongShare ?? 0) * key.Sent)));

        // The ids are unique per platform here: two rows with one id cannot be. What a platform counts twice is what went out under two.
        var twice = await TwiceAsync(scope, cancel);
        return [Part.Share("twice", twice, sent, new(0.05, 0.01)), Part.Share("coverage", strong, sent, new(0.4, 0.7))];
    }

    public override IQueryable<EvidenceRow> Rows(CheckScope scope)
    {
        var since = scope.Ago(Days);
        return scope.Db.Set<Conversion>().Where(conversion => conversion.Mode == scope.Mode && conversion.OccurredAt >= since && conversion.MatchKeys != null)
            .Select(conversion => new EvidenceRow { Kind = EvidenceKind.Conversion, Id = conversion.Id, At = conversion.OccurredAt, Holds = (conversion.MatchKeys & (MatchKeys.Email | MatchKeys.Phone | MatchKeys.Click)) != 0, Label = conversion.EventId });
    }

    private static async Task<long> TwiceAsync(CheckScope scope, CancellationToken cancel)
    {
        var since = scope.Ago(Days);
        var told = scope.Db.Set<Conversion>().Where(conversion => conversion.Mode == scope.Mode && conversion.OccurredAt >= since && conversion.SentAt != null);
        return await Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.LongCountAsync(told.GroupBy(conversion => new { conversion.Platform, conversion.Stage, conversion.SubjectId }).Where(group => group.Select(one => one.TransactionId).Distinct().Count() > 1), cancel);
    }
}
