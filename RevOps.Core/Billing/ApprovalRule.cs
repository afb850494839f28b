using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RevOps.Core.Billing;

/// <summary>Who has to approve a draft, by its amount: for every customer, or for one in their place. Without a rule one approver is enough.</summary>
public sealed class ApprovalRule
{
    public required Guid Id { get; init; }

    /// <summary>Null: for every customer that has no rule of their own.</summary>
    public Guid? CustomerId { get; init; }

    /// <summary>The rule speaks of invoices in this currency.</summary>
    public required string Currency { get; init; }

    /// <summary>From this amount on, tax included, two people approve, neither of them whoever wrote the draft; null: never.</summary>
    public long? FourEyesFromMinor { get; set; }

    /// <summary>Up to this amount, tax included, a draft is approved by itself after <see cref="CleanInvoices"/>; null: never.</summary>
    public long? AutoUpToMinor { get; set; }

    /// <summary>How many invoices of the customer must have been issued and paid without a correction before one is approved by itself.</summary>
    public int CleanInvoices { get; set; } = 5;

    public required Guid UserId { get; set; }
    public required DateTimeOffset RecordedAt { get; set; }
    public int Version { get; private set; }

    internal sealed class Mapping : IEntityTypeConfiguration<ApprovalRule>
    {
        public void Configure(EntityTypeBuilder<ApprovalRule> builder)
        {
            builder.ToTable("ApprovalRules").HasKey(rule => rule.Id);
            builder.Property(rule => rule.Currency).HasMaxLength(3);
            builder.Property(rule => rule.Version).IsConcurrencyToken();
            builder.HasIndex(rule => new { rule.CustomerId, rule.Currency }).IsUnique();
        }
    }
}
