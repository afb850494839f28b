using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Identity;

/// <summary>The audit chain as pages show it, with the names of whoever acted.</summary>
public sealed class AuditQueries(IDbContextFactory<RevOpsDb> databases, Vault vault, CompanyProfile company, ActorNames actorNames)
{
    public const int PageSize = 50;
    private const int MostOfOne = 100;

    /// <summary>A page of the chain, newest first unless asked otherwise.</summary>
    public async Task<AuditList> ListAsync(AuditFilter filter, CancellationToken cancel)
    {
        var owner = await company.CurrentAsync(cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var found = filter.Apply(db.Set<AuditEntry>().AsNoTracking(), owner);
        var count = await found.CountAsync(cancel);
        var sorted = filter.Ascending ? found.OrderBy(entry => entry.Sequence) : found.OrderByDescending(entry => entry.Sequence);
        return new(await NameAsync(sorted.Skip((filter.Page - 1) * filter.Size).Take(filter.Size), cancel), count);
    }

    /// <summary>What happened to one thing, newest first.</summary>
    /// <param name="subjectType">Name of its entity type.</param>
    /// <param name="subjectId">Its id.</param>
    /// <param name="cancel">Ends the reading.</param>
    public async Task<IReadOnlyList<AuditRow>> OfAsync(string subjectType, string subjectId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var entries = db.Set<AuditEntry>().AsNoTracking().Where(entry => entry.SubjectType == subjectType && entry.SubjectId == subjectId);
        return await NameAsync(entries.OrderByDescending(entry => entry.Sequence).Take(MostOfOne), cancel);
    }

    /// <summary>One row with what it was before and after; null when there is none of this number.</summary>
    /// <param name="sequence">Its place in the chain.</param>
    /// <param name="clear">Values of a person are opened for whoever may see them; the company's own always are.</param>
    /// <param name="cancel">Ends the reading.</param>
    public async Task<AuditDetail?> FindAsync(long sequence, bool clear, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var found = await db.Set<AuditEntry>().AsNoTracking().Where(entry => entry.Sequence >= sequence - 1 && entry.Sequence <= sequence + 1).ToListAsync(cancel);
        if (found.Find(entry => entry.Sequence == sequence) is not { } one)
            return null;

        var (before, after) = (found.Find(entry => entry.Sequence == sequence - 1), found.Find(entry => entry.Sequence == sequence + 1));
        var personal = one.OwnerId != DataKey.Company;
        var change = await vault.OpenAsync(one.OwnerId, one.Id, one.SealedChange, cancel);
        var (changes, reason) = AuditChange.Read(change, masked: personal && !clear);
        return new((await NameAsync(db.Set<AuditEntry>().AsNoTracking().Where(entry => entry.Sequence == sequence), cancel))[0], changes)
        {
            RecordedAt = one.RecordedAt,
            Reason = reason,
            IsPersonal = personal,
            IsErased = change is null,
            PreviousHash = Convert.ToHexStringLower(one.PreviousHash),
            Hash = Convert.ToHexStringLower(one.Hash),
            Fits = one.Hash.AsSpan().SequenceEqual(one.ComputeHash()) && one.PreviousHash.AsSpan().SequenceEqual(before?.Hash ?? []),
            Previous = before?.Sequence,
            Next = after?.Sequence,
        };
    }

    /// <summary>The newest row of an action; null when it was never done.</summary>
    public async Task<AuditRow?> NewestAsync(string action, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var found = db.Set<AuditEntry>().AsNoTracking().Where(entry => entry.Action == action).OrderByDescending(entry => entry.Sequence).Take(1);
        return (await NameAsync(found, cancel)).FirstOrDefault();
    }

    /// <summary>What the chain holds, for the choices of a filter.</summary>
    public async Task<AuditChoices> ChoicesAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var entries = db.Set<AuditEntry>().AsNoTracking();
        var actors = await entries.Select(entry => entry.Actor).Distinct().ToListAsync(cancel);
        var names = await actorNames.OfAsync(actors, cancel);
        return new(
            await entries.Select(entry => entry.Action).Distinct().ToListAsync(cancel),
            actors.ConvertAll(actor => new Actor(actor, names.GetValueOrDefault(actor))),
            await entries.Select(entry => entry.SubjectType).Distinct().ToListAsync(cancel));
    }

    /// <summary>A row without its sealed change, which a list does not show.</summary>
    private async Task<List<AuditRow>> NameAsync(IQueryable<AuditEntry> entries, CancellationToken cancel)
    {
        var rows = await entries.Select(entry => new { entry.Sequence, entry.OccurredAt, entry.Actor, entry.Action, entry.SubjectType, entry.SubjectId }).ToListAsync(cancel);
        var names = await actorNames.OfAsync(rows.Select(row => row.Actor), cancel);
        return rows.ConvertAll(row => new AuditRow(row.Sequence, row.OccurredAt, new(row.Actor, names.GetValueOrDefault(row.Actor)), row.Action, row.SubjectType, row.SubjectId));
    }
}

/// <param name="Action">Exactly this action.</param>
/// <param name="Actor">As it is stored: "user:…", "key:…" or "system".</param>
/// <param name="SubjectType">Name of the entity's type.</param>
/// <param name="SubjectId">Exactly this id.</param>
/// <param name="From">First day.</param>
/// <param name="To">Last day, included.</param>
/// <param name="Page">From 1 on.</param>
public sealed record AuditFilter(string? Action = null, string? Actor = null, string? SubjectType = null, string? SubjectId = null, DateOnly? From = null, DateOnly? To = null, int Page = 1)
{
    public bool Ascending { get; init; }

    /// <summary>Rows of a page; CSV takes more at a time.</summary>
    public int Size { get; init; } = AuditQueries.PageSize;

    internal IQueryable<AuditEntry> Apply(IQueryable<AuditEntry> all, CompanyVersion company)
    {
        if (Action is { } action)
            all = all.Where(entry => entry.Action == action);
        if (Actor is { } actor)
            all = all.Where(entry => entry.Actor == actor);
        if (SubjectType is { } type)
            all = all.Where(entry => entry.SubjectType == type);
        if (SubjectId is { } id)
            all = all.Where(entry => entry.SubjectId == id);
        if (From is { } from)
        {
            var start = company.StartOf(from);
            all = all.Where(entry => entry.OccurredAt >= start);
        }

        if (To is { } to)
        {
            var end = company.StartOf(to.AddDays(1));
            all = all.Where(entry => entry.OccurredAt < end);
        }

        return all;
    }
}

public sealed record AuditList(IReadOnlyList<AuditRow> Rows, int Count);

public sealed record AuditChoices(IReadOnlyList<string> Actions, IReadOnlyList<Actor> Actors, IReadOnlyList<string> SubjectTypes);

/// <param name="Sequence">Its place in the chain.</param>
public sealed record AuditRow(long Sequence, DateTimeOffset OccurredAt, Actor Actor, string Action, string SubjectType, string SubjectId);

/// <param name="Changes">Field by field, those that changed first.</param>
public sealed record AuditDetail(AuditRow Row, IReadOnlyList<AuditChange> Changes)
{
    public required DateTimeOffset RecordedAt { get; init; }
    public string? Reason { get; init; }

    /// <summary>It holds values of a person, which only some may see.</summary>
    public required bool IsPersonal { get; init; }

    /// <summary>The person whose values it held is gone; the hash still fits.</summary>
    public required bool IsErased { get; init; }

    /// <summary>Hexadecimal.</summary>
    public required string PreviousHash { get; init; }

    /// <summary>Hexadecimal.</summary>
    public required string Hash { get; init; }

    /// <summary>The hash is that of the content, and the row before is the one it was written after.</summary>
    public required bool Fits { get; init; }

    /// <summary>Place of the row before; null for the first.</summary>
    public long? Previous { get; init; }

    /// <summary>Place of the row after; null for the newest.</summary>
    public long? Next { get; init; }
}
