using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RevOps.Core.People;

/// <summary>
/// A visitor, caller or client, as one set of keys showed them: every sighting with the same ref, e-mail, phone and visitor id is the same
/// row, whenever it comes. Rows that turn out to be one person are members of a group and keep their facts; the canonical member stands for
/// all. So a group can be taken apart again along any key.
/// </summary>
public sealed class Person
{
    public required Guid Id { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The member that stands for the group; itself when it stands alone.</summary>
    public Guid CanonicalId { get; set; }

    /// <summary>
    /// SHA-256 of the keys that it was seen with; null for somebody of whom nothing but a click is known (each such sighting is a row of its
    /// own, since a click names a person for seven days only) and for rows of before.
    /// </summary>
    public byte[]? Signature { get; init; }

    /// <summary>What its own sightings said (<see cref="ContactFacts"/>), as sealed JSON.</summary>
    public byte[]? SealedOwn { get; set; }

    /// <summary>ISO 3166-1 alpha-2, as its own sightings said last, and when that was.</summary>
    public string? OwnCountry { get; set; }

    public DateTimeOffset? OwnCountryAt { get; set; }

    /// <summary>OccurredAt of its own newest event.</summary>
    public required DateTimeOffset OwnSeenAt { get; set; }

    /// <summary>Of a canonical member: the whole group's <see cref="Contact"/>, as sealed JSON.</summary>
    public byte[]? SealedContact { get; set; }

    /// <summary>Of a canonical member: the group's country, for the rules of consent; not personal by itself.</summary>
    public string? Country { get; set; }

    /// <summary>Of a canonical member: the newest answer about measurement of all who speak for the group (<see cref="ConsentState.SpeakForAsync"/>); null where nobody was asked.</summary>
    public bool? Measurement { get; set; }

    /// <summary>Of a canonical member: a contact, not only a browser, is known.</summary>
    public bool Identified { get; set; }

    /// <summary>Of a canonical member: OccurredAt of the group's newest event.</summary>
    public DateTimeOffset LastSeenAt { get; set; }

    /// <summary>When they were forgotten: their keys are gone, and whoever comes with the same is somebody new.</summary>
    public DateTimeOffset? ErasedAt { get; set; }

    public int Version { get; internal init; }

    internal sealed class Mapping : IEntityTypeConfiguration<Person>
    {
        public void Configure(EntityTypeBuilder<Person> builder)
        {
            builder.ToTable("People").HasKey(person => person.Id);
            builder.Property(person => person.Signature).HasMaxLength(32);
            builder.Property(person => person.Country).HasMaxLength(2);
            builder.Property(person => person.OwnCountry).HasMaxLength(2);
            builder.Property(person => person.Version).IsConcurrencyToken();
            builder.HasIndex(person => person.Signature).IsUnique();
            builder.HasIndex(person => person.CanonicalId);
            builder.HasIndex(person => person.LastSeenAt);
        }
    }
}

/// <summary>Two groups became one, or a part left one: rows are added, never changed.</summary>
public sealed class PersonAlias
{
    public required Guid Id { get; init; }

    /// <summary>Who stood for the group that came or left.</summary>
    public required Guid PersonId { get; init; }

    /// <summary>Who stood for the other at that time.</summary>
    public required Guid CanonicalId { get; init; }

    /// <summary>They were parted, not joined.</summary>
    public bool Parted { get; init; }

    /// <summary>The weakest kind of key on the way from one to the other; null when they were parted or a person joined them.</summary>
    public IdentityKeyKind? By { get; init; }

    public Guid? KeyId { get; init; }

    /// <summary>"user:…" where somebody decided; null where an event did.</summary>
    public string? DecidedBy { get; init; }

    public required DateTimeOffset OccurredAt { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<PersonAlias>
    {
        public void Configure(EntityTypeBuilder<PersonAlias> builder)
        {
            builder.ToTable("PersonAliases").HasKey(alias => alias.Id);
            builder.Property(alias => alias.DecidedBy).HasMaxLength(100);
            builder.HasIndex(alias => alias.PersonId);
        }
    }
}
