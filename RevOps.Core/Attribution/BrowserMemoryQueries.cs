using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Live;

namespace RevOps.Core.Attribution;

/// <summary>
/// How many visits come from browsers that forget a visitor after 7 days: whoever comes back later is somebody new there, and every figure
/// over a longer time is short of them.
/// </summary>
public sealed class BrowserMemoryQueries
{
    // A share that moves slowly, beside figures that everybody looks at.
    private static readonly TimeSpan MayBeOld = TimeSpan.FromSeconds(20);

    private readonly IDbContextFactory<RevOpsDb> databases;
    private readonly CompanyProfile company;
    private readonly SharedRead<(DateTimeOffset From, DateTimeOffset Until), BrowserMemory> readings;

    public BrowserMemoryQueries(IDbContextFactory<RevOpsDb> databases, CompanyProfile company, ChangeFeed feed)
    {
        (this.databases, this.company) = (databases, company);
        readings = new(feed, [nameof(Touch)], range => ReadAsync(range.From, range.Until)) { Pauses = true };
    }

    public async Task<BrowserMemory> OfAsync(Period period, CancellationToken cancel = default)
    {
        var current = await company.CurrentAsync(cancel);
        return await readings.OfAsync((current.StartOf(period.From), current.StartOf(period.To.AddDays(1))), MayBeOld);
    }

    private async Task<BrowserMemory> ReadAsync(DateTimeOffset from, DateTimeOffset until)
    {
        await using var db = await databases.CreateDbContextAsync();
        var touches = db.Set<Touch>().Where(touch => touch.OccurredAt >= from && touch.OccurredAt < until && touch.CapsCookies != null);
        var groups = await touches.GroupBy(touch => new { touch.CapsCookies, touch.ServerCookie }).Select(group => new { group.Key, Count = group.Count() }).ToListAsync();
        return new(
            groups.Where(group => group.Key is { CapsCookies: true, ServerCookie: not true }).Sum(group => group.Count),
            groups.Where(group => group.Key is { CapsCookies: true, ServerCookie: true }).Sum(group => group.Count),
            groups.Sum(group => group.Count));
    }
}

/// <param name="Forgetful">Visits of browsers that keep a script's cookie for 7 days at most.</param>
/// <param name="Kept">Such browsers too, but the server set the cookie: they remember.</param>
/// <param name="Of">Visits of which the browser is known: those that came through the collector.</param>
public sealed record BrowserMemory(int Forgetful, int Kept, int Of)
{
    /// <summary>Null where no visit came through the collector.</summary>
    public double? Share => Of == 0 ? null : (double)Forgetful / Of;
}
