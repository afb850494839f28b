using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RevOps.Core.Billing;

/// <summary>What Finance decided on a draft, and who it was.</summary>
public sealed class InvoiceDecision
{
    public required Guid Id { get; init; }
    public required Guid InvoiceId { get; init; }
    public required int DraftVersion { get; init; }
    public required bool Approved { get; init; }

    /// <summary>1 for the first approval, 2 for the second where four eyes are wanted.</summary>
    public int Step { get; init; } = 1;

    /// <summary>Null when a rule approved it by itself.</summary>
    public Guid? UserId { get; init; }

    /// <summary>The hash that stood on the screen and at Stripe at that moment.</summary>
    public required byte[] ReviewHash { get; init; }

    /// <summary>Why it was refused, sealed under the company's key.</summary>
    public byte[]? SealedReason { get; init; }

    public required DateTimeOffset OccurredAt { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<InvoiceDecision>
    {
        public void Configure(EntityTypeBuilder<InvoiceDecision> builder)
        {
            builder.ToTable("InvoiceDecisions").HasKey(decision => decision.Id);
            builder.Property(decision => decision.ReviewHash).HasMaxLength(32);

            // One decision per draft and step: of two people who click at once, one finds it taken.
            builder.HasIndex(decision => new { decision.InvoiceId, decision.DraftVersion, decision.Step }).IsUnique();
        }
    }
}
