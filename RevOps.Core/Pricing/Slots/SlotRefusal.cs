using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RevOps.Core.Platform;

namespace RevOps.Core.Pricing.Slots;

/// <summary>Requests for a slot that were turned away, and when: lost demand by lead time.</summary>
public sealed class SlotRefusal
{
    /// <summary>The received event's id.</summary>
    public required Guid Id { get; init; }

    public required string ServiceCode { get; init; }
    public required DateTimeOffset SlotStart { get; init; }
    public required DateTimeOffset OccurredAt { get; init; }
    public required Mode Mode { get; init; }

    /// <summary>At least 1.</summary>
    public required int Requests { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<SlotRefusal>
    {
        public void Configure(EntityTypeBuilder<SlotRefusal> builder)
        {
            builder.ToTable("SlotRefusals").HasKey(refusal => refusal.Id);
            builder.Property(refusal => refusal.ServiceCode).HasMaxLength(100);
            builder.HasIndex(refusal => refusal.SlotStart);
        }
    }
}
