using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RevOps.Core.Catalogue;

/// <summary>Something that the company sells, under the code that senders put on their lines.</summary>
public sealed class Service
{
    public required Guid Id { get; init; }

    /// <summary>Unique, whatever its case.</summary>
    public required string Code { get; init; }

    public required string Name { get; set; }

    /// <summary>VAT rate in basis points where the buyer's country leaves it to the seller's: 2,000 is 20 %; null: the standard rate.</summary>
    public int? TaxRateBasisPoints { get; set; }

    /// <summary>What one costs the company, in minor units of <see cref="CostCurrency"/>; null: not known.</summary>
    public long? CostMinor { get; set; }

    public string? CostCurrency { get; set; }

    /// <summary>Since when it is not sold any more; what was sold keeps it.</summary>
    public DateTimeOffset? RetiredAt { get; set; }

    public required DateTimeOffset RecordedAt { get; init; }
    public int Version { get; private set; }

    internal sealed class Mapping : IEntityTypeConfiguration<Service>
    {
        public void Configure(EntityTypeBuilder<Service> builder)
        {
            builder.ToTable("Services").HasKey(service => service.Id);
            builder.Property(service => service.Code).HasMaxLength(100);
            builder.Property(service => service.Name).HasMaxLength(200);
            builder.Property(service => service.CostCurrency).HasMaxLength(3);
            builder.Property(service => service.Version).IsConcurrencyToken();
            builder.HasIndex(service => service.Code).IsUnique();
        }
    }
}
