using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RevOps.Core.Platform.Secrets;

namespace RevOps.Core.Ingestion.Connectors;

/// <summary>Where a delivery stands. Stored as its number: append only.</summary>
public enum DeliveryStatus
{
    /// <summary>Durable; it is translated within a second.</summary>
    Received = 0,

    /// <summary>It became an event.</summary>
    Applied = 1,

    /// <summary>Something lacks that an event needs: it waits for a mapping, or for somebody to enter it.</summary>
    NeedsDetails = 2,

    /// <summary>About nothing that becomes an event.</summary>
    Ignored = 3,

    /// <summary>It cannot be read, or the front door refused what it became.</summary>
    Failed = 4,
}

/// <summary>A verified call of another system, as it came. (connector, vendor's id) is its identity: a repeat changes nothing.</summary>
public sealed class HookDelivery
{
    public const int LongestId = 200;

    /// <summary>Why what it said is gone: nobody completed it in time.</summary>
    public const string Expired = "expired";

    /// <summary>What lacks something is completed within a season or never, and may name somebody under nobody's key.</summary>
    public static readonly TimeSpan KeptForDetails = TimeSpan.FromDays(90);

    public required Guid Id { get; init; }

    /// <summary>"calcom".</summary>
    public required string Connector { get; init; }

    /// <summary>Unique within the connector: the vendor's own id, or what it is made of where the vendor gives none.</summary>
    public required string VendorId { get; init; }

    /// <summary>What happened, as the vendor calls it: "BOOKING_CREATED".</summary>
    public required string Trigger { get; init; }

    /// <summary>What it is about at the vendor's: a booking, an invitee, a deal.</summary>
    public string? Subject { get; set; }

    /// <summary>The kind of thing that was booked, which the mapping knows; null where there is none.</summary>
    public string? TypeKey { get; set; }

    public string? TypeName { get; set; }

    /// <summary>What it is called here: a booking that was moved keeps its first id.</summary>
    public string? BookingId { get; set; }

    public required DateTimeOffset RecordedAt { get; init; }
    public DeliveryStatus Status { get; set; }

    /// <summary>Codes of what lacks, separated by blanks.</summary>
    public string Gaps { get; set; } = "";

    /// <summary>Why it was ignored or failed: a code, or what the front door said with the path.</summary>
    public string? Error { get; set; }

    /// <summary>How often it was translated.</summary>
    public int Attempts { get; set; }

    public DateTimeOffset? TranslatedAt { get; set; }

    /// <summary>Under whose key the body is sealed: the company's until it is known whom it is about, then that person's.</summary>
    public required Guid OwnerId { get; set; }

    /// <summary>Empty once it has expired.</summary>
    public required byte[] SealedBody { get; set; }

    /// <summary>What somebody entered beside the sender's values, as sealed JSON.</summary>
    public byte[]? SealedEntered { get; set; }

    /// <summary>The event that it became.</summary>
    public string? EventSource { get; set; }

    public string? EventId { get; set; }

    /// <summary>Keyed hash of what was handed to the front door: the same again is not handed in twice.</summary>
    public byte[]? DataHash { get; set; }

    /// <summary>Counts what it became: another mapping makes another content of the same delivery.</summary>
    public int Revision { get; set; }

    /// <summary>How often it came again.</summary>
    public int Repeats { get; set; }

    public int Version { get; private set; }

    /// <summary>The body as it came; null when it has expired, or when the person was erased.</summary>
    public async ValueTask<string?> OpenBodyAsync(Vault vault, CancellationToken cancel) => SealedBody.Length == 0 ? null : await vault.OpenAsync(OwnerId, Id, SealedBody, cancel);

    public IReadOnlyList<string> GapList => Gaps.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    internal sealed class Mapping : IEntityTypeConfiguration<HookDelivery>
    {
        public void Configure(EntityTypeBuilder<HookDelivery> builder)
        {
            builder.ToTable("HookDeliveries").HasKey(delivery => delivery.Id);
            builder.Ignore(delivery => delivery.GapList);
            builder.Property(delivery => delivery.Connector).HasMaxLength(20);
            builder.Property(delivery => delivery.VendorId).HasMaxLength(LongestId);
            builder.Property(delivery => delivery.Trigger).HasMaxLength(100);
            builder.Property(delivery => delivery.Subject).HasMaxLength(LongestId);
            builder.Property(delivery => delivery.TypeKey).HasMaxLength(LongestId);
            builder.Property(delivery => delivery.TypeName).HasMaxLength(LongestId);
            builder.Property(delivery => delivery.BookingId).HasMaxLength(LongestId);
            builder.Property(delivery => delivery.Gaps).HasMaxLength(500);
            builder.Property(delivery => delivery.Error).HasMaxLength(1_000);
            builder.Property(delivery => delivery.EventSource).HasMaxLength(LongestId);
            builder.Property(delivery => delivery.EventId).HasMaxLength(LongestId);
            builder.Property(delivery => delivery.DataHash).HasMaxLength(32);
            builder.Property(delivery => delivery.Version).IsConcurrencyToken();
            builder.HasIndex(delivery => new { delivery.Connector, delivery.VendorId }).IsUnique();
            builder.HasIndex(delivery => new { delivery.Connector, delivery.Subject });
            builder.HasIndex(delivery => new { delivery.Status, delivery.RecordedAt });
            builder.HasIndex(delivery => delivery.RecordedAt);
        }
    }
}

/// <summary>How many calls of a connector were refused on a day. Nothing of them is kept.</summary>
public sealed class HookRefusal
{
    public required Guid Id { get; init; }
    public required string Connector { get; init; }

    /// <summary>In the company's zone.</summary>
    public required DateOnly Day { get; init; }

    public required long Count { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<HookRefusal>
    {
        public void Configure(EntityTypeBuilder<HookRefusal> builder)
        {
            builder.ToTable("HookRefusals").HasKey(refusal => refusal.Id);
            builder.Property(refusal => refusal.Connector).HasMaxLength(20);
            builder.HasIndex(refusal => new { refusal.Connector, refusal.Day }).IsUnique();
        }
    }
}
