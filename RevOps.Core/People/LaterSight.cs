using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RevOps.Core.Data;

namespace RevOps.Core.People;

/// <summary>
/// Somebody was seen later than their row says so far. While touches that piled up are joined these are added one after the other, and the long
/// rows of people, which lie anywhere, are written once in the end.
/// </summary>
public sealed class LaterSight
{
    private const int Portion = 10_000;

    public long Id { get; private init; }
    public required Guid PersonId { get; init; }

    /// <summary>OccurredAt of the newest of their events that this is about.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The newest sight of each that was noted and not written to their row: of a joiner that was stopped in between.</summary>
    internal static async Task<Dictionary<Guid, DateTimeOffset>> LeftAsync(RevOpsDb db, CancellationToken cancel)
    {
        var left = new Dictionary<Guid, DateTimeOffset>();
        await foreach (var sight in db.Set<LaterSight>().AsNoTracking().AsAsyncEnumerable().WithCancellation(cancel))
            left[sight.PersonId] = left.TryGetValue(sight.PersonId, out var at) && at > sight.At ? at : sight.At;
        return left;
    }

    /// <summary>Writes when they were last seen to the rows of people, and of who stands for them; some in each commit, and done again it changes nothing.</summary>
    internal static async Task WriteAsync(IDbContextFactory<RevOpsDb> databases, IReadOnlyDictionary<Guid, DateTimeOffset> seen, CancellationToken cancel)
    {
        foreach (var part in seen.OrderBy(sight => sight.Key).Chunk(Portion))
        {
            await using var db = await databases.CreateDbContextAsync(cancel);
            await db.BeginWorkAsync(cancel);
            await using var transaction = await db.BeginRedoableAsync(cancel);
            var rows = new SeenRows(db);
            await rows.LoadAsync([.. part.Select(sight => sight.Key)], cancel);
            foreach (var (id, at) in part)
            {
                if (rows.Find(id) is { } person)
                    rows.SawLast(person, at);
            }

            await rows.StoreAsync(cancel);
            await transaction.CommitAsync(cancel);
        }

        await using var last = await databases.CreateDbContextAsync(cancel);
        await last.WriteAsync(() => last.Set<LaterSight>().ExecuteDeleteAsync(cancel), cancel);
    }

    internal sealed class Mapping : IEntityTypeConfiguration<LaterSight>
    {
        public void Configure(EntityTypeBuilder<LaterSight> builder) => builder.ToTable("LaterSights").HasKey(sight => sight.Id);
    }
}
