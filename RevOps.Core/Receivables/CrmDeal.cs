using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RevOps.Core.Receivables;

/// <summary>A won deal as the CRM itself lists it, read past the events: what it has and we never received is an exception.</summary>
public sealed class CrmDeal
{
    public required Guid Id { get; init; }

    /// <summary>The CRM's id, unique: the one that events name.</summary>
    public required string DealId { get; init; }

    public required DateOnly WonOn { get; set; }
    public required string Currency { get; set; }

    /// <summary>Without tax, as the CRM has it.</summary>
    public required long AmountMinor { get; set; }

    /// <summary>Where it was read: "file" or "hubspot".</summary>
    public required string Source { get; set; }

    public required DateTimeOffset RecordedAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<CrmDeal>
    {
        public void Configure(EntityTypeBuilder<CrmDeal> builder)
        {
            builder.ToTable("CrmDeals").HasKey(deal => deal.Id);
            builder.Property(deal => deal.DealId).HasMaxLength(200);
            builder.Property(deal => deal.Currency).HasMaxLength(3);
            builder.Property(deal => deal.Source).HasMaxLength(20);
            builder.HasIndex(deal => deal.DealId).IsUnique();
            builder.HasIndex(deal => deal.WonOn);
        }
    }
}

/// <summary>The CRM's list was read for these days: only within them is "the CRM has none" known.</summary>
public sealed class CrmList
{
    public required Guid Id { get; init; }
    public required DateOnly From { get; init; }
    public required DateOnly To { get; init; }
    public required string Source { get; init; }
    public required int Deals { get; init; }
    public Guid? UserId { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<CrmList>
    {
        public void Configure(EntityTypeBuilder<CrmList> builder)
        {
            builder.ToTable("CrmLists").HasKey(list => list.Id);
            builder.Property(list => list.Source).HasMaxLength(20);
            builder.HasIndex(list => list.RecordedAt);
        }
    }
}
