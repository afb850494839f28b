using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Ingestion.HooksOut;

public sealed record OutgoingFilter(OutgoingStatus? Status = null, string? Type = null, Guid? SubscriptionId = null, int Page = 1)
{
    public Guid? Id { get; init; }
    public DateOnly? From { get; init; }
    public DateOnly? To { get; init; }
    public bool Ascending { get; init; }
    public int Size { get; init; } = HookQueries.PageSize;

    internal IQueryable<OutgoingHook> Apply(IQueryable<OutgoingHook> all, CompanyVersion company)
    {
        if (Id is { } id)
            return all.Where(row => row.Id == id);
        if (Status is { } status)
            all = all.Where(row => row.Status == status);
        if (Type is { } type)
            all = all.Where(row => row.Type == type);
        if (SubscriptionId is { } subscription)
            all = all.Where(row => row.SubscriptionId == subscription);
        if (From is { } from && company.StartOf(from) is var start)
            all = all.Where(row => row.RecordedAt >= start);
        if (To is { } to && company.StartOf(to.AddDays(1)) is var end)
            all = all.Where(row => row.RecordedAt < end);
        return all;
    }
}

/// <summary>Who is told what, and what became of each message.</summary>
public sealed class HookQueries(IDbContextFactory<RevOpsDb> databases, Vault vault, CompanyProfile company)
{
    public const int PageSize = 50;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async Task<IReadOnlyList<SubscriptionRow>> SubscriptionsAsync(CancellationToken cancel = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var rows = await db.Set<HookSubscription>().AsNoTracking().OrderBy(row => row.Name).ToListAsync(cancel);
        var failed = await db.Set<OutgoingHook>().Where(row => row.Status == OutgoingStatus.Failed).GroupBy(row => row.SubscriptionId).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, cancel);
        var result = new List<SubscriptionRow>();
        foreach (var row in rows)
        {
            var secret = await vault.OpenAsync(DataKey.Company, row.Id, row.SealedSecret, cancel);
            result.Add(new(row.Id, row.Name, row.Url, row.TypeList, row.IsEnabled)
            {
                GoneAt = row.GoneAt,
                PreviousUntil = row.PreviousUntil,
                RecordedAt = row.RecordedAt,
                Failed = failed.GetValueOrDefault(row.Id),
                Ending = secret is null ? "" : Platform.Connections.ConnectionHint.Ending(secret),
            });
        }

        return result;
    }

    public async Task<IReadOnlyDictionary<OutgoingStatus, int>> CountAsync(OutgoingFilter filter, CancellationToken cancel = default)
    {
        var owner = await company.CurrentAsync(cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await (filter with { Status = null }).Apply(db.Set<OutgoingHook>(), owner).GroupBy(row => row.Status).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, cancel);
    }

    public async Task<IReadOnlyList<OutgoingRow>> ListAsync(OutgoingFilter filter, CancellationToken cancel = default)
    {
        var owner = await company.CurrentAsync(cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var found = filter.Apply(db.Set<OutgoingHook>(), owner);
        found = filter.Ascending ? found.OrderBy(row => row.RecordedAt).ThenBy(row => row.Id) : found.OrderByDescending(row => row.RecordedAt).ThenByDescending(row => row.Id);
        var names = await NamesAsync(db, cancel);
        var rows = await found.Skip((filter.Page - 1) * filter.Size).Take(filter.Size)
            .Select(row => new { row.Id, row.SubscriptionId, row.Type, row.SubjectId, row.RecordedAt, row.Status, row.Attempts, row.LastStatus, row.LastError, row.LastAttemptAt }).ToListAsync(cancel);
        return rows.ConvertAll(row => new OutgoingRow(row.Id, row.Type, names.GetValueOrDefault(row.SubscriptionId), row.RecordedAt, row.Status)
        {
            SubjectId = row.SubjectId,
            Attempts = row.Attempts,
            LastStatus = row.LastStatus,
            LastError = row.LastError,
            LastAttemptAt = row.LastAttemptAt,
        });
    }

    public async Task<OutgoingStory?> FindAsync(Guid id, CancellationToken cancel = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await db.Set<OutgoingHook>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancel) is not { } row)
            return null;
        var subscription = await db.Set<HookSubscription>().AsNoTracking().SingleOrDefaultAsync(found => found.Id == row.SubscriptionId, cancel);
        var attempts = new List<AttemptRow>();
        foreach (var attempt in await db.Set<HookAttempt>().AsNoTracking().Where(found => found.HookId == id).OrderByDescending(found => found.At).Take(50).ToListAsync(cancel))
            attempts.Add(new(attempt.At, attempt.DurationMs, attempt.StatusCode, attempt.Error, await vault.OpenAsync(DataKey.Company, attempt.Id, attempt.SealedAnswer, cancel)));
        using var body = JsonDocument.Parse(row.Body);
        return new(new OutgoingRow(row.Id, row.Type, subscription?.Name, row.RecordedAt, row.Status)
        {
            SubjectId = row.SubjectId,
            Attempts = row.Attempts,
            LastStatus = row.LastStatus,
            LastError = row.LastError,
            LastAttemptAt = row.LastAttemptAt,
        }, subscription?.Url, JsonSerializer.Serialize(body, Indented), attempts);
    }

    private static Task<Dictionary<Guid, string>> NamesAsync(RevOpsDb db, CancellationToken cancel) => db.Set<HookSubscription>().ToDictionaryAsync(row => row.Id, row => row.Name, cancel);
}

public sealed record SubscriptionRow(Guid Id, string Name, string Url, IReadOnlyList<string> Types, bool IsEnabled)
{
    public DateTimeOffset? GoneAt { get; init; }
    public DateTimeOffset? PreviousUntil { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>Messages that were given up.</summary>
    public int Failed { get; init; }

    public required string Ending { get; init; }
}

/// <param name="Subscription">Its name; null when it was removed.</param>
public sealed record OutgoingRow(Guid Id, string Type, string? Subscription, DateTimeOffset RecordedAt, OutgoingStatus Status)
{
    public required Guid SubjectId { get; init; }
    public required int Attempts { get; init; }
    public int? LastStatus { get; init; }
    public string? LastError { get; init; }
    public DateTimeOffset? LastAttemptAt { get; init; }
}

public sealed record OutgoingStory(OutgoingRow Row, string? Url, string Body, IReadOnlyList<AttemptRow> Attempts);

/// <param name="Answer">How the answer began.</param>
public sealed record AttemptRow(DateTimeOffset At, int DurationMs, int? StatusCode, string? Error, string? Answer);
