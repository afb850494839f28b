using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RevOps.Core.Ingestion.HooksOut;

/// <summary>What other systems can be told.</summary>
public static class HookTypes
{
    public const string Drafted = "invoice.drafted";
    public const string Issued = "invoice.issued";
    public const string Paid = "invoice.paid";
    public const string Credited = "invoice.credited";
    public const string Held = "booking.held";
    public const string Qualified = "lead.qualified";

    /// <summary>Sent by a button, to see whether it arrives.</summary>
    public const string Ping = "ping";

    public static readonly IReadOnlyList<string> All = [Drafted, Issued, Paid, Credited, Held, Qualified];
}

/// <summary>An address that is told of what happens here.</summary>
public sealed class HookSubscription
{
    public const int LongestUrl = 1_000;

    public required Guid Id { get; init; }
    public required string Name { get; set; }
    public required string Url { get; set; }

    /// <summary>Of <see cref="HookTypes"/>, separated by blanks.</summary>
    public required string Types { get; set; }

    /// <summary>"whsec_…" under the company's key.</summary>
    public required byte[] SealedSecret { get; set; }

    /// <summary>The one before, which signs beside it until its time is over.</summary>
    public byte[]? SealedPrevious { get; set; }

    public DateTimeOffset? PreviousUntil { get; set; }
    public bool IsEnabled { get; set; } = true;

    /// <summary>The other side answered 410: it wants no more.</summary>
    public DateTimeOffset? GoneAt { get; set; }

    public required DateTimeOffset RecordedAt { get; init; }
    public required string CreatedBy { get; init; }
    public int Version { get; private set; }

    public IReadOnlyList<string> TypeList => Types.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    internal sealed class Mapping : IEntityTypeConfiguration<HookSubscription>
    {
        public void Configure(EntityTypeBuilder<HookSubscription> builder)
        {
            builder.ToTable("HookSubscriptions").HasKey(subscription => subscription.Id);
            builder.Ignore(subscription => subscription.TypeList);
            builder.Property(subscription => subscription.Name).HasMaxLength(100);
            builder.Property(subscription => subscription.Url).HasMaxLength(LongestUrl);
            builder.Property(subscription => subscription.Types).HasMaxLength(500);
            builder.Property(subscription => subscription.CreatedBy).HasMaxLength(100);
            builder.Property(subscription => subscription.Version).IsConcurrencyToken();
        }
    }
}

/// <summary>Where a message stands. Stored as its number: append only.</summary>
public enum OutgoingStatus
{
    Waiting = 0,
    Delivered = 1,

    /// <summary>Given up after all tries, or refused for good.</summary>
    Failed = 2,
}

/// <summary>One message to one address, written with the change that it tells of. Ids, numbers and amounts, nothing of a person.</summary>
public sealed class OutgoingHook
{
    /// <summary>The message's id as it goes over the wire: the same at every try.</summary>
    public required Guid Id { get; init; }

    public required Guid SubscriptionId { get; init; }
    public required string Type { get; init; }

    /// <summary>The invoice, credit note or person that it is about.</summary>
    public required Guid SubjectId { get; init; }

    public required string Body { get; init; }
    public required DateTimeOffset OccurredAt { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
    public OutgoingStatus Status { get; set; }
    public int Attempts { get; set; }

    /// <summary>Tries since somebody asked for it to be sent again.</summary>
    public int Round { get; set; }

    public int? LastStatus { get; set; }

    /// <summary>A code where no answer came.</summary>
    public string? LastError { get; set; }

    public DateTimeOffset? LastAttemptAt { get; set; }
    public int Version { get; private set; }

    internal sealed class Mapping : IEntityTypeConfiguration<OutgoingHook>
    {
        public void Configure(EntityTypeBuilder<OutgoingHook> builder)
        {
            builder.ToTable("OutgoingHooks").HasKey(hook => hook.Id);
            builder.Property(hook => hook.Type).HasMaxLength(50);
            builder.Property(hook => hook.LastError).HasMaxLength(100);
            builder.Property(hook => hook.Version).IsConcurrencyToken();
            builder.HasIndex(hook => new { hook.SubscriptionId, hook.RecordedAt });
            builder.HasIndex(hook => new { hook.Status, hook.RecordedAt });
            builder.HasIndex(hook => hook.RecordedAt);
        }
    }
}

/// <summary>One try to deliver a message.</summary>
public sealed class HookAttempt
{
    public required Guid Id { get; init; }
    public required Guid HookId { get; init; }
    public required DateTimeOffset At { get; init; }
    public required int DurationMs { get; init; }
    public int? StatusCode { get; init; }

    /// <summary>A code where no answer came.</summary>
    public string? Error { get; init; }

    /// <summary>The beginning of the answer, under the company's key: what others write is not ours to show around.</summary>
    public byte[]? SealedAnswer { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<HookAttempt>
    {
        public void Configure(EntityTypeBuilder<HookAttempt> builder)
        {
            builder.ToTable("HookAttempts").HasKey(attempt => attempt.Id);
            builder.Property(attempt => attempt.Error).HasMaxLength(100);
            builder.HasIndex(attempt => new { attempt.HookId, attempt.At });
            builder.HasIndex(attempt => attempt.At);
        }
    }
}
