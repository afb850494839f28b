using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using RevOps.Core.Data;
using RevOps.Core.Platform;

namespace RevOps.Core.Scorecard.Checks;

/// <summary>Runs checks, each with a context of its own: one that fails is unknown, and takes no other with it.</summary>
public sealed partial class CheckReader(IDbContextFactory<RevOpsDb> databases, CompanyProfile company, IEnumerable<Check> checks, TimeProvider clock, ILogger<CheckReader> log)
{
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

    /// <summary>What a check counted, what does not hold first and the newest of each first: ids rise with time.</summary>
    public async Task<(IReadOnlyList<EvidenceRow> Rows, int Count)> RowsAsync(string checkId, Mode mode, int skip, int take, CancellationToken cancel)
    {
        if (!byId.TryGetValue(checkId, out var check))
            return ([], 0);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var rows = check.Rows(new(db, mode, await company.CurrentAsync(cancel), clock.GetUtcNow()));
        return (await rows.OrderBy(row => row.Holds).ThenByDescending(row => row.Id).Skip(skip).Take(take).ToListAsync(cancel), await rows.CountAsync(cancel));
    }

    internal static string Write(IReadOnlyList<Part> parts) => JsonSerializer.Serialize(parts);

    internal static Finding Read(CheckResult result) => new(result.MeasuredAt, JsonSerializer.Deserialize<List<Part>>(result.Parts)!, result.Unknown);

    [LoggerMessage(LogLevel.Error, "Check {CheckId} failed")]
    private partial void LogFailure(string checkId, Exception failure);
}
