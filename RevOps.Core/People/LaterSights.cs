using System.Buffers.Binary;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RevOps.Core.Data;

namespace RevOps.Core.People;

/// <summary>
/// Some people were seen later than their rows say so far. While touches that piled up are joined one of these is added with each portion, and the
/// long rows of people, which lie anywhere, are written once in the end.
/// </summary>
public sealed class LaterSights
{
    private const int Portion = 10_000;
    private const int IdBytes = 16;
    private const int Bytes = IdBytes + sizeof(long);

    public required Guid Id { get; init; }

    /// <summary>Per person their id and the OccurredAt of their newest event that this is about, as UTC ticks.</summary>
    public required byte[] Seen { get; init; }

    public static LaterSights Of(IReadOnlyDictionary<Guid, DateTimeOffset> seen)
    {
        var (bytes, at) = (new byte[seen.Count * Bytes], 0);
        foreach (var (person, last) in seen)
        {
            person.TryWriteBytes(bytes.AsSpan(at));
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(at + IdBytes), last.UtcTicks);
            at += Bytes;
        }

        return new() { Id = Guid.CreateVersion7(), Seen = bytes };
    }

    /// <summary>The newest sight of each that was noted and not written to their row: of a joiner that was stopped in between.</summary>
    internal static async Task<Dictionary<Guid, DateTimeOffset>> LeftAsync(RevOpsDb db, CancellationToken cancel)
    {
        var left = new Dictionary<Guid, DateTimeOffset>();
        foreach (var sights in await db.Set<LaterSights>().AsNoTracking().ToListAsync(cancel))
            Add(left, sights.Seen.Chunk(Bytes).Select(one => KeyValuePair.Create(new Guid(one.AsSpan(0, IdBytes)), new DateTimeOffset(BinaryPrimitives.ReadInt64LittleEndian(one.AsSpan(IdBytes)), TimeSpan.Zero))));
        return left;
    }

    internal static void Add(Dictionary<Guid, DateTimeOffset> last, IEnumerable<KeyValuePair<Guid, DateTimeOffset>> seen)
    {
        foreach (var (person, at) in seen)
            last[person] = last.TryGetValue(person, out var before) && before > at ? before : at;
    }

    /// <summary>Writes when they were last seen to the rows of people, and of who stands for them; some in each commit, and done again it changes nothing.</summary>
    internal static async Task WriteAsync(IDbContextFactory<RevOpsDb> databases, IReadOnlyDictionary<Guid, DateTimeOffset> seen, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        foreach (var part in seen.OrderBy(sight => sight.Key).Chunk(Portion))
        {
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
            db.EndWork();
        }

        await db.WriteAsync(() => db.Set<LaterSights>().ExecuteDeleteAsync(cancel), cancel);
    }

    internal sealed class Mapping : IEntityTypeConfiguration<LaterSights>
    {
        public void Configure(EntityTypeBuilder<LaterSights> builder) => builder.ToTable("LaterSights").HasKey(sights => sights.Id);
    }
}
