using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Platform;

namespace RevOps.Core.Scorecard.Claims;

/// <summary>The claims with what was measured of each last.</summary>
public sealed class ClaimQueries(IDbContextFactory<RevOpsDb> databases)
{
    // Before that a trend says nothing of today.
    private const int TrendDays = 365;

    /// <summary>What the source document claims.</summary>
    /// <param name="mode">Whose rows.</param>
    /// <param name="courses">Of which claims every day of a year is wanted.</param>
    /// <param name="cancel">Ends the reading.</param>
    public Task<IReadOnlyList<ClaimLine>> OfAsync(Mode mode, IReadOnlyList<string> courses, CancellationToken cancel) => OfAsync(ClaimBook.All, mode, courses, cancel);

    /// <summary>Those that measure a lever, with their course, beside what no document claims of one.</summary>
    public Task<IReadOnlyList<ClaimLine>> OfLeversAsync(Mode mode, IReadOnlyList<string> courses, CancellationToken cancel) => OfAsync([.. ClaimBook.All, .. ClaimBook.Levers], mode, courses, cancel);

    private async Task<IReadOnlyList<ClaimLine>> OfAsync(IReadOnlyList<Claim> claims, Mode mode, IReadOnlyList<string> courses, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var newest = await db.Set<ClaimResult>().Where(result => result.Mode == mode).MaxAsync(result => (DateOnly?)result.Day, cancel);
        var since = newest?.AddDays(-TrendDays);
        var results = await db.Set<ClaimResult>().AsNoTracking().Where(result => result.Mode == mode && (!db.Set<ClaimResult>().Any(later => later.Mode == mode && later.ClaimId == result.ClaimId && later.Day > result.Day) || (courses.Contains(result.ClaimId) && result.Day >= since))).OrderBy(result => result.Day).ToListAsync(cancel);
        var byClaim = results.ToLookup(result => result.ClaimId, StringComparer.Ordinal);
        return [.. claims.Select(claim => new ClaimLine(claim, byClaim[claim.Id].LastOrDefault(), [.. byClaim[claim.Id]]))];
    }
}

/// <param name="Result">The newest; null where nothing measures it, or nothing was measured yet.</param>
/// <param name="Days">Of each day, oldest first: what was measured laid over what is projected. The newest alone where its course was not asked for.</param>
public sealed record ClaimLine(Claim Claim, ClaimResult? Result, IReadOnlyList<ClaimResult> Days)
{
    public ClaimFinding Finding => Result?.Finding ?? ClaimFinding.Nothing;

    public ClaimVerdict Verdict => Finding.Of(Claim);

    /// <summary>How many would settle it; null where it is settled, or nobody can say.</summary>
    public long? Needs => EnoughFor.Of(Claim, Finding);
}
