using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RevOps.Core.Platform.Live;

/// <summary>What a node has committed, for the other nodes to tail. Written only where several nodes may share a database.</summary>
public sealed class ChangeRow
{
    public long Id { get; private set; }
    public required Guid Node { get; init; }

    /// <summary>Names of the changed entity types, comma-separated.</summary>
    public required string Kinds { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<ChangeRow>
    {
        public void Configure(EntityTypeBuilder<ChangeRow> builder)
        {
            builder.ToTable("Changes").HasKey(change => change.Id);
            builder.Property(change => change.Kinds).HasMaxLength(2_000);
            builder.HasIndex(change => change.RecordedAt);
        }
    }
}
