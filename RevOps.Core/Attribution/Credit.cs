using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RevOps.Core.Platform;

namespace RevOps.Core.Attribution;

/// <summary>
/// What one payment owes to one touch under one model: credit, never cause. The credits of a payment add up to it, to the cent;
/// what no touch explains stands as a row without one.
/// </summary>
public sealed class Credit
{
    public required Guid Id { get; init; }
    public required Guid PaymentId { get; init; }
    public required Guid InvoiceId { get; init; }

    /// <summary>Name of the model, such as "last_non_direct".</summary>
    public required string Model { get; init; }

    /// <summary>Null on the unattributed row.</summary>
    public Guid? TouchId { get; init; }

    public string? Channel { get; init; }
    public string? Platform { get; init; }
    public string? CampaignId { get; init; }

    /// <summary>When the touch happened; null on the unattributed row.</summary>
    public DateTimeOffset? TouchedAt { get; init; }

    /// <summary>When the client paid.</summary>
    public required DateTimeOffset PaidAt { get; init; }

    public required Mode Mode { get; init; }
    public required string Currency { get; init; }
    public required long AmountMinor { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<Credit>
    {
        public void Configure(EntityTypeBuilder<Credit> builder)
        {
            builder.ToTable("Credits").HasKey(credit => credit.Id);
            builder.Property(credit => credit.Model).HasMaxLength(50);
            builder.Property(credit => credit.Channel).HasMaxLength(50);
            builder.Property(credit => credit.Platform).HasMaxLength(50);
            builder.Property(credit => credit.CampaignId).HasMaxLength(100);
            builder.Property(credit => credit.Currency).HasMaxLength(3);
            builder.HasIndex(credit => new { credit.PaymentId, credit.Model });
            builder.HasIndex(credit => credit.PaidAt);
            builder.HasIndex(credit => credit.TouchedAt);
        }
    }
}
