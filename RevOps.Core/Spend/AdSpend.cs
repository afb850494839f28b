using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RevOps.Core.Platform;

namespace RevOps.Core.Spend;

/// <summary>Who said what a day cost. Stored as its number: append only.</summary>
public enum SpendSource
{
    /// <summary>Another system, by an event.</summary>
    Event = 0,

    /// <summary>The platform itself, asked by us.</summary>
    Import = 1,

    /// <summary>A file that somebody brought.</summary>
    File = 2,
}

/// <summary>The platforms that spend can be of, as the contract names them.</summary>
public static class SpendPlatform
{
    public const string Meta = "meta";
    public const string Google = "google";
    public const string Other = "other";

    public static readonly IReadOnlyList<string> All = [Meta, Google, Other];
}

/// <summary>
/// What one campaign, or one ad of it, cost on one day, in the ad account's own time zone and currency. What counts of several that speak
/// of the same day is decided by <see cref="SpendLedger"/>.
/// </summary>
public sealed class AdSpend
{
    public required Guid Id { get; init; }

    /// <summary>One of <see cref="SpendPlatform"/>.</summary>
    public required string Platform { get; init; }

    public required string Account { get; init; }

    /// <summary>Of the account's time zone.</summary>
    public required DateOnly Day { get; init; }

    public required string CampaignId { get; init; }
    public required string CampaignName { get; set; }

    /// <summary>Ad set at Meta, ad group at Google; empty where only the campaign is known.</summary>
    public string AdsetId { get; init; } = "";

    public string? AdsetName { get; set; }

    /// <summary>Empty where only the campaign is known, or for what of it no ad accounts for.</summary>
    public string AdId { get; init; } = "";

    public string? AdName { get; set; }
    public required string Currency { get; set; }
    public required long CostMinor { get; set; }
    public long? Impressions { get; set; }
    public long? Clicks { get; set; }
    public SpendSource Source { get; set; }

    /// <summary>Of the platform that was asked, else of the account that invoices.</summary>
    public required Mode Mode { get; init; }

    /// <summary>When these figures were true: the event's time, the reading, the file's arrival.</summary>
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
            builder.Property(spend => spend.AdsetId).HasMaxLength(100);
            builder.Property(spend => spend.AdsetName).HasMaxLength(300);
            builder.Property(spend => spend.AdId).HasMaxLength(100);
            builder.Property(spend => spend.AdName).HasMaxLength(300);
            builder.Property(spend => spend.Currency).HasMaxLength(3);
            builder.HasIndex(spend => new { spend.Platform, spend.Account, spend.Day, spend.CampaignId, spend.AdsetId, spend.AdId, spend.Mode }).IsUnique();
            builder.HasIndex(spend => new { spend.Day, spend.Mode, spend.Currency });

            // An ad alone names its campaign.
            builder.HasIndex(spend => new { spend.AdId, spend.Mode });
        }
    }
}
