using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RevOps.Core.Billing;

/// <summary>One line of an invoice as drafted.</summary>
public sealed class InvoiceLine
{
    public required Guid Id { get; init; }
    public required Guid InvoiceId { get; init; }
    public required int DraftVersion { get; init; }
    public required int Position { get; init; }

    /// <summary>The booking line's key.</summary>
    public required string Key { get; init; }

    /// <summary>Under whose key the description is sealed.</summary>
    public required Guid OwnerId { get; set; }

    public required byte[] SealedDescription { get; set; }

    public required decimal Quantity { get; init; }

    /// <summary>In whole currency units, up to 6 decimals, as text: no decimal column.</summary>
    public required string UnitAmount { get; init; }

    public required long NetMinor { get; init; }
    public required long TaxMinor { get; init; }
    public required TaxCategory Category { get; init; }
    public required int RateBasisPoints { get; init; }
    public string? ServiceCode { get; init; }

    /// <summary>The booking that it is of; null on what Finance wrote, and on a deposit that is deducted.</summary>
    public Guid? BookingId { get; init; }

    /// <summary>What one costs by the catalogue, in whole currency units as text, on the same side of the tax; null: not in the catalogue.</summary>
    public string? CatalogueAmount { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<InvoiceLine>
    {
        public void Configure(EntityTypeBuilder<InvoiceLine> builder)
        {
            builder.ToTable("InvoiceLines").HasKey(line => line.Id);
            builder.Property(line => line.Key).HasMaxLength(200);
            builder.Property(line => line.Quantity).HasConversion(
                quantity => quantity.ToString(CultureInfo.InvariantCulture), text => decimal.Parse(text, CultureInfo.InvariantCulture)).HasMaxLength(40);
            builder.Property(line => line.UnitAmount).HasMaxLength(40);
            builder.Property(line => line.CatalogueAmount).HasMaxLength(40);
            builder.Property(line => line.ServiceCode).HasMaxLength(100);
            builder.HasIndex(line => new { line.InvoiceId, line.DraftVersion, line.Position }).IsUnique();
        }
    }
}
