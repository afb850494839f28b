using Microsoft.EntityFrameworkCore;
using RevOps.Core.Conversions;
using RevOps.Core.Data;
using RevOps.Core.Platform;

namespace RevOps.Core.Ingestion.Collector;

/// <summary>Whether the collector works on each website: what came in last, and what the last seven days were like.</summary>
public sealed class CollectorQueries(IDbContextFactory<RevOpsDb> databases, CompanyProfile company, TimeProvider clock)
{
    public const int Days = 7;

    /// <summary>By site; a site that nothing came in for is missing, and what belongs to no site stands under <see cref="CollectorCount.NoSite"/>.</summary>
    public async Task<IReadOnlyDictionary<Guid, SiteState>> SitesAsync(CancellationToken cancel = default)
    {
        var now = clock.GetUtcNow();
        var today = (await company.CurrentAsync(cancel)).DayOf(now);
        var (first, since) = (today.AddDays(1 - Days), now.AddDays(-Days));
        await using var db = await databases.CreateDbContextAsync(cancel);

        // Some rows a day and site: details are few.
        var counts = await db.Set<CollectorCount>().AsNoTracking().Where(row => row.Day >= first).ToListAsync(cancel);
        var last = await db.Set<CollectorCount>().Where(row => row.Fact == CollectorFact.Visit || row.Fact == CollectorFact.Consent)
            .GroupBy(row => new { row.SiteId, row.Fact }).Select(rows => new { rows.Key.SiteId, rows.Key.Fact, At = rows.Max(row => row.LastAt) }).ToListAsync(cancel);
        var pixels = await db.Set<PixelReport>().Where(report => report.OccurredAt >= since).GroupBy(report => report.SiteId).Select(reports => new
        {
            SiteId = reports.Key,
            Meta = reports.Count(report => report.Meta != null),
            MetaLoaded = reports.Count(report => report.Meta == true),
            Google = reports.Count(report => report.Google != null),
            GoogleLoaded = reports.Count(report => report.Google == true),
        }).ToDictionaryAsync(row => row.SiteId, cancel);

        var lastAt = last.ToDictionary(row => (row.SiteId, row.Fact), row => row.At);
        return counts.Select(row => row.SiteId).Concat(last.Select(row => row.SiteId)).Distinct().ToDictionary(id => id, id =>
        {
            var own = counts.Where(row => row.SiteId == id).ToList();
            var pixel = pixels.GetValueOrDefault(id);
            return new SiteState
            {
                LastTouchAt = lastAt.TryGetValue((id, CollectorFact.Visit), out var touch) ? touch : null,
                LastConsentAt = lastAt.TryGetValue((id, CollectorFact.Consent), out var consent) ? consent : null,
                VisitsToday = Sum(own, CollectorFact.Visit, today),
                AnonymousToday = Sum(own, CollectorFact.Anonymous, today),
                AnonymousChannels = Details(own, CollectorFact.Anonymous),
                Visits = Sum(own, CollectorFact.Visit),
                Forgetful = Sum(own, CollectorFact.Forgetful),
                FirstParty = Sum(own, CollectorFact.FirstParty),
                BotsToday = Sum(own, CollectorFact.Bot, today),
                BotsInAll = Sum(own, CollectorFact.Bot),
                Bots = Details(own, CollectorFact.Bot),
                Refused = Sum(own, CollectorFact.Refused),
                RefusedOrigins = Details(own, CollectorFact.Refused),
                Meta = new(pixel?.MetaLoaded ?? 0, pixel?.Meta ?? 0),
                Google = new(pixel?.GoogleLoaded ?? 0, pixel?.Google ?? 0),
            };
        });
    }

    private static long Sum(List<CollectorCount> rows, CollectorFact fact, DateOnly? day = null) =>
        rows.Where(row => row.Fact == fact && (day is null || row.Day == day)).Sum(row => row.Count);

    private static IReadOnlyList<KeyValuePair<string, long>> Details(List<CollectorCount> rows, CollectorFact fact) =>
        [.. rows.Where(row => row.Fact == fact && row.Detail.Length > 0).GroupBy(row => row.Detail, StringComparer.Ordinal)
            .Select(group => KeyValuePair.Create(group.Key, group.Sum(row => row.Count))).OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)];
}

/// <summary>One website's browsers: today where it says so, else the last seven days.</summary>
public sealed record SiteState
{
    public DateTimeOffset? LastTouchAt { get; init; }
    public DateTimeOffset? LastConsentAt { get; init; }
    public long VisitsToday { get; init; }

    /// <summary>Without consent: a number per channel.</summary>
    public long AnonymousToday { get; init; }

    public IReadOnlyList<KeyValuePair<string, long>> AnonymousChannels { get; init; } = [];
    public long Visits { get; init; }

    /// <summary>Of those, by browsers that forget a visitor after 7 days.</summary>
    public long Forgetful { get; init; }

    /// <summary>Of those, through the site's own domain.</summary>
    public long FirstParty { get; init; }

    public long BotsToday { get; init; }
    public long BotsInAll { get; init; }
    public IReadOnlyList<KeyValuePair<string, long>> Bots { get; init; } = [];
    public long Refused { get; init; }
    public IReadOnlyList<KeyValuePair<string, long>> RefusedOrigins { get; init; } = [];
    public PixelShare Meta { get; init; }
    public PixelShare Google { get; init; }
}

/// <param name="Loaded">Visits on which the platform's pixel came through.</param>
/// <param name="Of">Visits of pages that have it.</param>
public readonly record struct PixelShare(int Loaded, int Of);
