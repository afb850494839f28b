using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RevOps.Core.Spend;

/// <summary>What one campaign cost on one day, in the ad account's own time zone and currency. A newer report of the day replaces it.</summary>
public sealed class AdSpend
{
    public required Guid Id { get; init; }

    /// <summary>"meta", "google" or "other".</summary>
    public required string Platform { get; init; }

    public required string Account { get; init; }
    public required DateOnly Day { get; init; }
    public required string CampaignId { get; init; }
    public required string CampaignName { get; set; }
    public required string Currency { get; set; }
    public required long CostMinor { get; set; }
    public long? Impressions { get; set; }
    public long? Clicks { get; set; }

    /// <summary>OccurredAt of the report that these figures are from.</summary>
    public required DateTimeOffset OccurredAt { get; set; }

    public required DateTimeOffset RecordedAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<AdSpend>
    {
        public void Configure(EntityTypeBuilder<AdSpend> builder)
        {
            builder.ToTable("AdSpend").HasKey(spend => spend.Id);
            builder.Property(spend => spend.Platform).HasMaxLength(20);
            builder.Property(spend => spend.Account).HasMaxLength(100);
            builder.Property(spend => spend.CampaignId).HasMaxLength(100);
            builder.Property(spend => spend.CampaignName).HasMaxLength(300);
            builder.Property(spend => spend.Currency).HasMaxLength(3);
            builder.HasIndex(spend => new { spend.Platform, spend.Account, spend.Day, spend.CampaignId }).IsUnique();
        }
    }
}
