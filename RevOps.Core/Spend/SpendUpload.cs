using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RevOps.Core.Spend;

/// <summary>A file of spend that somebody brought, looked at and took.</summary>
public sealed class SpendUpload
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }

    /// <summary>Days that it speaks of.</summary>
    public required DateOnly From { get; init; }

    public required DateOnly To { get; init; }

    /// <summary>Rows that count now.</summary>
    public required int Rows { get; init; }

    /// <summary>Rows that were set aside, since the platform itself was asked about their day.</summary>
    public required int Aside { get; init; }

    public required Guid? UserId { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<SpendUpload>
    {
        public void Configure(EntityTypeBuilder<SpendUpload> builder)
        {
            builder.ToTable("SpendUploads").HasKey(upload => upload.Id);
            builder.Property(upload => upload.Name).HasMaxLength(260);
        }
    }
}
