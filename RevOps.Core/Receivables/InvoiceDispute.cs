using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RevOps.Core.Receivables;

/// <summary>Why a client does not want to pay. Stored as its number: append only.</summary>
public enum DisputeReason
{
    Price = 0,
    Quantity = 1,
    Quality = 2,
    NotOrdered = 3,
    PaidAlready = 4,
    MissingReference = 5,
    Other = 6,
}

/// <summary>The client contests an invoice: it is not reminded while somebody of the house looks into it.</summary>
public sealed class InvoiceDispute
{
    public required Guid Id { get; init; }
    public required Guid InvoiceId { get; init; }
    public required DisputeReason Reason { get; set; }

    /// <summary>Who looks into it.</summary>
    public required Guid OwnerId { get; set; }

    /// <summary>Sealed under the company's key.</summary>
    public byte[]? SealedNote { get; set; }

    public required Guid UserId { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }
    public DateTimeOffset? ClosedAt { get; set; }
    public int Version { get; private set; }

    internal sealed class Mapping : IEntityTypeConfiguration<InvoiceDispute>
    {
        public void Configure(EntityTypeBuilder<InvoiceDispute> builder)
        {
            builder.ToTable("InvoiceDisputes").HasKey(dispute => dispute.Id);
            builder.Property(dispute => dispute.Version).IsConcurrencyToken();
            builder.HasIndex(dispute => new { dispute.InvoiceId, dispute.ClosedAt });
            builder.HasIndex(dispute => new { dispute.OwnerId, dispute.ClosedAt });
        }
    }
}
