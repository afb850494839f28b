using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RevOps.Core.Platform;

namespace RevOps.Core.Billing;

/// <summary>An invoice in the same Stripe account that another program made: adopted, compared, or only known of.</summary>
public sealed class ForeignInvoice
{
    public required Guid Id { get; init; }

    /// <summary>Unique.</summary>
    public required string StripeInvoiceId { get; init; }

    public required Mode Mode { get; init; }

    /// <summary>As Stripe says it: draft, open, paid, uncollectible, void; "deleted" once it is gone.</summary>
    public required string Status { get; set; }

    /// <summary>Its number in the account's series.</summary>
    public string? Number { get; set; }

    public required string StripeCustomerId { get; set; }
    public required string Currency { get; set; }
    public long NetMinor { get; set; }
    public long GrossMinor { get; set; }

    /// <summary>The deal or booking that its metadata names; null: none.</summary>
    public string? Reference { get; set; }

    /// <summary>Our invoice that it became, by adoption.</summary>
    public Guid? InvoiceId { get; set; }

    /// <summary>When the other program made it.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>When Stripe was last read about it.</summary>
    public required DateTimeOffset RecordedAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<ForeignInvoice>
    {
        public void Configure(EntityTypeBuilder<ForeignInvoice> builder)
        {
            builder.ToTable("ForeignInvoices").HasKey(foreign => foreign.Id);
            builder.Property(foreign => foreign.StripeInvoiceId).HasMaxLength(100);
            builder.Property(foreign => foreign.Status).HasMaxLength(20);
            builder.Property(foreign => foreign.Number).HasMaxLength(50);
            builder.Property(foreign => foreign.StripeCustomerId).HasMaxLength(100);
            builder.Property(foreign => foreign.Currency).HasMaxLength(3);
            builder.Property(foreign => foreign.Reference).HasMaxLength(200);
            builder.HasIndex(foreign => foreign.StripeInvoiceId).IsUnique();
            builder.HasIndex(foreign => foreign.Reference);
            builder.HasIndex(foreign => foreign.OccurredAt);
        }
    }
}
