using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RevOps.Core.Platform.Connections;

/// <summary>The last live check of a platform.</summary>
public sealed class ConnectionCheck
{
    public required Guid Id { get; init; }
    public required string Platform { get; init; }
    public required DateTimeOffset CheckedAt { get; set; }
    public required int LatencyMs { get; set; }
    public required CheckOutcome Outcome { get; set; }
    public string? Code { get; set; }

    /// <summary>What the platform told, as JSON under the company's key.</summary>
    public required byte[] SealedFacts { get; set; }

    /// <summary>Keyed hash of the values that were checked: of others the result says nothing.</summary>
    public required byte[] Fingerprint { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<ConnectionCheck>
    {
        public void Configure(EntityTypeBuilder<ConnectionCheck> builder)
        {
            builder.ToTable("ConnectionChecks").HasKey(check => check.Id);
            builder.Property(check => check.Platform).HasMaxLength(20);
            builder.Property(check => check.Code).HasMaxLength(100);
            builder.Property(check => check.Fingerprint).HasMaxLength(32);
            builder.HasIndex(check => check.Platform).IsUnique();
        }
    }
}
