using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Platform.Audit;

namespace RevOps.Core.People;

/// <summary>
/// Writes down who looked at whose values in clear. Pages ask for it before they show them, so that nothing is seen that is not on record;
/// the entry itself holds nothing personal and outlives an erasure.
/// </summary>
public sealed class PersonViews(IDbContextFactory<RevOpsDb> databases, AuditTrail audit)
{
    /// <summary>Of one person.</summary>
    public const string Viewed = "person.viewed";

    /// <summary>Of many at once: the names of a list, or its file.</summary>
    public const string Listed = "person.listed";

    /// <param name="actor">Who looks, as the audit names them.</param>
    /// <param name="personId">The person who stands for all that became one.</param>
    /// <param name="where">What was open, such as "journey".</param>
    /// <param name="id">Which one; the person's own when left out.</param>
    /// <param name="cancel">Ends the writing.</param>
    public Task RecordAsync(string actor, Guid personId, string where, Guid? id = null, CancellationToken cancel = default) =>
        WriteAsync(new(actor, Viewed, nameof(Person), personId.ToString()) { After = new { Where = where, Id = id } }, cancel);

    /// <summary>One entry for a whole list, which names everybody on it.</summary>
    public Task RecordListAsync(string actor, IReadOnlyList<Guid> people, string where, CancellationToken cancel = default) => people.Count == 0
        ? Task.CompletedTask
        : WriteAsync(new(actor, Listed, nameof(Person), where) { After = new { Where = where, People = people } }, cancel);

    private async Task WriteAsync(AuditNote note, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        await audit.WriteAsync(db, note, cancel);
        await db.SaveChangesAsync(cancel);
    }
}
