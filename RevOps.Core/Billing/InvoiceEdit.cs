using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RevOps.Core.Billing;

/// <summary>A version of a draft that Finance wrote, beside the sender's; none is ever overwritten.</summary>
public sealed class InvoiceEdit
{
    public required Guid Id { get; init; }
    public required Guid InvoiceId { get; init; }

    /// <summary>1 for the first version of the house.</summary>
    public required int Number { get; init; }

    public required Guid UserId { get; init; }
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>Under whose key the content is sealed.</summary>
    public required Guid OwnerId { get; init; }

    /// <summary>A booking's content as sealed JSON: lines, terms, purchase order.</summary>
    public required byte[] SealedContent { get; init; }

    /// <summary>Hash of the sender's content that it was written over: once the sender says something else, Finance chooses again.</summary>
    public required byte[] OverHash { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<InvoiceEdit>
    {
        public void Configure(EntityTypeBuilder<InvoiceEdit> builder)
        {
            builder.ToTable("InvoiceEdits").HasKey(edit => edit.Id);
            builder.Property(edit => edit.OverHash).HasMaxLength(32);
            builder.HasIndex(edit => new { edit.InvoiceId, edit.Number }).IsUnique();
        }
    }
}
