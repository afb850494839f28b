using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RevOps.Core.Receivables;

/// <summary>The client said when it will pay: until the day is over it is not reminded, and expected cash takes that day.</summary>
public sealed class PaymentPromise
{
    public required Guid Id { get; init; }
    public required Guid InvoiceId { get; init; }
    public required DateOnly PromisedOn { get; init; }
    public required Guid UserId { get; init; }
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>A later word of the client's took its place.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<PaymentPromise>
    {
        public void Configure(EntityTypeBuilder<PaymentPromise> builder)
        {
            builder.ToTable("PaymentPromises").HasKey(promise => promise.Id);
            builder.HasIndex(promise => new { promise.InvoiceId, promise.OccurredAt });
        }
    }
}
