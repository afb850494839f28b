using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RevOps.Core.Platform;

namespace RevOps.Core.Conversions.Quality;

/// <summary>A <see cref="QualityAlert"/> that was found when somebody last looked: the front page reads it from here.</summary>
public sealed class ConversionAlert
{
    public required Guid Id { get; init; }
    public required Mode Mode { get; init; }
    public required AlertKind Kind { get; init; }
    public required AdPlatform Platform { get; init; }

    /// <summary>When it was found first.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>As <see cref="QualityAlert"/> says them, of the last look.</summary>
    public double? Now { get; set; }

    public double? Before { get; set; }
    public DateTimeOffset? EndsAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<ConversionAlert>
    {
        public void Configure(EntityTypeBuilder<ConversionAlert> builder)
        {
            builder.ToTable("ConversionAlerts").HasKey(alert => alert.Id);
            builder.HasIndex(alert => new { alert.Mode, alert.Kind, alert.Platform }).IsUnique();
        }
    }
}
