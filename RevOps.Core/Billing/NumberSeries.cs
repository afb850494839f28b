using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RevOps.Core.Billing;

/// <summary>A series of legal numbers without gaps: the next one is taken in the commit that uses it, so none is ever lost.</summary>
public sealed class NumberSeries
{
    /// <summary>Such as "credit/Live/2026".</summary>
    public required string Id { get; init; }

    /// <summary>The last number that was given; 0 before the first.</summary>
    public int Last { get; set; }

    /// <summary>Raised with every number: of two commits that take the same one, the second starts again.</summary>
    public int Version { get; private set; }

    internal sealed class Mapping : IEntityTypeConfiguration<NumberSeries>
    {
        public void Configure(EntityTypeBuilder<NumberSeries> builder)
        {
            builder.ToTable("NumberSeries").HasKey(series => series.Id);
            builder.Property(series => series.Id).HasMaxLength(40);
            builder.Property(series => series.Version).IsConcurrencyToken();
        }
    }
}
