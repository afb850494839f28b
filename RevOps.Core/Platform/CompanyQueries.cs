using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;

namespace RevOps.Core.Platform;

/// <summary>The versions of the company's data, for the Settings page.</summary>
public sealed class CompanyQueries(IDbContextFactory<RevOpsDb> databases, CompanyProfile profile)
{
    /// <summary>Newest first, each with what it changed of the one before.</summary>
    public async Task<IReadOnlyList<CompanyHistoryRow>> HistoryAsync(CancellationToken cancel = default)
    {
        var current = await profile.CurrentAsync(cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var versions = await db.Set<CompanyVersion>().AsNoTracking().OrderBy(version => version.ValidFrom).ToListAsync(cancel);
        return [.. versions.Select((version, index) => new CompanyHistoryRow
        {
            Id = version.Id,
            ValidFrom = index == 0 ? null : version.ValidFrom,
            RecordedAt = version.RecordedAt,
            EnteredBy = version.EnteredBy,
            Standing = version.Id == current.Id ? VersionStanding.InForce : version.ValidFrom > current.ValidFrom ? VersionStanding.Planned : VersionStanding.Past,
            Changes = Changes(index == 0 ? null : versions[index - 1], version),
        }).Reverse()];
    }

    /// <summary>Fields that two versions say differently.</summary>
    public static IReadOnlyList<FieldChange> Changes(CompanyVersion? before, CompanyVersion after)
    {
        var (old, now) = (before?.Content() ?? [], after.Content());
        return [.. now.Select(field => new FieldChange(field.Key, Text(old[field.Key]), Text(field.Value))).Where(change => before is null ? change.After is not null : change.Before != change.After)];
    }

    private static string? Text(JsonNode? value) => value?.GetValueKind() switch
    {
        null or JsonValueKind.Null => null,
        JsonValueKind.Number => ((long)value).ToString(CultureInfo.InvariantCulture),
        JsonValueKind.String => (string?)value is { Length: > 0 } text ? text : null,
        _ => value.ToJsonString(),
    };
}

public enum VersionStanding
{
    InForce = 0,
    Planned = 1,
    Past = 2,
}

public sealed record CompanyHistoryRow
{
    public required Guid Id { get; init; }

    /// <summary>Null for the first, which holds for all time before.</summary>
    public DateTimeOffset? ValidFrom { get; init; }

    public DateTimeOffset? RecordedAt { get; init; }

    /// <summary>"user:…"; null where it came from the settings.</summary>
    public string? EnteredBy { get; init; }

    public required VersionStanding Standing { get; init; }
    public required IReadOnlyList<FieldChange> Changes { get; init; }
}

/// <param name="Field">Its name in <see cref="CompanyVersion"/>.</param>
public sealed record FieldChange(string Field, string? Before, string? After);
