using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RevOps.Core.Platform;

namespace RevOps.Core.Scorecard.Claims;

/// <summary>What was measured for a claim on a day, in one mode; measuring again on the same day replaces it.</summary>
public sealed class ClaimResult
{
    public required Guid Id { get; init; }
    public required string ClaimId { get; init; }
    public required Mode Mode { get; init; }
    public required DateOnly Day { get; init; }
    public required DateTimeOffset MeasuredAt { get; set; }

    /// <summary><see cref="ClaimFinding"/> as JSON; null where the reading failed.</summary>
    public string? Found { get; set; }

    public ClaimFinding? Finding => Found is null ? null : JsonSerializer.Deserialize<ClaimFinding>(Found);

    internal sealed class Mapping : IEntityTypeConfiguration<ClaimResult>
    {
        public void Configure(EntityTypeBuilder<ClaimResult> builder)
        {
            builder.ToTable("ClaimResults").HasKey(result => result.Id);
            builder.Ignore(result => result.Finding);
            builder.Property(result => result.ClaimId).HasMaxLength(20);
            builder.HasIndex(result => new { result.Mode, result.ClaimId, result.Day }).IsUnique();
        }
    }
}
