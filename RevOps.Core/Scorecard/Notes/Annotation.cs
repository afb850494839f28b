using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RevOps.Core.Scorecard.Notes;

/// <summary>On which charts a note stands, and whose it is to write: those of this role. Stored as its number: append only.</summary>
public enum AnnotationTopic
{
    Finance = 0,
    Marketing = 1,

    /// <summary>Management sees the notes of all.</summary>
    Management = 2,
}

/// <summary>What happened on a day that a chart should remember: "new terms", "bank down".</summary>
public sealed class Annotation
{
    public required Guid Id { get; init; }
    public required DateOnly Day { get; set; }
    public required string Text { get; set; }
    public required AnnotationTopic Topic { get; init; }

    /// <summary>Who wrote it first; the audit knows who corrected it.</summary>
    public required Guid UserId { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<Annotation>
    {
        public void Configure(EntityTypeBuilder<Annotation> builder)
        {
            builder.ToTable("Annotations").HasKey(annotation => annotation.Id);
            builder.Property(annotation => annotation.Text).HasMaxLength(200);
            builder.HasIndex(annotation => annotation.Day);
        }
    }
}
