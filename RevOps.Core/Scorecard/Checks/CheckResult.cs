using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RevOps.Core.Platform;

namespace RevOps.Core.Scorecard.Checks;

/// <summary>What a check found on a day, in one mode; measuring again on the same day replaces it.</summary>
public sealed class CheckResult
{
    public required Guid Id { get; init; }
    public required string CheckId { get; init; }
    public required Mode Mode { get; init; }

    /// <summary>The company's day.</summary>
    public required DateOnly Day { get; init; }

    public required DateTimeOffset MeasuredAt { get; set; }

    /// <summary><see cref="Part"/>s as JSON.</summary>
    public required string Parts { get; set; }

    public UnknownReason? Unknown { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<CheckResult>
    {
        public void Configure(EntityTypeBuilder<CheckResult> builder)
        {
            builder.ToTable("CheckResults").HasKey(result => result.Id);
            builder.Property(result => result.CheckId).HasMaxLength(3);
            builder.HasIndex(result => new { result.Mode, result.Day, result.CheckId }).IsUnique();
        }
    }
}
