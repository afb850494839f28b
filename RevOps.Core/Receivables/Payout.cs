using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RevOps.Core.Platform;

namespace RevOps.Core.Receivables;

/// <summary>Money that Stripe pays out to the company's bank account: many payments in one sum.</summary>
public sealed class Payout
{
    public required Guid Id { get; init; }

    /// <summary>Stripe's id (<c>po_…</c>), unique.</summary>
    public required string StripePayoutId { get; init; }

    public required Mode Mode { get; init; }
    public required string Currency { get; init; }
    public required long AmountMinor { get; set; }

    /// <summary>As Stripe says it: pending, in_transit, paid, failed or canceled.</summary>
    public required string Status { get; set; }

    /// <summary>The day on which it is expected at the bank.</summary>
    public required DateOnly ArrivesOn { get; set; }

    /// <summary>By the account's schedule; of one that somebody asked for Stripe does not say what it carried. Null: not read since this is kept.</summary>
    public bool? IsAutomatic { get; set; }

    /// <summary>Why it failed, as Stripe's code; null where it did not.</summary>
    public string? FailureCode { get; set; }

    /// <summary>Sum of the nets of its parts; null until they have all been read.</summary>
    public long? PartsMinor { get; set; }

    public DateTimeOffset? PartsReadAt { get; set; }
    public required DateTimeOffset OccurredAt { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }

    public Money Amount => new(AmountMinor, Currency);

    internal sealed class Mapping : IEntityTypeConfiguration<Payout>
    {
        public void Configure(EntityTypeBuilder<Payout> builder)
        {
            builder.ToTable("Payouts").HasKey(payout => payout.Id);
            builder.Ignore(payout => payout.Amount);
            builder.Property(payout => payout.StripePayoutId).HasMaxLength(100);
            builder.Property(payout => payout.Currency).HasMaxLength(3);
            builder.Property(payout => payout.Status).HasMaxLength(20);
            builder.Property(payout => payout.FailureCode).HasMaxLength(60);
            builder.HasIndex(payout => payout.StripePayoutId).IsUnique();
            builder.HasIndex(payout => payout.ArrivesOn);
        }
    }
}
