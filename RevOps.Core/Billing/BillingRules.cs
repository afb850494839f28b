using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RevOps.Core.Bookings;
using RevOps.Core.Data;

namespace RevOps.Core.Billing;

/// <summary>How the company bills, from an instant on; the newest version counts.</summary>
public sealed class BillingRules
{
    public required Guid Id { get; init; }
    public required DateTimeOffset ValidFrom { get; init; }

    /// <summary>Which bookings of one customer share an invoice, where the customer has no rule of their own.</summary>
    public GatherRule Gather { get; init; }

    /// <summary>Nothing is drafted at Stripe: what would be is only compared with what another program invoices.</summary>
    public bool ShadowMode { get; init; }

    /// <summary>Who set it; null on the first version.</summary>
    public Guid? UserId { get; init; }

    /// <summary>Those in force; the defaults while nobody has set any.</summary>
    public static async Task<BillingRules> CurrentAsync(RevOpsDb db, CancellationToken cancel) =>
        await db.Set<BillingRules>().AsNoTracking().OrderByDescending(rules => rules.ValidFrom).ThenByDescending(rules => rules.Id).FirstOrDefaultAsync(cancel)
        ?? new() { Id = Guid.Empty, ValidFrom = default };

    internal sealed class Mapping : IEntityTypeConfiguration<BillingRules>
    {
        public void Configure(EntityTypeBuilder<BillingRules> builder)
        {
            builder.ToTable("BillingRules").HasKey(rules => rules.Id);
            builder.HasIndex(rules => rules.ValidFrom);
        }
    }
}
