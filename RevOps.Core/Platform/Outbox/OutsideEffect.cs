using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RevOps.Core.Platform.Outbox;

public enum EffectState
{
    /// <summary>Key and body are stored; whether the other side has executed it is not known.</summary>
    Open = 0,

    /// <summary>The other side said yes; its answer is stored.</summary>
    Done = 1,

    /// <summary>The other side said no for good.</summary>
    Refused = 2,
}

/// <summary>
/// One effect outside: its key and exact body, stored before the first attempt, its attempts and its outcome. A retry sends the same
/// bytes under the same key, so that the other side executes it once however often we have to ask.
/// </summary>
public sealed class OutsideEffect
{
    private const string GenerationMark = ":g";

    public required Guid Id { get; init; }

    /// <summary>Idempotency key: business identity, version and step, such as "inv:018f…:v1:create".</summary>
    public required string Key { get; init; }

    /// <summary>"stripe", "meta" or "google".</summary>
    public required string Target { get; init; }

    /// <summary>Method and path, such as "POST /v1/invoices".</summary>
    public required string Request { get; set; }

    /// <summary>Whose page shows it: an invoice or conversion id.</summary>
    public required Guid SubjectId { get; init; }

    /// <summary>Under whose key body and answer are sealed.</summary>
    public required Guid OwnerId { get; init; }

    public required byte[] SealedBody { get; set; }

    /// <summary>Raised when the other side may have forgotten the key, or stored a failure under it, and a look-up found nothing.</summary>
    public int Generation { get; set; } = 1;

    /// <summary>The key as it goes over the wire.</summary>
    public string WireKey => Generation == 1 ? Key : $"{Key}{GenerationMark}{Generation}";

    public EffectState State { get; set; }
    public int Attempts { get; set; }
    public DateTimeOffset? FirstAttemptAt { get; set; }
    public DateTimeOffset? LastAttemptAt { get; set; }
    public int? HttpStatus { get; set; }
    public byte[]? SealedAnswer { get; set; }

    /// <summary>Error code and text of the last attempt, free of personal values.</summary>
    public string? Error { get; set; }

    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>The key of the effect that a <see cref="WireKey"/> is of, whichever its generation.</summary>
    public static string KeyOf(string wireKey) =>
        wireKey.LastIndexOf(GenerationMark, StringComparison.Ordinal) is > 0 and var mark && int.TryParse(wireKey.AsSpan(mark + GenerationMark.Length), CultureInfo.InvariantCulture, out _) ? wireKey[..mark] : wireKey;

    internal sealed class Mapping : IEntityTypeConfiguration<OutsideEffect>
    {
        public void Configure(EntityTypeBuilder<OutsideEffect> builder)
        {
            builder.ToTable("OutsideEffects").HasKey(effect => effect.Id);
            builder.Ignore(effect => effect.WireKey);
            builder.Property(effect => effect.Key).HasMaxLength(200);
            builder.Property(effect => effect.Target).HasMaxLength(20);
            builder.Property(effect => effect.Request).HasMaxLength(200);
            builder.Property(effect => effect.Error).HasMaxLength(1_000);
            builder.HasIndex(effect => effect.Key).IsUnique();
            builder.HasIndex(effect => effect.SubjectId);
        }
    }
}
