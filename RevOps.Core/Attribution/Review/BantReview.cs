using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RevOps.Core.Attribution.Review;

/// <summary>A round in which a person reads sampled conversations again, without knowing what the voice AI made of them.</summary>
public sealed class BantReview
{
    public const int Least = 10;
    public const int Usual = 50;
    public const int Most = 200;

    public required Guid Id { get; init; }

    /// <summary>First day of the conversations, in the company's zone.</summary>
    public required DateOnly From { get; init; }

    public required DateOnly To { get; init; }

    /// <summary>How many were drawn.</summary>
    public required int Size { get; init; }

    /// <summary>Out of how many.</summary>
    public required int OutOf { get; init; }

    /// <summary>What the drawing began with: the same conversations and seed give the same sample.</summary>
    public required int Seed { get; init; }

    public required string CreatedBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the last one was read, or somebody said that it is enough.</summary>
    public DateTimeOffset? ClosedAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<BantReview>
    {
        public void Configure(EntityTypeBuilder<BantReview> builder)
        {
            builder.ToTable("BantReviews").HasKey(review => review.Id);
            builder.Property(review => review.CreatedBy).HasMaxLength(100);
            builder.HasIndex(review => review.CreatedAt);
        }
    }
}

/// <summary>One conversation of a round, and what its reader found. What was saved is not changed: from then on the agent's answer stands beside it.</summary>
public sealed class BantReading
{
    public required Guid Id { get; init; }
    public required Guid ReviewId { get; init; }

    /// <summary>The <see cref="VoiceSession"/>'s own id.</summary>
    public required Guid SessionId { get; init; }

    /// <summary>From 1, in an order that says nothing.</summary>
    public required int Position { get; init; }

    /// <summary>Met, not met, or null where the words do not say.</summary>
    public bool? Budget { get; set; }

    public bool? Authority { get; set; }
    public bool? Need { get; set; }
    public bool? Timeline { get; set; }

    /// <summary>Null where it cannot be judged, and until it is read.</summary>
    public bool? Qualified { get; set; }

    /// <summary>"user:…".</summary>
    public string? ReaderId { get; set; }

    public DateTimeOffset? ReadAt { get; set; }

    /// <summary>Under the key of <see cref="NoteOwnerId"/>.</summary>
    public byte[]? SealedNote { get; set; }

    /// <summary>The person whom the conversation was with when the note was written.</summary>
    public Guid? NoteOwnerId { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<BantReading>
    {
        public void Configure(EntityTypeBuilder<BantReading> builder)
        {
            builder.ToTable("BantReadings").HasKey(reading => reading.Id);
            builder.Property(reading => reading.ReaderId).HasMaxLength(100);
            builder.HasIndex(reading => new { reading.ReviewId, reading.Position }).IsUnique();
            builder.HasIndex(reading => reading.SessionId);
            builder.HasOne<BantReview>().WithMany().HasForeignKey(reading => reading.ReviewId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
