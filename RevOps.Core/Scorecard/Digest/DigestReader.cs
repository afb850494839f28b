using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RevOps.Core.Scorecard.Digest;

/// <summary>Somebody who asked for the digest by mail. No address is kept: it goes to the one of their account.</summary>
public sealed class DigestReader
{
    public required Guid Id { get; init; }
    public required Guid UserId { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<DigestReader>
    {
        public void Configure(EntityTypeBuilder<DigestReader> builder)
        {
            builder.ToTable("DigestReaders").HasKey(reader => reader.Id);
            builder.HasIndex(reader => reader.UserId).IsUnique();
        }
    }
}

/// <summary>The digest of a week that was handed in for somebody: at most one, whatever runs twice. Attempts and outcome stand with the mail.</summary>
public sealed class DigestLetter
{
    public required Guid Id { get; init; }

    /// <summary>Its Monday.</summary>
    public required DateOnly Week { get; init; }

    public required Guid UserId { get; init; }

    /// <summary>Of the stored mail.</summary>
    public required Guid MailId { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<DigestLetter>
    {
        public void Configure(EntityTypeBuilder<DigestLetter> builder)
        {
            builder.ToTable("DigestLetters").HasKey(letter => letter.Id);
            builder.HasIndex(letter => new { letter.Week, letter.UserId }).IsUnique();
        }
    }
}
