using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Platform;

namespace RevOps.Core.Scorecard.Claims;

/// <summary>The claims with what was measured of each last.</summary>
public sealed class ClaimQueries(IDbContextFactory<RevOpsDb> databases)
{
    public async Task<IReadOnlyList<ClaimLine>> OfAsync(Mode mode, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var results = await db.Set<ClaimResult>().AsNoTracking().Where(result => result.Mode == mode).OrderBy(result => result.Day).ToListAsync(cancel);
        var byClaim = results.ToLookup(result => result.ClaimId, StringComparer.Ordinal);
        return [.. ClaimBook.All.Select(claim => new ClaimLine(claim, byClaim[claim.Id].LastOrDefault(), [.. byClaim[claim.Id]]))];
    }
}

/// <param name="Result">The newest; null where nothing measures it, or nothing was measured yet.</param>
/// <param name="Days">Of each day, oldest first: what was measured laid over what is projected.</param>
public sealed record ClaimLine(Claim Claim, ClaimResult? Result, IReadOnlyList<ClaimResult> Days)
{
    public ClaimFinding Finding => Result?.Finding ?? ClaimFinding.Nothing;

    public ClaimVerdict Verdict => Finding.Of(Claim);
}
