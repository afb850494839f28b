using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RevOps.Core.Platform;

namespace RevOps.Core.Receivables;

/// <summary>What moved the money of an invoice. Stored as its number: append only.</summary>
public enum PaymentKind
{
    Payment = 0,

    /// <summary>Paid back to the client.</summary>
    Refund = 1,

    /// <summary>Taken back by the client's bank (chargeback), for as long as it is contested and after it was lost.</summary>
    Dispute = 2,

    /// <summary>A dispute that was won: the money is there again.</summary>
    DisputeWon = 3,

    /// <summary>A debit that the client's bank returned, or a refund that failed: booked against what it undoes.</summary>
    Returned = 4,

    /// <summary>Kept for the client instead of paid back, after a credit note; no cash moves.</summary>
    ToBalance = 5,

    /// <summary>Paid out of what was kept for the client; no cash moves.</summary>
    FromBalance = 6,
}

/// <summary>Money received for an invoice, or gone back: a dated event, negative where it goes back.</summary>
public sealed class Payment
{
    public required Guid Id { get; init; }
    public required Guid InvoiceId { get; init; }

    public PaymentKind Kind { get; init; }

    /// <summary>The payment that it takes back; null on a payment.</summary>
    public Guid? ReversesId { get; init; }

    /// <summary>Id of Stripe's payment, refund or dispute, unique: seen twice it is one.</summary>
    public required string StripePaymentId { get; init; }

    public required Mode Mode { get; init; }
    public required string Currency { get; init; }
    public required long AmountMinor { get; init; }

    /// <summary>When the client paid, by Stripe's clock.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }

    public Money Amount => new(AmountMinor, Currency);

    internal sealed class Mapping : IEntityTypeConfiguration<Payment>
    {
        public void Configure(EntityTypeBuilder<Payment> builder)
        {
            builder.ToTable("Payments").HasKey(payment => payment.Id);
            builder.Ignore(payment => payment.Amount);
            builder.Property(payment => payment.StripePaymentId).HasMaxLength(100);
            builder.Property(payment => payment.Currency).HasMaxLength(3);
            builder.HasIndex(payment => payment.StripePaymentId).IsUnique();

            // What was paid of an invoice by an instant: read from the index alone.
            builder.HasIndex(payment => new { payment.InvoiceId, payment.OccurredAt, payment.AmountMinor });
            builder.HasIndex(payment => payment.OccurredAt);
        }
    }
}
