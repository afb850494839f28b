using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RevOps.Core.Conversions;

/// <summary>What somebody chose for one stage at one platform; without a row the defaults hold.</summary>
public sealed class StageSetting
{
    public required Guid Id { get; init; }
    public required ConversionStage Stage { get; init; }
    public required AdPlatform Platform { get; init; }

    /// <summary>Whether the platform is told of it.</summary>
    public required bool Sends { get; set; }

    /// <summary>Meta: the event's name. Google: the number of the conversion action; empty when none is chosen.</summary>
    public required string Name { get; set; }

    public ValueRule Value { get; set; }

    /// <summary>Of <see cref="ValueRule.Fixed"/>, in minor units of <see cref="FixedCurrency"/>.</summary>
    public long? FixedMinor { get; set; }

    public string? FixedCurrency { get; set; }

    /// <summary>Only the platform's share of the journey is told.</summary>
    public bool IsShared { get; set; }

    /// <summary>It happens in a shop: platforms take such conversions longer.</summary>
    public bool IsInStore { get; set; }

    public int Version { get; private set; }

    internal sealed class Mapping : IEntityTypeConfiguration<StageSetting>
    {
        public void Configure(EntityTypeBuilder<StageSetting> builder)
        {
            builder.ToTable("StageSettings").HasKey(setting => setting.Id);
            builder.Property(setting => setting.Name).HasMaxLength(50);
            builder.Property(setting => setting.FixedCurrency).HasMaxLength(3);
            builder.Property(setting => setting.Version).IsConcurrencyToken();
            builder.HasIndex(setting => new { setting.Stage, setting.Platform }).IsUnique();
        }
    }
}
