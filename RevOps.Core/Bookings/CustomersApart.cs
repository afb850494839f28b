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

    public static CustomersApart Of(Guid one, Guid other, Guid userId, DateTimeOffset occurredAt)
    {
        var (first, second) = one.CompareTo(other) < 0 ? (one, other) : (other, one);
        return new() { Id = Guid.CreateVersion7(), OneId = first, OtherId = second, UserId = userId, OccurredAt = occurredAt };
    }

    public bool Names(Guid customerId) => OneId == customerId || OtherId == customerId;

    internal sealed class Mapping : IEntityTypeConfiguration<CustomersApart>
    {
        public void Configure(EntityTypeBuilder<CustomersApart> builder)
        {
            builder.ToTable("CustomersApart").HasKey(apart => apart.Id);
            builder.HasIndex(apart => new { apart.OneId, apart.OtherId }).IsUnique();
        }
    }
}
