using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RevOps.Core.People;

/// <summary>What a person can be recognised by, strongest first.</summary>
public enum IdentityKeyKind
{
    Ref = 0,
    Email = 1,
    Phone = 2,
    Visitor = 3,
    Click = 4,
}

/// <summary>A key that has been seen, as a keyed hash, and whom it belongs to.</summary>
public sealed class IdentityKey
{
    public required Guid Id { get; init; }
    public required IdentityKeyKind Kind { get; init; }

    /// <summary>HMAC-SHA256 of the normalised value.</summary>
    public required byte[] Hash { get; init; }

    public required Guid PersonId { get; set; }

    /// <summary>OccurredAt of its first sight; a click id joins only a session that starts within 7 days of it.</summary>
    public required DateTimeOffset FirstSeenAt { get; set; }

    /// <summary>Seen with more than three refs: a switchboard, a family computer. It joins nobody any more.</summary>
    public bool Shared { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<IdentityKey>
    {
        public void Configure(EntityTypeBuilder<IdentityKey> builder)
        {
            builder.ToTable("IdentityKeys").HasKey(key => key.Id);
            builder.Property(key => key.Hash).HasMaxLength(32);
            builder.HasIndex(key => new { key.Kind, key.Hash }).IsUnique();
            builder.HasIndex(key => key.PersonId);
        }
    }
}

/// <summary>A key was seen together with a ref: counted to recognise shared keys.</summary>
public sealed class IdentityKeyRef
{
    public required Guid Id { get; init; }
    public required Guid KeyId { get; init; }

    /// <summary>Hash of the ref.</summary>
    public required byte[] RefHash { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<IdentityKeyRef>
    {
        public void Configure(EntityTypeBuilder<IdentityKeyRef> builder)
        {
            builder.ToTable("IdentityKeyRefs").HasKey(seen => seen.Id);
            builder.Property(seen => seen.RefHash).HasMaxLength(32);
            builder.HasIndex(seen => new { seen.KeyId, seen.RefHash }).IsUnique();
        }
    }
}
