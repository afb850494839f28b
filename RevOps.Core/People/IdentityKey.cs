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

    /// <summary>A first name. It joins nobody: of two who share a phone it tells whether they are one.</summary>
    Name = 5,
}

/// <summary>Whether a key says who somebody is.</summary>
public enum KeyStanding
{
    /// <summary>Whoever has it is one person.</summary>
    Joins = 0,

    /// <summary>Those who have it differ in a stronger key: it joins nobody until somebody decides.</summary>
    Contested = 1,

    /// <summary>Seen with more than three keys of one stronger kind: a switchboard, a family computer. It joins nobody until somebody decides.</summary>
    Shared = 2,
}

/// <summary>What somebody decided about a contested or shared key; remembered for good.</summary>
public enum KeyDecision
{
    None = 0,
    OnePerson = 1,
    SeveralPeople = 2,
}

/// <summary>A key that has been seen, as a keyed hash.</summary>
public sealed class IdentityKey
{
    public required Guid Id { get; init; }
    public required IdentityKeyKind Kind { get; init; }

    /// <summary>HMAC-SHA256 of the normalised value.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>
    /// The row of <see cref="Person"/> of its first sight. Of a visitor id it is the one that knows nothing else: touches lie there, so
    /// that they can be parted from whoever the visitor turned out to be.
    /// </summary>
    public required Guid PersonId { get; init; }

    /// <summary>OccurredAt of its first sight; a click id joins only a session that starts within 7 days of it.</summary>
    public required DateTimeOffset FirstSeenAt { get; set; }

    public KeyStanding Standing { get; set; }
    public KeyDecision Decision { get; set; }

    /// <summary>"user:…", and when.</summary>
    public string? DecidedBy { get; set; }

    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>When its standing was found to be other than <see cref="KeyStanding.Joins"/>: the age of an open question.</summary>
    public DateTimeOffset? QuestionedAt { get; set; }

    /// <summary>It joins nobody, by rule or by decision.</summary>
    public bool IsShared => Decision == KeyDecision.SeveralPeople || (Decision == KeyDecision.None && Standing == KeyStanding.Shared);

    /// <summary>A browser that is one person's, as far as anybody knows: what was answered on it is their answer.</summary>
    public bool SpeaksForWhoHasIt => Speaks(Kind, Standing, Decision);

    /// <summary>The same of one that was not read whole.</summary>
    internal static bool Speaks(IdentityKeyKind kind, KeyStanding standing, KeyDecision decision) =>
        kind == IdentityKeyKind.Visitor && decision != KeyDecision.SeveralPeople && (standing == KeyStanding.Joins || decision == KeyDecision.OnePerson);

    internal sealed class Mapping : IEntityTypeConfiguration<IdentityKey>
    {
        public void Configure(EntityTypeBuilder<IdentityKey> builder)
        {
            builder.ToTable("IdentityKeys").HasKey(key => key.Id);
            builder.Ignore(key => key.IsShared).Ignore(key => key.SpeaksForWhoHasIt);
            builder.Property(key => key.Hash).HasMaxLength(32);
            builder.Property(key => key.DecidedBy).HasMaxLength(100);
            builder.HasIndex(key => new { key.Kind, key.Hash }).IsUnique();

            // Few keys are ever asked about, and every key would pay for an index of all.
            builder.HasIndex(key => new { key.Decision, key.QuestionedAt }).HasFilter("\"Standing\" <> 0");
            builder.HasIndex(key => key.DecidedAt).HasFilter("\"Decision\" <> 0");
        }
    }
}

/// <summary>A row of <see cref="Person"/> was seen with this key.</summary>
public sealed class PersonKey
{
    public required Guid PersonId { get; init; }
    public required Guid KeyId { get; init; }

    /// <summary>OccurredAt of the first time.</summary>
    public required DateTimeOffset FirstSeenAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<PersonKey>
    {
        public void Configure(EntityTypeBuilder<PersonKey> builder)
        {
            builder.ToTable("PersonKeys").HasKey(seen => new { seen.PersonId, seen.KeyId });
            builder.HasIndex(seen => seen.KeyId);
        }
    }
}

/// <summary>Two rows of <see cref="Person"/> are one person because somebody said so.</summary>
public sealed class SamePerson
{
    public required Guid Id { get; init; }
    public required Guid PersonId { get; init; }
    public required Guid OtherId { get; init; }

    /// <summary>"user:…"; null for what an earlier version of the product had joined.</summary>
    public string? LinkedBy { get; init; }

    public required DateTimeOffset LinkedAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<SamePerson>
    {
        public void Configure(EntityTypeBuilder<SamePerson> builder)
        {
            builder.ToTable("SamePeople").HasKey(link => link.Id);
            builder.Property(link => link.LinkedBy).HasMaxLength(100);
            builder.HasIndex(link => new { link.PersonId, link.OtherId }).IsUnique();
            builder.HasIndex(link => link.OtherId);
        }
    }
}
