using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RevOps.Core.Platform;

namespace RevOps.Core.Ingestion;

public enum EventStatus
{
    /// <summary>Durable; its consequences follow within a second (touches).</summary>
    Stored = 0,

    /// <summary>Its consequences are committed.</summary>
    Applied = 1,

    /// <summary>Names something that has not come yet; applied when it does.</summary>
    Parked = 2,

    /// <summary>About nothing of ours: kept, and without a consequence.</summary>
    Ignored = 3,
}

/// <summary>An event that was accepted. (source, id) is its identity: a repeat changes nothing.</summary>
public sealed class ReceivedEvent
{
    public required Guid Id { get; init; }
    public required string Source { get; init; }

    /// <summary>The sender's id, unique within the source.</summary>
    public required string EventId { get; init; }

    public required string Type { get; init; }
    public EventStatus Status { get; set; }

    /// <summary>The event's own time; every figure uses it.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }
    public required Mode Mode { get; init; }

    /// <summary>Under whose key the data is sealed: the person's, or the company's where it names nobody. A touch that says who it is moves from its visitor to them.</summary>
    public required Guid OwnerId { get; set; }

    /// <summary>The event's data as it came, unknown fields included.</summary>
    public required byte[] SealedData { get; set; }

    /// <summary>Keyed hash of the data, to notice a repeat with another body.</summary>
    public required byte[] DataHash { get; init; }

    /// <summary>What it waits for while parked, such as "booking:B-17".</summary>
    public string? ParkedOn { get; set; }

    /// <summary>How often it came again.</summary>
    public int Repeats { get; set; }

    /// <summary>Its sender signed it: a webhook that came by itself, and not one that was found missing later.</summary>
    public bool IsSigned { get; set; }

    /// <summary>It came again with another body, which was not applied.</summary>
    public bool RepeatDiffered { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<ReceivedEvent>
    {
        public void Configure(EntityTypeBuilder<ReceivedEvent> builder)
        {
            builder.ToTable("Events").HasKey(received => received.Id);
            builder.Property(received => received.Source).HasMaxLength(200);
            builder.Property(received => received.EventId).HasMaxLength(200);
            builder.Property(received => received.Type).HasMaxLength(100);
            builder.Property(received => received.DataHash).HasMaxLength(32);
            builder.Property(received => received.ParkedOn).HasMaxLength(250);
            builder.HasIndex(received => new { received.Source, received.EventId }).IsUnique();
            // Nearly all are applied: lists by time find them without a word of it, which would be written anew when a touch is joined. The few that wait or were left out stand apart.
            builder.HasIndex(received => received.RecordedAt);
            builder.HasIndex(received => received.RecordedAt, "IX_Events_Parked").HasFilter("\"Status\" = 2");
            builder.HasIndex(received => received.RecordedAt, "IX_Events_Ignored").HasFilter("\"Status\" = 3");
            builder.HasIndex(received => received.ParkedOn).HasFilter("\"ParkedOn\" IS NOT NULL");

            // Counts and lists of one type, the rare ones above all, without reading the events themselves.
            builder.HasIndex(received => new { received.Type, received.Status, received.RecordedAt });
        }
    }
}

/// <summary>An event that was refused: kept for 30 days with its personal values masked, so that the sender can be told what to mend.</summary>
public sealed class RejectedEvent
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    public required Guid Id { get; init; }
    public string? Source { get; init; }
    public string? EventId { get; init; }
    public string? Type { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>JSON [{path, message}].</summary>
    public required string Errors { get; init; }

    /// <summary>The event's shape: numbers, booleans and field names in clear, every other text masked.</summary>
    public required string MaskedData { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<RejectedEvent>
    {
        public void Configure(EntityTypeBuilder<RejectedEvent> builder)
        {
            builder.ToTable("RejectedEvents").HasKey(rejected => rejected.Id);
            builder.Property(rejected => rejected.Source).HasMaxLength(200);
            builder.Property(rejected => rejected.EventId).HasMaxLength(200);
            builder.Property(rejected => rejected.Type).HasMaxLength(200);
            builder.HasIndex(rejected => rejected.RecordedAt);
        }
    }
}
