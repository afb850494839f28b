using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Platform.Audit;

/// <summary>Writes to the audit chain and verifies it.</summary>
public sealed class AuditTrail(Vault vault, IDbContextFactory<RevOpsDb> databases, TimeProvider clock)
{
    public const string System = "system";

    /// <summary>Somebody was shown personal values in clear.</summary>
    public const string Revealed = "values.revealed";

    private const int Portion = 1_000;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Adds an entry to the context: it is chained and committed with the change that it tells of.</summary>
    public async Task WriteAsync(RevOpsDb db, AuditNote note, CancellationToken cancel = default)
    {
        var (id, owner) = (Guid.CreateVersion7(), note.Owner ?? DataKey.Company);
        var change = JsonSerializer.Serialize(new { note.Before, note.After, note.Reason }, Json);
        db.Add(new AuditEntry
        {
            Id = id,
            OccurredAt = clock.GetUtcNow(),
            RecordedAt = TimeProvider.System.GetUtcNow(),
            Actor = note.Actor,
            Action = note.Action,
            SubjectType = note.SubjectType,
            SubjectId = note.SubjectId,
            OwnerId = owner,
            SealedChange = await vault.SealAsync(db, owner, id, change, cancel),
        });
    }

    /// <summary>Writes down and commits that somebody is about to see personal values in clear: to be called before they are opened.</summary>
    public async Task NoteRevealAsync(string actor, string subjectType, string subjectId, CancellationToken cancel = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await WriteAsync(db, new(actor, Revealed, subjectType, subjectId), cancel);
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>The sequence number of the first row that does not fit, or null when every row does.</summary>
    public async Task<long?> FindBreakAsync(CancellationToken cancel = default) => (await VerifyAsync(cancel: cancel)).Break?.Sequence;

    /// <summary>Walks the chain as it stands when asked; what is added meanwhile is left to the next walk.</summary>
    /// <param name="known">Where an earlier walk ended: what it saw has to be there still.</param>
    /// <param name="walked">Told how many rows were looked at and how many there are, again and again.</param>
    /// <param name="cancel">Ends the walk.</param>
    public async Task<ChainVerdict> VerifyAsync(ChainHead? known = null, Action<long, long>? walked = null, CancellationToken cancel = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var newest = await db.Set<AuditEntry>().MaxAsync(entry => (long?)entry.Sequence, cancel) ?? 0;
        var (head, last) = (new ChainHead(0, []), long.MinValue);
        walked?.Invoke(0, newest);
        while (true)
        {
            // In portions: one long reading would keep a write-ahead log from being emptied.
            var after = last;
            var rows = await db.Set<AuditEntry>().AsNoTracking().Where(entry => entry.Sequence > after && entry.Sequence <= newest)
                .OrderBy(entry => entry.Sequence).Take(Portion).ToListAsync(cancel);
            foreach (var entry in rows)
            {
                if (FaultOf(entry, head, known) is { } fault)
                    return new(head, new(head.Sequence + 1, fault));
                (head, last) = (new(entry.Sequence, entry.Hash), entry.Sequence);
            }

            walked?.Invoke(head.Sequence, newest);
            if (rows.Count < Portion)
                return new(head, known is not null && head.Sequence < known.Sequence ? new(head.Sequence + 1, ChainFault.Shortened) : null);
        }
    }

    private static ChainFault? FaultOf(AuditEntry entry, ChainHead head, ChainHead? known) => entry switch
    {
        _ when entry.Sequence != head.Sequence + 1 => ChainFault.Gap,
        _ when !entry.Hash.AsSpan().SequenceEqual(entry.ComputeHash()) => ChainFault.Changed,
        _ when !entry.PreviousHash.AsSpan().SequenceEqual(head.Hash) => ChainFault.Unlinked,
        _ when entry.Sequence == known?.Sequence && !entry.Hash.AsSpan().SequenceEqual(known.Hash) => ChainFault.Rewritten,
        _ => null,
    };
}

/// <summary>What to write down.</summary>
/// <param name="Actor">"user:…", "key:…" or <see cref="AuditTrail.System"/>.</param>
/// <param name="Action">Noun and past participle: "invoice.approved".</param>
/// <param name="SubjectType">Entity type name.</param>
/// <param name="SubjectId">Its id.</param>
public sealed record AuditNote(string Actor, string Action, string SubjectType, string SubjectId)
{
    public object? Before { get; init; }
    public object? After { get; init; }
    public string? Reason { get; init; }

    /// <summary>The person whose values the change holds; the company when null.</summary>
    public Guid? Owner { get; init; }
}

/// <summary>The last row that a walk saw.</summary>
public sealed record ChainHead(long Sequence, byte[] Hash);

/// <summary>How a walk ended.</summary>
/// <param name="Head">The last row that fits.</param>
/// <param name="Break">The first row that does not; null when all do.</param>
public sealed record ChainVerdict(ChainHead Head, ChainBreak? Break);

/// <param name="Sequence">The place where the chain breaks.</param>
public sealed record ChainBreak(long Sequence, ChainFault Fault);

public enum ChainFault
{
    /// <summary>Nothing stands at this place: rows were taken away.</summary>
    Gap = 0,

    /// <summary>The row does not say what it said when it was written.</summary>
    Changed = 1,

    /// <summary>The row before is not the one that this row was written after.</summary>
    Unlinked = 2,

    /// <summary>All fits, but an earlier walk saw another row here: the chain was written anew.</summary>
    Rewritten = 3,

    /// <summary>All fits, but an earlier walk saw more rows: the end was cut off.</summary>
    Shortened = 4,
}
