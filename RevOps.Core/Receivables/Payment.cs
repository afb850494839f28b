using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RevOps.Core.Platform;

namespace RevOps.Core.Receivables;

/// <summary>Money received for an invoice.</summary>
public sealed class Payment
{
    public required Guid Id { get; init; }
    public required Guid InvoiceId { get; init; }

    /// <summary>Stripe's invoice payment, unique: seen twice it is one payment.</summary>
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
            builder.HasIndex(payment => payment.InvoiceId);
            builder.HasIndex(payment => payment.OccurredAt);
        }
    }
}
