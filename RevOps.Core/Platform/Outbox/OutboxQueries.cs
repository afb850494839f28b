using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;

namespace RevOps.Core.Platform.Outbox;

/// <summary>Deferred work as the Jobs page shows it. Every row stands under exactly one heading.</summary>
public sealed class OutboxQueries(IDbContextFactory<RevOpsDb> databases)
{
    public const int PageSize = 50;

    private static readonly Expression<Func<OutboxRow, JobRow>> View = row => new JobRow
    {
        Id = row.Id,
        Job = row.Job,
        Key = row.Key,
        Argument = row.Argument,
        Lane = row.Lane,
        State = row.State,
        Held = row.Held,
        Attempts = row.Attempts,
        LastError = row.LastError,
        NextTryAt = row.NotBefore,
        RecordedAt = row.RecordedAt,
        LeaseUntil = row.LeaseUntil,
        EndedAt = row.EndedAt,
    };

    /// <summary>A page of one heading, and how many rows the filter leaves under each.</summary>
    public async Task<JobList> ListAsync(JobFilter filter, CancellationToken cancel = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var rows = filter.Sorted(JobFilter.Of(filter.Apply(db.Set<OutboxRow>()), filter.Tab));
        var shown = await rows.Skip((filter.Page - 1) * filter.Size).Take(filter.Size).Select(View).ToListAsync(cancel);
        return new(shown, await CountAsync(filter.Apply(db.Set<OutboxRow>()), cancel));
    }

    /// <summary>One row; null when there is none of this id.</summary>
    public async Task<JobRow?> FindAsync(Guid id, CancellationToken cancel = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Set<OutboxRow>().Where(row => row.Id == id).Select(View).SingleOrDefaultAsync(cancel);
    }

    private static async Task<Dictionary<JobTab, int>> CountAsync(IQueryable<OutboxRow> rows, CancellationToken cancel)
    {
        var counts = new Dictionary<JobTab, int>();
        foreach (var tab in Enum.GetValues<JobTab>())
            counts[tab] = await JobFilter.Of(rows, tab).CountAsync(cancel);
        return counts;
    }
}

public enum JobTab
{
    /// <summary>Due or to come, and never tried in vain.</summary>
    Waiting,

    Running,

    /// <summary>Its last run failed; it will be tried again.</summary>
    Failing,

    /// <summary>Nothing is wrong: it waits for something outside.</summary>
    Held,

    Done,
    Cancelled,
}

public enum JobSort
{
    /// <summary>When it is due, or was.</summary>
    When = 0,

    Attempts = 1,
}

/// <summary>What a list of jobs shows, and in which order; carried out by the database.</summary>
public sealed record JobFilter(JobTab Tab)
{
    /// <summary>Name of the job's class.</summary>
    public string? Job { get; init; }

    /// <summary>Beginning of a key, of what the job works on or of a lane, or a part of the last error.</summary>
    public string? Text { get; init; }

    public JobSort Sort { get; init; }

    /// <summary>Null: what is to come with the next first, what is over with the last first.</summary>
    public bool? Upwards { get; init; }

    public int Page { get; init; } = 1;

    /// <summary>Rows of a page; CSV takes more at a time.</summary>
    public int Size { get; init; } = OutboxQueries.PageSize;

    public bool Ascending => Upwards ?? (Sort == JobSort.When && Tab is not (JobTab.Done or JobTab.Cancelled));

    internal IQueryable<OutboxRow> Apply(IQueryable<OutboxRow> rows)
    {
        if (Job is { } job)
            rows = rows.Where(row => row.Job == job);
        if (Text is { Length: > 0 } text)
            rows = rows.Where(row => row.Key.StartsWith(text) || row.Argument.StartsWith(text) || row.Lane!.StartsWith(text) || row.LastError!.Contains(text));
        return rows;
    }

    internal IQueryable<OutboxRow> Sorted(IQueryable<OutboxRow> rows)
    {
        var sorted = (Sort, Ascending) switch
        {
            (JobSort.Attempts, true) => rows.OrderBy(row => row.Attempts).ThenBy(row => row.NotBefore),
            (JobSort.Attempts, false) => rows.OrderByDescending(row => row.Attempts).ThenBy(row => row.NotBefore),
            (_, true) => rows.OrderBy(row => row.NotBefore),
            (_, false) => rows.OrderByDescending(row => row.NotBefore),
        };
        return sorted.ThenBy(row => row.Id);
    }

    internal static IQueryable<OutboxRow> Of(IQueryable<OutboxRow> rows, JobTab tab) => tab switch
    {
        JobTab.Waiting => rows.Where(row => row.State == OutboxState.Waiting && row.LastError == null),
        JobTab.Failing => rows.Where(row => row.State == OutboxState.Waiting && row.LastError != null && !row.Held),
        JobTab.Held => rows.Where(row => row.State == OutboxState.Waiting && row.LastError != null && row.Held),
        JobTab.Running => rows.Where(row => row.State == OutboxState.Running),
        JobTab.Done => rows.Where(row => row.State == OutboxState.Done),
        _ => rows.Where(row => row.State == OutboxState.Cancelled),
    };
}

public sealed record JobList(IReadOnlyList<JobRow> Rows, IReadOnlyDictionary<JobTab, int> Counts);

public sealed record JobRow
{
    public required Guid Id { get; init; }

    /// <summary>Name of the job's class.</summary>
    public required string Job { get; init; }

    public required string Key { get; init; }

    /// <summary>What it works on.</summary>
    public required string Argument { get; init; }

    public string? Lane { get; init; }
    public required OutboxState State { get; init; }
    public required bool Held { get; init; }
    public required int Attempts { get; init; }

    /// <summary>In English: "TypeOfException: what it says", or why it waits.</summary>
    public string? LastError { get; init; }

    public required DateTimeOffset NextTryAt { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>Past it, a running row may be taken over.</summary>
    public DateTimeOffset? LeaseUntil { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public JobTab Tab => (State, LastError, Held) switch
    {
        (OutboxState.Running, _, _) => JobTab.Running,
        (OutboxState.Done, _, _) => JobTab.Done,
        (OutboxState.Cancelled, _, _) => JobTab.Cancelled,
        (_, null, _) => JobTab.Waiting,
        (_, _, true) => JobTab.Held,
        _ => JobTab.Failing,
    };

    public bool CanRetry => State is OutboxState.Waiting or OutboxState.Cancelled;

    public bool CanCancel => State == OutboxState.Waiting;
}
