using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RevOps.Core.Receivables;

/// <summary>What happened on a day that a trend should remember: "new terms", "bank down".</summary>
public sealed class Annotation
{
    public required Guid Id { get; init; }
    public required DateOnly Day { get; init; }
    public required string Text { get; init; }
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
