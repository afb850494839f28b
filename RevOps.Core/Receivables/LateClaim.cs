using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RevOps.Core.Receivables;

/// <summary>Late interest and the flat indemnity of 40 € (D441-5) that were claimed for a late invoice, on an invoice of their own.</summary>
public sealed class LateClaim
{
    public required Guid Id { get; init; }

    /// <summary>The late invoice.</summary>
    public required Guid InvoiceId { get; init; }

    /// <summary>The invoice that claims it.</summary>
    public required Guid ClaimInvoiceId { get; init; }

    /// <summary>First day of the interest: a later claim begins after <see cref="Until"/>.</summary>
    public required DateOnly From { get; init; }

    public required DateOnly Until { get; init; }
    public required string Currency { get; init; }
    public required long InterestMinor { get; init; }

    /// <summary>Once per invoice.</summary>
    public required long IndemnityMinor { get; init; }

    public required Guid UserId { get; init; }
    public required DateTimeOffset OccurredAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<LateClaim>
    {
        public void Configure(EntityTypeBuilder<LateClaim> builder)
        {
            builder.ToTable("LateClaims").HasKey(claim => claim.Id);
            builder.Property(claim => claim.Currency).HasMaxLength(3);
            builder.HasIndex(claim => new { claim.InvoiceId, claim.From }).IsUnique();
            builder.HasIndex(claim => claim.ClaimInvoiceId);
        }
    }
}
