using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RevOps.Core.Attribution.Snapshots;

/// <summary>
/// One computation of everybody's journeys: dated, resumable, and kept as a heading when a newer one has taken its place. What it found stands in
/// <see cref="JourneyBlock"/>s, of the last finished one alone.
/// </summary>
public sealed class AttributionSnapshot
{
    /// <summary>Raised when what is stored, or how it is worked out, changes: an unfinished one of another version is begun anew.</summary>
    public const int CurrentEngine = 2;

    public required Guid Id { get; init; }

    public required int Engine { get; init; }

    /// <summary>When it began to read, by the business clock: what came later is in the next one.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>Everybody up to here, in the database's own order, has been read; null before the first and after the last portion.</summary>
    public Guid? Cursor { get; set; }

    /// <summary>People there were to read when it began.</summary>
    public required int PeopleToRead { get; init; }

    public int PeopleRead { get; set; }

    /// <summary>Of them, who is in it: with touches that may be joined, or with a conversion.</summary>
    public int People { get; set; }

    public int Touches { get; set; }
    public int Conversions { get; set; }

    /// <summary>Portions stored so far.</summary>
    public int Portions { get; set; }

    /// <summary>Milliseconds of all portions, by the system's clock; while it lay still is not counted.</summary>
    public long WorkMs { get; set; }

    /// <summary>How often somebody was taken out of its blocks since they were stored.</summary>
    public int Erasures { get; set; }

    /// <summary>Bytes of all blocks.</summary>
    public long Size { get; set; }

    /// <summary>What the models say of made-up journeys whose truth is known, as JSON.</summary>
    public string? Evidence { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<AttributionSnapshot>
    {
        public void Configure(EntityTypeBuilder<AttributionSnapshot> builder)
        {
            builder.ToTable("AttributionSnapshots").HasKey(snapshot => snapshot.Id);
            builder.HasIndex(snapshot => snapshot.FinishedAt);
        }
    }
}

/// <summary>
/// Touches and conversions of a portion of people, as <see cref="BlockFormat"/> writes them: ids, instants, sources and amounts, and nothing
/// that names anybody. Ids of people stand in it, so whoever is forgotten is taken out of it (<see cref="JourneyBlocks.ForgetAsync"/>).
/// </summary>
public sealed class JourneyBlock
{
    public required Guid Id { get; init; }
    public required Guid SnapshotId { get; init; }

    /// <summary>Counts the portions of a snapshot from 0: two that work on the same one cannot both store it.</summary>
    public required int Number { get; init; }

    public required byte[] Content { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<JourneyBlock>
    {
        public void Configure(EntityTypeBuilder<JourneyBlock> builder)
        {
            builder.ToTable("JourneyBlocks").HasKey(block => block.Id);
            builder.HasIndex(block => new { block.SnapshotId, block.Number }).IsUnique();
        }
    }
}
