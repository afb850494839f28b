using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using RevOps.Core.Data;
using RevOps.Core.Platform;

namespace RevOps.Core.Scorecard.Checks;

/// <summary>Runs checks, each with a context of its own: one that fails is unknown, and takes no other with it.</summary>
public sealed partial class CheckReader(IDbContextFactory<RevOpsDb> databases, CompanyProfile company, IEnumerable<Check> checks, TimeProvider clock, ILogger<CheckReader> log)
{
    // More of them say no more.
    private const int MostFaults = 500;

    private readonly Dictionary<string, Check> byId = checks.ToDictionary(check => check.Id, StringComparer.Ordinal);

    /// <summary>What one check finds now.</summary>
    public async Task<Finding> MeasureAsync(string checkId, Mode mode, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (!byId.TryGetValue(checkId, out var check))
            return new(now, [], UnknownReason.NotMeasured);
        try
        {
            await using var db = await databases.CreateDbContextAsync(cancel);
            var scope = new CheckScope(db, mode, await company.CurrentAsync(cancel), now);
            var parts = await check.MeasureAsync(scope, cancel);
            var newest = check.IsState ? now : await check.NewestAsync(scope, cancel);
            return Finding.Of(now, [.. parts.Select(part => part.At is null ? part with { At = newest } : part)]);
        }
#pragma warning disable CA1031 // Whatever a query throws, the other checks go on and the page says that this one failed.
        catch (Exception failure) when (failure is not OperationCanceledException)
#pragma warning restore CA1031
        {
            LogFailure(checkId, failure);
            return new(now, [], UnknownReason.Failed);
        }
    }

    /// <summary>What a check counted: first what fails of its other parts, then its rows, what does not hold first and the newest of each first: ids rise with time.</summary>
    public async Task<(IReadOnlyList<EvidenceRow> Rows, int Count)> RowsAsync(string checkId, Mode mode, int skip, int take, CancellationToken cancel)
    {
        if (!byId.TryGetValue(checkId, out var check))
            return ([], 0);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var scope = new CheckScope(db, mode, await company.CurrentAsync(cancel), clock.GetUtcNow());
        var (faults, rows) = (await FaultsAsync(check, scope, cancel), check.Rows(scope));
        var first = faults.Skip(skip).Take(take).ToList();
        return ([.. first, .. await rows.OrderBy(row => row.Holds).ThenByDescending(row => row.Id).Skip(Math.Max(0, skip - faults.Count)).Take(take - first.Count).ToListAsync(cancel)], faults.Count + await rows.CountAsync(cancel));
    }

    private static async Task<IReadOnlyList<EvidenceRow>> FaultsAsync(Check check, CheckScope scope, CancellationToken cancel)
    {
        // Where everything held when it was measured last there is nothing to look for.
        var last = await scope.Db.Set<CheckResult>().AsNoTracking().Where(result => result.Mode == scope.Mode && result.CheckId == check.Id).OrderByDescending(result => result.Day).FirstOrDefaultAsync(cancel);
        return last is not null && Read(last).Result >= 1 ? [] : [.. (await check.FaultsAsync(scope, cancel)).Take(MostFaults)];
    }

    internal static string Write(IReadOnlyList<Part> parts) => JsonSerializer.Serialize(parts);

    internal static Finding Read(CheckResult result) => new(result.MeasuredAt, JsonSerializer.Deserialize<List<Part>>(result.Parts)!, result.Unknown);

    [LoggerMessage(LogLevel.Error, "Check {CheckId} failed")]
    private partial void LogFailure(string checkId, Exception failure);
}
