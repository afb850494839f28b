using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RevOps.Core.Platform;

namespace RevOps.Core.Catalogue;

/// <summary>What one of a service costs from a day on: the list price, the contract price of one customer, or the price of one slot. Another price is another row.</summary>
public sealed class PriceVersion
{
    public required Guid Id { get; init; }
    public required Guid ServiceId { get; init; }

    /// <summary>Whose contract price it is; null: the list price.</summary>
    public Guid? CustomerId { get; init; }

    /// <summary>Beginning of the slot whose price it is; null: of all that have none of their own.</summary>
    public DateTimeOffset? SlotStart { get; init; }

    /// <summary>Of a slot's price the mode that it was accepted in: what was tried with a test key is asked of no real buyer. Null for all others.</summary>
    public Mode? Mode { get; init; }

    public required string Currency { get; init; }

    /// <summary>In whole currency units, up to 6 decimals, as text: no decimal column.</summary>
    public required string UnitAmount { get; init; }

    /// <summary>True when the price holds the tax (TTC), false when it comes on top (HT).</summary>
    public bool TaxInclusive { get; init; }

    /// <summary>First day, in the company's zone; it holds until the next version of the same service, customer and currency begins.</summary>
    public required DateOnly ValidFrom { get; init; }

    /// <summary>Last day, where it ends without a next one (a contract that runs out); null: open.</summary>
    public DateOnly? ValidUntil { get; set; }

    /// <summary>Of a slot's price, which may change within a day: from this instant on. Null for all others.</summary>
    public DateTimeOffset? BeganAt { get; init; }

    /// <summary>When it was undone, so that the price before holds again; null: it stands until the next begins.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    public required Guid UserId { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<PriceVersion>
    {
        public void Configure(EntityTypeBuilder<PriceVersion> builder)
        {
            builder.ToTable("PriceVersions").HasKey(price => price.Id);
            builder.Property(price => price.Currency).HasMaxLength(3);
            builder.Property(price => price.UnitAmount).HasMaxLength(40);
            builder.HasIndex(price => new { price.ServiceId, price.CustomerId, price.Currency, price.ValidFrom }).IsUnique().HasFilter("\"CustomerId\" IS NOT NULL AND \"SlotStart\" IS NULL");
            builder.HasIndex(price => new { price.ServiceId, price.SlotStart, price.Currency, price.BeganAt }).IsUnique().HasFilter("\"SlotStart\" IS NOT NULL");
            builder.HasIndex(price => price.CustomerId);
        }
    }
}
