using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RevOps.Core.Pricing.Slots;

/// <summary>How many places a service has in one slot, and how many requests were turned away: the demand that bookings do not show.</summary>
public sealed class SlotAvailability
{
    public required Guid Id { get; init; }
    public required string ServiceCode { get; init; }
    public required DateTimeOffset SlotStart { get; init; }
    public required DateTimeOffset SlotEnd { get; set; }
    public required int Capacity { get; set; }

    /// <summary>Requests turned away so far.</summary>
    public int Refused { get; set; }

    /// <summary>OccurredAt of the event that capacity and end are from.</summary>
    public required DateTimeOffset OccurredAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<SlotAvailability>
    {
        public void Configure(EntityTypeBuilder<SlotAvailability> builder)
        {
            builder.ToTable("SlotAvailability").HasKey(slot => slot.Id);
            builder.Property(slot => slot.ServiceCode).HasMaxLength(100);
            builder.HasIndex(slot => new { slot.ServiceCode, slot.SlotStart }).IsUnique();
        }
    }
}
