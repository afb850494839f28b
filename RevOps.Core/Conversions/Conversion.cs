using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RevOps.Core.Platform;

namespace RevOps.Core.Conversions;

public enum ConversionStatus
{
    /// <summary>On its way, or waiting for its platform to be connected.</summary>
    Queued = 0,

    /// <summary>Not sent: consent is missing or refused, or the stage has no conversion action. An answer about consent sends it.</summary>
    Held = 1,

    /// <summary>Taken by the platform, which says later what became of it.</summary>
    Received = 2,

    Delivered = 3,

    /// <summary>Refused, by our own check or by the platform, or out of the platform's window; the reason says why.</summary>
    Rejected = 4,
}

/// <summary>One stage of one sale, told to one platform.</summary>
public sealed class Conversion
{
    private const int LongestReason = 100;
    private const int LongestMessage = 1_000;

    public required Guid Id { get; init; }
    public required AdPlatform Platform { get; init; }
    public required ConversionStage Stage { get; init; }

    /// <summary>Deterministic: the browser's pixel sends the same, so that the platform counts one. Unique per platform.</summary>
    public required string EventId { get; init; }

    /// <summary>Google restates a conversion under its transaction id: a payment carries the booking's.</summary>
    public required string TransactionId { get; init; }

    public required Guid PersonId { get; init; }

    /// <summary>The voice session, booking or invoice that it tells of.</summary>
    public required Guid SubjectId { get; init; }

    public required Mode Mode { get; init; }
    public required DateTimeOffset OccurredAt { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
    public long? ValueMinor { get; set; }
    public string? Currency { get; set; }

    /// <summary>What it was worth before money went back; null where none did.</summary>
    public long? WholeMinor { get; set; }

    public ConversionStatus Status { get; set; }

    /// <summary>Why it is held or was rejected: a code that pages translate, such as "consent.unknown", or the platform's own.</summary>
    public string? Reason { get; set; }

    /// <summary>What the platform said, free of personal values.</summary>
    public string? Message { get; set; }

    /// <summary>What the platform was given to find the person by; null as long as nothing went over the wire.</summary>
    public MatchKeys? MatchKeys { get; set; }

    /// <summary>The platform's receipt, by which the result is asked for.</summary>
    public string? RequestId { get; set; }

    /// <summary>When it is to be sent, on the business clock; null while it is not on its way.</summary>
    public DateTimeOffset? DueAt { get; set; }

    public DateTimeOffset? SentAt { get; set; }
    public DateTimeOffset? OutcomeAt { get; set; }
    public int Version { get; private set; }

    public Money? Value => ValueMinor is { } minor && Currency is { } currency ? new Money(minor, currency) : null;

    /// <summary>Puts it on its way. Whoever does so asks <see cref="Sending.ConversionQueue"/> for the sending as well.</summary>
    public void Queue(DateTimeOffset due) => (Status, DueAt) = (ConversionStatus.Queued, due);

    /// <summary>Takes it off its way: it is decided, or waits for an answer that only a person can give.</summary>
    /// <param name="status">Any but <see cref="ConversionStatus.Queued"/>.</param>
    /// <param name="reason">A code.</param>
    /// <param name="message">What the platform said.</param>
    /// <param name="now">The business clock's.</param>
    public void End(ConversionStatus status, string? reason, string? message, DateTimeOffset now)
    {
        (Status, Reason, Message, DueAt) = (status, Cut(reason, LongestReason), Cut(PlatformWords.Clean(message), LongestMessage), null);
        OutcomeAt = status is ConversionStatus.Delivered or ConversionStatus.Rejected ? now : null;
    }

    /// <summary>Leaves it on its way, and says why it has not arrived yet.</summary>
    public void Explain(string? reason, string? message) => (Reason, Message) = (Cut(reason, LongestReason), Cut(PlatformWords.Clean(message), LongestMessage));

    internal static string? Cut(string? text, int longest) => text is { } given && given.Length > longest ? given[..longest] : text;

    internal sealed class Mapping : IEntityTypeConfiguration<Conversion>
    {
        public void Configure(EntityTypeBuilder<Conversion> builder)
        {
            builder.ToTable("Conversions").HasKey(conversion => conversion.Id);
            builder.Ignore(conversion => conversion.Value);
            builder.Property(conversion => conversion.EventId).HasMaxLength(200);
            builder.Property(conversion => conversion.TransactionId).HasMaxLength(200);
            builder.Property(conversion => conversion.Currency).HasMaxLength(3);
            builder.Property(conversion => conversion.Reason).HasMaxLength(LongestReason);
            builder.Property(conversion => conversion.Message).HasMaxLength(LongestMessage);
            builder.Property(conversion => conversion.RequestId).HasMaxLength(200);
            builder.Property(conversion => conversion.Version).IsConcurrencyToken();
            builder.HasIndex(conversion => new { conversion.Platform, conversion.EventId }).IsUnique();
            builder.HasIndex(conversion => conversion.PersonId);
            builder.HasIndex(conversion => conversion.SubjectId);
            builder.HasIndex(conversion => conversion.TransactionId);
            builder.HasIndex(conversion => new { conversion.Status, conversion.OccurredAt });
            builder.HasIndex(conversion => new { conversion.Mode, conversion.OccurredAt });

            // The queue: nothing else is in it.
            builder.HasIndex(conversion => new { conversion.Platform, conversion.DueAt, conversion.Id }).HasFilter("\"DueAt\" IS NOT NULL");
        }
    }
}
