using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RevOps.Core.Platform;

namespace RevOps.Core.Billing;

/// <summary>One reading of Stripe's history: how far it is, and what it found.</summary>
public sealed class HistoryImport
{
    public required Guid Id { get; init; }
    public required Mode Mode { get; init; }

    /// <summary>"stripe".</summary>
    public required string Source { get; init; }

    /// <summary>What lies before is left out.</summary>
    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Which list is being read: customers, invoices (with their payments and credit notes), refunds, disputes, payouts; null at the end.</summary>
    public string? Step { get; set; }

    /// <summary>The last object of that list that is in; reading goes on after it.</summary>
    public string? Cursor { get; set; }

    public int Customers { get; set; }
    public int Invoices { get; set; }
    public int CreditNotes { get; set; }
    public int Payments { get; set; }
    public int Refunds { get; set; }
    public int Payouts { get; set; }

    /// <summary>Who asked for it; null when connecting Stripe did.</summary>
    public Guid? UserId { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<HistoryImport>
    {
        public void Configure(EntityTypeBuilder<HistoryImport> builder)
        {
            builder.ToTable("HistoryImports").HasKey(import => import.Id);
            builder.Property(import => import.Source).HasMaxLength(20);
            builder.Property(import => import.Step).HasMaxLength(20);
            builder.Property(import => import.Cursor).HasMaxLength(100);
            builder.HasIndex(import => import.StartedAt);
        }
    }
}
