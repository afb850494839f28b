using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RevOps.Core.Scorecard.Checks;

/// <summary>Somebody set a check aside until a day: it proves nothing and is asked of nobody, and the page says who and why. At most one per check.</summary>
public sealed class CheckExemption
{
    public required Guid Id { get; init; }
    public required string CheckId { get; init; }
    public required Guid UserId { get; init; }
    public required string Reason { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>The first day on which it counts again, in the company's zone.</summary>
    public required DateOnly EndsOn { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<CheckExemption>
    {
        public void Configure(EntityTypeBuilder<CheckExemption> builder)
        {
            builder.ToTable("CheckExemptions").HasKey(exemption => exemption.Id);
            builder.Property(exemption => exemption.CheckId).HasMaxLength(3);
            builder.Property(exemption => exemption.Reason).HasMaxLength(500);
            builder.HasIndex(exemption => exemption.CheckId).IsUnique();
        }
    }
}
