using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RevOps.Core.Platform;

namespace RevOps.Core.Receivables;

/// <summary>A month whose reconciliation was frozen with its evidence. A fact that comes later posts to the first open month.</summary>
public sealed class ClosedMonth
{
    public required Guid Id { get; init; }

    /// <summary>Its first day.</summary>
    public required DateOnly Month { get; init; }

    public required Mode Mode { get; init; }

    /// <summary>Figures and exceptions as they stood, as JSON: ids and amounts, no names.</summary>
    public required string Evidence { get; init; }

    /// <summary>SHA-256 of it, which the audit names too.</summary>
    public required byte[] EvidenceHash { get; init; }

    public required Guid ClosedBy { get; init; }
    public required DateTimeOffset ClosedAt { get; init; }

    /// <summary>The first of the two who open it again.</summary>
    public Guid? ReopenAskedBy { get; set; }

    public string? ReopenReason { get; set; }
    public Guid? ReopenedBy { get; set; }
    public DateTimeOffset? ReopenedAt { get; set; }
    public int Version { get; private set; }

    internal sealed class Mapping : IEntityTypeConfiguration<ClosedMonth>
    {
        public void Configure(EntityTypeBuilder<ClosedMonth> builder)
        {
            builder.ToTable("ClosedMonths").HasKey(month => month.Id);
            builder.Property(month => month.EvidenceHash).HasMaxLength(32);
            builder.Property(month => month.ReopenReason).HasMaxLength(500);
            builder.Property(month => month.Version).IsConcurrencyToken();
            builder.HasIndex(month => new { month.Mode, month.Month, month.ClosedAt });
        }
    }
}

/// <summary>Reason and owner of an exception between deal, invoice and cash, as somebody of the house set them.</summary>
public sealed class ExceptionNote
{
    public required Guid Id { get; init; }

    /// <summary>Kind and id of what is excepted, such as "deal/D-7", unique.</summary>
    public required string Subject { get; init; }

    /// <summary>A code.</summary>
    public required string Reason { get; set; }

    public Guid? OwnerId { get; set; }

    /// <summary>Sealed under the company's key.</summary>
    public byte[]? SealedText { get; set; }

    public required Guid UserId { get; set; }
    public required DateTimeOffset OccurredAt { get; set; }
    public int Version { get; private set; }

    internal sealed class Mapping : IEntityTypeConfiguration<ExceptionNote>
    {
        public void Configure(EntityTypeBuilder<ExceptionNote> builder)
        {
            builder.ToTable("ExceptionNotes").HasKey(note => note.Id);
            builder.Property(note => note.Subject).HasMaxLength(250);
            builder.Property(note => note.Reason).HasMaxLength(40);
            builder.Property(note => note.Version).IsConcurrencyToken();
            builder.HasIndex(note => note.Subject).IsUnique();
        }
    }
}
