using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RevOps.Core.Bookings;

/// <summary>A name under which senders know a customer: several may mean one company.</summary>
public sealed class CustomerRef
{
    public required Guid Id { get; init; }

    /// <summary>Keyed hash of the sender's ref, unique.</summary>
    public required byte[] RefHash { get; init; }

    public required Guid CustomerId { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<CustomerRef>
    {
        public void Configure(EntityTypeBuilder<CustomerRef> builder)
        {
            builder.ToTable("CustomerRefs").HasKey(known => known.Id);
            builder.Property(known => known.RefHash).HasMaxLength(32);
            builder.HasIndex(known => known.RefHash).IsUnique();
            builder.HasIndex(known => known.CustomerId);
        }
    }
}
