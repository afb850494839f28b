using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RevOps.Core.Receivables;

/// <summary>One balance transaction that a payout carries: their nets add up to it, to the cent.</summary>
public sealed class PayoutPart
{
    public required Guid Id { get; init; }
    public required Guid PayoutId { get; init; }

    /// <summary>Stripe's id (<c>txn_…</c>), unique.</summary>
    public required string StripeTransactionId { get; init; }

    /// <summary>charge, payment, refund, adjustment, stripe_fee or another of Stripe's.</summary>
    public required string Type { get; init; }

    /// <summary>Stripe's id of what moved: a charge, refund or dispute.</summary>
    public string? SourceId { get; init; }

    /// <summary>The invoice that it is of; null where it is of none.</summary>
    public Guid? InvoiceId { get; set; }

    public required string Currency { get; init; }
    public required long GrossMinor { get; init; }
    public required long FeeMinor { get; init; }
    public required long NetMinor { get; init; }
    public required DateTimeOffset OccurredAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<PayoutPart>
    {
        public void Configure(EntityTypeBuilder<PayoutPart> builder)
        {
            builder.ToTable("PayoutParts").HasKey(part => part.Id);
            builder.Property(part => part.StripeTransactionId).HasMaxLength(100);
            builder.Property(part => part.Type).HasMaxLength(40);
            builder.Property(part => part.SourceId).HasMaxLength(100);
            builder.Property(part => part.Currency).HasMaxLength(3);
            builder.HasIndex(part => part.StripeTransactionId).IsUnique();
            builder.HasIndex(part => part.PayoutId);
            builder.HasIndex(part => part.InvoiceId);
            builder.HasIndex(part => part.SourceId);
        }
    }
}
