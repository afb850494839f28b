using System.Linq.Expressions;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Platform;

namespace RevOps.Core.Ingestion;

/// <summary>What came in, as lists: accepted, parked and rejected. No value of a person is opened here.</summary>
public sealed class EventQueries(IDbContextFactory<RevOpsDb> databases, CompanyProfile company)
{
    public const int PageSize = 50;

    private static readonly Expression<Func<ReceivedEvent, EventRow>> View = row => new EventRow
    {
        Id = row.Id,
        Type = row.Type,
        Source = row.Source,
        EventId = row.EventId,
        OccurredAt = row.OccurredAt,
        RecordedAt = row.RecordedAt,
        Status = row.Status,
        ParkedOn = row.ParkedOn,
        Repeats = row.Repeats,
        RepeatDiffered = row.RepeatDiffered,
    };

    /// <summary>How many events of each fate the filters leave.</summary>
    public async Task<EventCounts> CountAsync(EventFilter filter, CancellationToken cancel = default)
    {
        var owner = await company.CurrentAsync(cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);

        // By type: so an index holds all that is counted and no event is read, and whose word they are is asked of each type, not of each event.
        var counts = await (await FoundAsync(db, filter with { Origin = EventOrigin.All }, owner, cancel)).GroupBy(row => new { row.Type, row.Status })
            .Select(group => new { group.Key.Type, group.Key.Status, Count = group.Count() }).ToListAsync(cancel);
        var received = counts.FindAll(row => EventFilter.IsOf(filter.Origin, row.Type));
        int Of(EventStatus status) => received.Where(row => row.Status == status).Sum(row => row.Count);
        var (parked, ignored) = (Of(EventStatus.Parked), Of(EventStatus.Ignored));
        return new(received.Sum(row => row.Count) - parked - ignored, parked, ignored, await filter.Apply(db.Set<RejectedEvent>(), owner).CountAsync(cancel));
    }

    /// <summary>Accepted events, newest first unless asked otherwise.</summary>
    public async Task<IReadOnlyList<EventRow>> AcceptedAsync(EventFilter filter, CancellationToken cancel = default)
    {
        var owner = await company.CurrentAsync(cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var all = await FoundAsync(db, filter, owner, cancel);
        var last = filter.Page * filter.Size;

        // Two halves, so that each follows its index from the newest row on however many events there are; what waits to be joined is touches.
        var stored = Sorted(all.Where(row => row.Type == TouchReceived.Type && row.Status == EventStatus.Stored).Select(View), filter.Ascending).Take(last);
        var applied = Sorted(all.Where(row => row.Status == EventStatus.Applied).Select(View), filter.Ascending).Take(last);
        return await ReadAsync(Sorted(stored.Concat(applied), filter.Ascending), filter, cancel);
    }

    /// <summary>Events that wait for another one, the longest wait first unless asked otherwise.</summary>
    public async Task<IReadOnlyList<EventRow>> ParkedAsync(EventFilter filter, CancellationToken cancel = default)
    {
        var owner = await company.CurrentAsync(cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var parked = (await FoundAsync(db, filter, owner, cancel)).Where(row => row.Status == EventStatus.Parked);
        return await ReadAsync(Sorted(parked.Select(View), filter.Ascending), filter, cancel);
    }

    /// <summary>Events about nothing of ours, newest first unless asked otherwise.</summary>
    public async Task<IReadOnlyList<EventRow>> IgnoredAsync(EventFilter filter, CancellationToken cancel = default)
    {
        var owner = await company.CurrentAsync(cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var ignored = (await FoundAsync(db, filter, owner, cancel)).Where(row => row.Status == EventStatus.Ignored);
        return await ReadAsync(Sorted(ignored.Select(View), filter.Ascending), filter, cancel);
    }

    /// <summary>Refused events of the last 30 days, newest first unless asked otherwise.</summary>
    public async Task<IReadOnlyList<RejectedRow>> RejectedAsync(EventFilter filter, CancellationToken cancel = default)
    {
        var owner = await company.CurrentAsync(cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var found = filter.Apply(db.Set<RejectedEvent>(), owner);
        var sorted = filter.Ascending ? found.OrderBy(row => row.RecordedAt) : found.OrderByDescending(row => row.RecordedAt);
        var rows = await sorted.ThenBy(row => row.Id).Skip((filter.Page - 1) * filter.Size).Take(filter.Size)
            .Select(row => new { row.Id, row.Type, row.Source, row.EventId, row.RecordedAt, row.Errors }).ToListAsync(cancel);
        return rows.ConvertAll(row => new RejectedRow(row.Id, row.Type, row.Source, row.EventId, row.RecordedAt, ErrorsOf(row.Errors)));
    }

    /// <summary>What has come in so far, for the choices of a filter.</summary>
    public async Task<EventChoices> ChoicesAsync(EventOrigin origin, CancellationToken cancel = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);

        // A handful of types is looked at here: in the database every event would be.
        var types = (await db.Set<ReceivedEvent>().Select(row => row.Type).Distinct().ToListAsync(cancel)).Where(type => EventFilter.IsOf(origin, type));
        return new(origin is EventOrigin.Outside or EventOrigin.All ? [.. EventTypes.Public, .. types.Except(EventTypes.Public).Order(StringComparer.Ordinal)] : [.. types.Order(StringComparer.Ordinal)]);
    }

    internal static IReadOnlyList<FieldError> ErrorsOf(string json) => JsonSerializer.Deserialize<List<FieldError>>(json, JsonSerializerOptions.Web) ?? [];

    /// <summary>An id is looked up among the sources that know it: the index of both then leads to the rows, where the id alone would read them all.</summary>
    private static async Task<IQueryable<ReceivedEvent>> FoundAsync(RevOpsDb db, EventFilter filter, CompanyVersion owner, CancellationToken cancel)
    {
        var all = filter.Apply(db.Set<ReceivedEvent>(), owner);
        if (filter is not { EventId: { } id, Source: null })
            return all;
        var sources = await db.Set<ReceivedEvent>().Where(row => row.EventId == id).Select(row => row.Source).Distinct().ToListAsync(cancel);
        return all.Where(row => sources.Contains(row.Source));
    }

    private static IOrderedQueryable<EventRow> Sorted(IQueryable<EventRow> rows, bool ascending) => ascending ? rows.OrderBy(row => row.RecordedAt) : rows.OrderByDescending(row => row.RecordedAt);

    private static async Task<IReadOnlyList<EventRow>> ReadAsync(IQueryable<EventRow> rows, EventFilter filter, CancellationToken cancel) =>
        await rows.Skip((filter.Page - 1) * filter.Size).Take(filter.Size).ToListAsync(cancel);
}

public sealed record EventCounts(int Accepted, int Parked, int Ignored, int Rejected);

public sealed record EventChoices(IReadOnlyList<string> Types);

public sealed record EventRow
{
    public required Guid Id { get; init; }
    public required string Type { get; init; }
    public required string Source { get; init; }
    public required string EventId { get; init; }
    public required DateTimeOffset OccurredAt { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
    public required EventStatus Status { get; init; }

    /// <summary>Kind and id of what it waits for, such as "booking:B-17".</summary>
    public string? ParkedOn { get; init; }

    public required int Repeats { get; init; }
    public required bool RepeatDiffered { get; init; }
}

/// <param name="Errors">What the sender has to mend.</param>
public sealed record RejectedRow(Guid Id, string? Type, string? Source, string? EventId, DateTimeOffset RecordedAt, IReadOnlyList<FieldError> Errors);
