using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RevOps.Core.Billing;

/// <summary>What somebody of the house wrote beside an invoice, for the others; the client never sees it.</summary>
public sealed class InvoiceComment
{
    public required Guid Id { get; init; }
    public required Guid InvoiceId { get; init; }
    public required Guid UserId { get; init; }

    /// <summary>Sealed under the company's key.</summary>
    public required byte[] SealedText { get; init; }

    public required DateTimeOffset OccurredAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<InvoiceComment>
    {
        public void Configure(EntityTypeBuilder<InvoiceComment> builder)
        {
            builder.ToTable("InvoiceComments").HasKey(comment => comment.Id);
            builder.HasIndex(comment => new { comment.InvoiceId, comment.OccurredAt });
        }
    }
}
