using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RevOps.Core.Platform;

namespace RevOps.Core.Bookings;

public enum BookingStatus
{
    Confirmed = 0,
    Cancelled = 1,
}

/// <summary>What was sold, once: a booking, a won deal, or both under one deal id.</summary>
public sealed class Booking
{
    public required Guid Id { get; init; }

    /// <summary>The sender's booking id, unique.</summary>
    public string? BookingId { get; set; }

    /// <summary>The sender's deal id, unique: a booking and a deal that share it are one sale.</summary>
    public string? DealId { get; set; }

    /// <summary>What its conversions are named after: the sender's booking id, or deal id where that came first. It never changes.</summary>
    public required string Reference { get; init; }

    public required Guid CustomerId { get; set; }
    public required Guid PersonId { get; set; }

    /// <summary>The invoice that it stands on: one at a time, which is what makes an invoice per sale; null while it is held back or only compared.</summary>
    public Guid? InvoiceId { get; set; }

    public BookingStatus Status { get; set; }

    /// <summary>When it was first confirmed or won; figures use it.</summary>
    public required DateTimeOffset OccurredAt { get; set; }

    public required DateTimeOffset RecordedAt { get; init; }
    public required Mode Mode { get; init; }
    public required string Currency { get; set; }

    /// <summary>Net of tax when exclusive, with tax when inclusive: the sum of the lines, in minor units.</summary>
    public required long AmountMinor { get; set; }

    /// <summary><see cref="BookingContent"/> as sealed JSON (a description may name a person).</summary>
    public required byte[] SealedContent { get; set; }

    public required byte[] ContentHash { get; set; }

    /// <summary>OccurredAt of the event that the newest part of the content is from: the newest wins, whatever the order of arrival.</summary>
    public required DateTimeOffset ContentAt { get; set; }

    /// <summary>Sender's voice session that led here.</summary>
    public string? VoiceSessionId { get; set; }

    /// <summary>Counts contents: 1 for the first.</summary>
    public int ContentVersion { get; set; } = 1;

    public int Version { get; private set; }

    public Money Amount => new(AmountMinor, Currency);

    internal sealed class Mapping : IEntityTypeConfiguration<Booking>
    {
        public void Configure(EntityTypeBuilder<Booking> builder)
        {
            builder.ToTable("Bookings").HasKey(booking => booking.Id);
            builder.Ignore(booking => booking.Amount);
            builder.Property(booking => booking.BookingId).HasMaxLength(200);
            builder.Property(booking => booking.DealId).HasMaxLength(200);
            builder.Property(booking => booking.Reference).HasMaxLength(200);
            builder.Property(booking => booking.VoiceSessionId).HasMaxLength(200);
            builder.Property(booking => booking.Currency).HasMaxLength(3);
            builder.Property(booking => booking.ContentHash).HasMaxLength(32);
            builder.Property(booking => booking.Version).IsConcurrencyToken();
            builder.HasIndex(booking => booking.BookingId).IsUnique();
            builder.HasIndex(booking => booking.DealId).IsUnique();
            builder.HasIndex(booking => booking.InvoiceId);
            builder.HasIndex(booking => booking.PersonId);
            builder.HasIndex(booking => booking.OccurredAt);
        }
    }
}

/// <summary>What is to be invoiced, as the sender says it.</summary>
public sealed record BookingContent
{
    public required string Currency { get; init; }

    /// <summary>True when the prices hold the tax (TTC), false when it comes on top (HT).</summary>
    public bool TaxInclusive { get; init; }

    public required IReadOnlyList<BookingLine> Lines { get; init; }
    public DateOnly? ServiceDate { get; init; }
    public DateTimeOffset? SlotStart { get; init; }
    public DateTimeOffset? SlotEnd { get; init; }
    public string? FareClass { get; init; }
    public int? PaymentTermsDays { get; init; }
    public string? PurchaseOrder { get; init; }

    /// <summary>When all but the slot was said, where that was before <see cref="Booking.ContentAt"/>; null: then.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? RestAt { get; init; }

    /// <summary>When the slot was said, where that was before <see cref="Booking.ContentAt"/>; null: then.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? SlotAt { get; init; }

    /// <summary>Since when it is this slot; null: since the sale.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? SlotSince { get; init; }

    /// <summary>The slot whose price it was booked at, where it was only moved since; null: its own.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PricedSlot? PricedAs { get; init; }

    /// <summary>Sum of the line amounts.</summary>
    public Money Total() => Lines.Aggregate(Money.Zero(Currency), (sum, line) => sum + line.Amount(Currency));

    /// <summary>The same content gives the same hash, whenever it was said.</summary>
    public byte[] ComputeHash() => SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this with { RestAt = null, SlotAt = null, SlotSince = null, PricedAs = null }));
}

/// <param name="Start">Of the slot.</param>
/// <param name="At">When it was booked; null: with the sale.</param>
public sealed record PricedSlot(DateTimeOffset Start, DateTimeOffset? At);

/// <summary>One line of a booking.</summary>
public sealed record BookingLine
{
    /// <summary>Unique within the booking.</summary>
    public required string Key { get; init; }

    public required string Description { get; init; }
    public required decimal Quantity { get; init; }

    /// <summary>In whole currency units, up to 6 decimals.</summary>
    public required decimal UnitAmount { get; init; }

    public long DiscountMinor { get; init; }

    /// <summary>In basis points; null leaves it to the tax rules.</summary>
    public int? TaxRateBasisPoints { get; init; }

    public string? ServiceCode { get; init; }

    /// <summary>Quantity times unit price less discount, half away from zero to the minor unit.</summary>
    public Money Amount(string currency) => Money.Round(Quantity * UnitAmount, currency) - new Money(DiscountMinor, currency);
}
