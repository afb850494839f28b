using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RevOps.Core.People;

/// <summary>A visitor, caller or client. Two that turn out to be one keep their rows: an alias names the one that stands for both.</summary>
public sealed class Person
{
    public required Guid Id { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The person that stands for this one since a merge; itself when it stands alone.</summary>
    public Guid CanonicalId { get; set; }

    /// <summary>The latest <see cref="Contact"/>, as sealed JSON.</summary>
    public byte[]? SealedContact { get; set; }

    /// <summary>When <see cref="SealedContact"/> was last added to: an older event fills gaps only.</summary>
    public DateTimeOffset? ContactAt { get; set; }

    /// <summary>ISO 3166-1 alpha-2, for the rules of consent; not personal by itself.</summary>
    public string? Country { get; set; }

    /// <summary>True once a contact, not only a browser, is known.</summary>
    public bool Identified { get; set; }

    /// <summary>OccurredAt of the newest event of this person.</summary>
    public DateTimeOffset LastSeenAt { get; set; }

    public int Version { get; private set; }

    internal sealed class Mapping : IEntityTypeConfiguration<Person>
    {
        public void Configure(EntityTypeBuilder<Person> builder)
        {
            builder.ToTable("People").HasKey(person => person.Id);
            builder.Property(person => person.Country).HasMaxLength(2);
            builder.Property(person => person.Version).IsConcurrencyToken();
            builder.HasIndex(person => person.CanonicalId);
            builder.HasIndex(person => person.LastSeenAt);
        }
    }
}

/// <summary>A merge: since then one person stands for another, and why. Rows are added, never changed, so that it can be undone by replay.</summary>
public sealed class PersonAlias
{
    public required Guid Id { get; init; }
    public required Guid PersonId { get; init; }
    public required Guid CanonicalId { get; init; }

    /// <summary>Kind of the key that joined them.</summary>
    public required IdentityKeyKind By { get; init; }

    public required DateTimeOffset OccurredAt { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<PersonAlias>
    {
        public void Configure(EntityTypeBuilder<PersonAlias> builder)
        {
            builder.ToTable("PersonAliases").HasKey(alias => alias.Id);
            builder.HasIndex(alias => alias.PersonId);
        }
    }
}
