using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RevOps.Core.Platform;

namespace RevOps.Core.Pricing.Slots;

/// <summary>Places of a slot that one line of a booking took, and at what price: what prices are advised from. It names nobody.</summary>
public sealed class SlotSale
{
    public required Guid Id { get; init; }

    /// <summary>Our booking.</summary>
    public required Guid BookingId { get; init; }

    /// <summary>As the sender writes it.</summary>
    public required string ServiceCode { get; init; }

    public required DateTimeOffset SlotStart { get; init; }

    /// <summary>Part of a place takes a whole one.</summary>
    public required int Places { get; init; }

    /// <summary>For one place, less the discount, on the sender's side of the tax: minor units.</summary>
    public required long PriceMinor { get; init; }

    public required string Currency { get; init; }
    public required bool TaxInclusive { get; init; }

    /// <summary>Of the line's tax, in basis points: what leads to the other side of it.</summary>
    public required int TaxRateBasisPoints { get; init; }

    public string? FareClass { get; init; }

    /// <summary>When the place was taken: of a moved booking, when it moved here.</summary>
    public required DateTimeOffset BookedAt { get; init; }
    public required Mode Mode { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<SlotSale>
    {
        public void Configure(EntityTypeBuilder<SlotSale> builder)
        {
            builder.ToTable("SlotSales").HasKey(sale => sale.Id);
            builder.Property(sale => sale.ServiceCode).HasMaxLength(100);
            builder.Property(sale => sale.FareClass).HasMaxLength(100);
            builder.Property(sale => sale.Currency).HasMaxLength(3);
            builder.HasIndex(sale => sale.BookingId);
            builder.HasIndex(sale => new { sale.Mode, sale.SlotStart });
        }
    }
}
