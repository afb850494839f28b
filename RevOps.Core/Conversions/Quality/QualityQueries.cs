using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.People;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Connections;

namespace RevOps.Core.Conversions.Quality;

/// <summary>How well conversions arrive and match, counted by the database.</summary>
public sealed class QualityQueries(IDbContextFactory<RevOpsDb> databases, CompanyProfile company, ConnectionDesk desk, IEnumerable<IPlatformConnection> connections, TimeProvider clock)
{
    /// <summary>Name of the fact of a live check that says when a token ends, in round-trip form.</summary>
    public const string EndsFact = "validUntil";

    // Ended as it should: nothing at the platform or here would have it otherwise.
    private static readonly string[] NobodysFault = ["cannot_restate", "superseded", "never_sent", "booking.cancelled", "sale.gone", "person.erased", "erased", "late.consent.unknown", "late.consent.denied", "late.stage.off"];

    // What should have left so long ago is as good as lost.
    private static readonly TimeSpan Overdue = TimeSpan.FromDays(1);

    /// <param name="filter">Its page, group and reason do not matter.</param>
    /// <param name="cancel">Ends the reading.</param>
    public async Task<ConversionQuality> OfAsync(ConversionFilter filter, CancellationToken cancel = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var all = filter.Apply(db.Set<Conversion>().AsNoTracking(), await company.CurrentAsync(cancel));
        return new(
            await CountAsync(all, cancel),
            await KeysAsync(all, filter, cancel),
            await SignalsAsync(db, all, filter, cancel),
            await DeliveryAsync(all, filter, clock.GetUtcNow(), cancel));
    }

    /// <summary>
    /// The days of the period one by one, a page of them: each is counted by the database. Where one begins only the company's time zone says, which
    /// the database does not know.
    /// </summary>
    /// <param name="filter">With a period; its page and direction are those of the days.</param>
    /// <param name="size">Days of a page.</param>
    /// <param name="cancel">Ends the reading.</param>
    public async Task<DayPage> DaysAsync(ConversionFilter filter, int size, CancellationToken cancel = default)
    {
        if (filter is not { From: { } from, To: { } to } || to < from)
            return new([], 1, 0);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var owner = await company.CurrentAsync(cancel);
        var total = to.DayNumber - from.DayNumber + 1;
        var page = Math.Clamp(filter.Page, 1, (total + size - 1) / size);
        var rows = new List<DayFunnel>();
        foreach (var place in Enumerable.Range((page - 1) * size, Math.Min(size, total - ((page - 1) * size))))
        {
            var day = filter.Ascending ? from.AddDays(place) : to.AddDays(-place);
            var counted = await CountAsync((filter with { From = day, To = day }).Apply(db.Set<Conversion>().AsNoTracking(), owner), cancel);
            rows.Add(new(day, counted.Aggregate(default(Funnel) with { Matched = null }, (sum, row) => sum + row.Funnel)));
        }

        return new(rows, page, total);
    }

    /// <summary>Of the last 30 days beside the 30 before, and of the tokens; counts no more than that needs.</summary>
    public async Task<IReadOnlyList<QualityAlert>> AlertsAsync(Mode mode, CancellationToken cancel = default)
    {
        const int Days = 30;
        var now = clock.GetUtcNow();
        var owner = await company.CurrentAsync(cancel);
        var today = owner.DayOf(now);
        var last = new ConversionFilter(mode) { From = today.AddDays(1 - Days), To = today };
        var before = last with { From = today.AddDays(1 - (2 * Days)), To = today.AddDays(-Days) };
        await using var db = await databases.CreateDbContextAsync(cancel);
        var (these, those) = (last.Apply(db.Set<Conversion>().AsNoTracking(), owner), before.Apply(db.Set<Conversion>().AsNoTracking(), owner));
        var found = new ConversionQuality([], await KeysAsync(these, last, cancel), [], await DeliveryAsync(these, last, now, cancel));
        return QualityAlert.Of(found, found with { Keys = await KeysAsync(those, before, cancel), Delivery = [] }, await TokensAsync(cancel), now);
    }

    private async Task<Dictionary<AdPlatform, DateTimeOffset?>> TokensAsync(CancellationToken cancel)
    {
        var tokens = new Dictionary<AdPlatform, DateTimeOffset?>();
        foreach (var connection in connections.Where(connection => connection.Mode is not null))
        {
            if (!Enum.TryParse<AdPlatform>(connection.Name, out var platform) || await desk.LastCheckAsync(connection, cancel) is not { } check)
                continue;
            if (check.Outcome is CheckOutcome.WrongKey or CheckOutcome.NoRights)
                tokens[platform] = null;
            else if (EndOf(check.Facts) is { } ends)
                tokens[platform] = ends;
        }

        return tokens;
    }

    private static async Task<IReadOnlyList<KeyCoverage>> KeysAsync(IQueryable<Conversion> all, ConversionFilter filter, CancellationToken cancel)
    {
        var keys = await all.Where(row => row.MatchKeys != null).GroupBy(row => new { row.Platform, row.MatchKeys }).Select(group => new { group.Key.Platform, Keys = group.Key.MatchKeys!.Value, Count = group.Count() }).ToListAsync(cancel);
        return [.. PlatformsOf(filter).Select(platform => KeyCoverage.From(platform, [.. keys.Where(row => row.Platform == platform).Select(row => (row.Keys, row.Count))]))];
    }

    private static async Task<IReadOnlyList<PlatformDelivery>> DeliveryAsync(IQueryable<Conversion> all, ConversionFilter filter, DateTimeOffset now, CancellationToken cancel)
    {
        var overdue = now - Overdue;
        var counts = await all.GroupBy(row => row.Platform).Select(group => new
        {
            group.Key,
            Taken = group.Count(row => row.Status == ConversionStatus.Delivered),
            Failed = group.Count(row => (row.Status == ConversionStatus.Rejected && !NobodysFault.Contains(row.Reason!)) || (row.Status == ConversionStatus.Queued && row.OccurredAt < overdue && row.DueAt < overdue)),
        }).ToListAsync(cancel);
        return [.. PlatformsOf(filter).Select(platform => counts.Find(row => row.Key == platform) is { } row ? new PlatformDelivery(platform, row.Taken, row.Taken + row.Failed) : new(platform, 0, 0))];
    }

    /// <summary>When a checked token ends; null where it does not, or the platform does not say.</summary>
    public static DateTimeOffset? EndOf(IReadOnlyDictionary<string, string> facts) =>
        facts.TryGetValue(EndsFact, out var text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var ends) ? ends : null;

    private static IEnumerable<AdPlatform> PlatformsOf(ConversionFilter filter) => filter.Platform is { } one ? [one] : Enum.GetValues<AdPlatform>();

    // Meta answers a request, and never says of one conversion whether it knew the person.
    private static int? MatchedOf(AdPlatform platform, int delivered) => platform == AdPlatform.Google ? delivered : null;

    /// <summary>How far the conversions of each stage came, counted by the database.</summary>
    private static async Task<IReadOnlyList<StageFunnel>> CountAsync(IQueryable<Conversion> all, CancellationToken cancel)
    {
        var stages = await all.GroupBy(row => new { row.Platform, row.Stage }).Select(group => new
        {
            group.Key,
            Created = group.Count(),
            Eligible = group.Count(row => row.MatchKeys != null || row.SentAt != null || row.Status == ConversionStatus.Queued),
            Sent = group.Count(row => row.MatchKeys != null || row.SentAt != null),
            Received = group.Count(row => row.SentAt != null),
            Matched = group.Count(row => row.Status == ConversionStatus.Delivered),
            Lapsed = group.Count(row => row.Status == ConversionStatus.Rejected && row.Reason!.StartsWith(LateReasons.Prefix)),
        }).ToListAsync(cancel);
        return [.. stages.OrderBy(row => row.Key.Platform).ThenBy(row => row.Key.Stage).Select(row => new StageFunnel(row.Key.Platform, row.Key.Stage, new(row.Created, row.Eligible, row.Sent, row.Received, MatchedOf(row.Key.Platform, row.Matched)) { Lapsed = row.Lapsed }))];
    }

    private static async Task<IReadOnlyList<SignalFigures>> SignalsAsync(RevOpsDb db, IQueryable<Conversion> all, ConversionFilter filter, CancellationToken cancel)
    {
        var reports = from report in db.Set<PixelReport>()
                      join home in db.Set<Person>() on report.PersonId equals home.Id
                      select new { home.CanonicalId, HasMeta = report.Meta != null, HasGoogle = report.Google != null };
        var delivered = from row in all
                        join person in db.Set<Person>() on row.PersonId equals person.Id
                        where row.Status == ConversionStatus.Delivered
                        select new
                        {
                            row.Platform,
                            IsTwin = db.Set<BrowserEvent>().Any(seen => seen.EventId == row.EventId && (row.Platform == AdPlatform.Meta ? seen.Meta : seen.Google)),
                            IsReported = reports.Any(report => report.CanonicalId == person.CanonicalId && (row.Platform == AdPlatform.Meta ? report.HasMeta : report.HasGoogle)),
                        };
        var counts = await delivered.GroupBy(row => new { row.Platform, row.IsTwin, row.IsReported }).Select(group => new { group.Key, Count = group.Count() }).ToListAsync(cancel);
        return [.. PlatformsOf(filter).Select(platform =>
        {
            var own = counts.FindAll(row => row.Key.Platform == platform);
            return new SignalFigures(platform, own.Sum(row => row.Count), own.Where(row => row.Key.IsTwin || row.Key.IsReported).Sum(row => row.Count), own.Where(row => row.Key.IsTwin).Sum(row => row.Count));
        })];
    }
}
