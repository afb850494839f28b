using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RevOps.Core.Catalogue;

/// <summary>What one of a service costs from a day on: the list price, or the contract price of one customer. Another price is another row.</summary>
public sealed class PriceVersion
{
    public required Guid Id { get; init; }
    public required Guid ServiceId { get; init; }

    /// <summary>Whose contract price it is; null: the list price.</summary>
    public Guid? CustomerId { get; init; }

    public required string Currency { get; init; }

    /// <summary>In whole currency units, up to 6 decimals, as text: no decimal column.</summary>
    public required string UnitAmount { get; init; }

    /// <summary>True when the price holds the tax (TTC), false when it comes on top (HT).</summary>
    public bool TaxInclusive { get; init; }

    /// <summary>First day, in the company's zone; it holds until the next version of the same service, customer and currency begins.</summary>
    public required DateOnly ValidFrom { get; init; }

    /// <summary>Last day, where it ends without a next one (a contract that runs out); null: open.</summary>
    public DateOnly? ValidUntil { get; set; }

    public required Guid UserId { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<PriceVersion>
    {
        public void Configure(EntityTypeBuilder<PriceVersion> builder)
        {
            builder.ToTable("PriceVersions").HasKey(price => price.Id);
            builder.Property(price => price.Currency).HasMaxLength(3);
            builder.Property(price => price.UnitAmount).HasMaxLength(40);
            builder.HasIndex(price => new { price.ServiceId, price.CustomerId, price.Currency, price.ValidFrom }).IsUnique();
            builder.HasIndex(price => price.CustomerId);
        }
    }
}
