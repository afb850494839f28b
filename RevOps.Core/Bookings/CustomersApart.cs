using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RevOps.Core.Bookings;

/// <summary>Two customers that look alike and are not the same, as somebody of the house said: they are not proposed again.</summary>
public sealed class CustomersApart
{
    public required Guid Id { get; init; }

    /// <summary>The smaller of the two ids.</summary>
    public required Guid OneId { get; init; }

    public required Guid OtherId { get; init; }
    public required Guid UserId { get; init; }
    public required DateTimeOffset OccurredAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<CustomersApart>
    {
        public void Configure(EntityTypeBuilder<CustomersApart> builder)
        {
            builder.ToTable("CustomersApart").HasKey(apart => apart.Id);
            builder.HasIndex(apart => new { apart.OneId, apart.OtherId }).IsUnique();
        }
    }
}
