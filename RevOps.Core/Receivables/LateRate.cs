using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RevOps.Core.Receivables;

/// <summary>What a rate is for. Stored as its number: append only.</summary>
public enum LateRateKind
{
    /// <summary>Late interest that the client owes from the day after the due date (Code de commerce L441-10).</summary>
    Interest = 0,

    /// <summary>What waiting for the money costs the company.</summary>
    Financing = 1,
}

/// <summary>A yearly rate from a day on, as Finance entered it: the law's own changes every half year.</summary>
public sealed class LateRate
{
    public required Guid Id { get; init; }
    public required LateRateKind Kind { get; init; }
    public required DateOnly ValidFrom { get; init; }

    /// <summary>Per year, in basis points.</summary>
    public required int BasisPoints { get; set; }

    /// <summary>Where it is from, such as the contract or the decree.</summary>
    public string? Source { get; set; }

    public required Guid UserId { get; set; }
    public required DateTimeOffset RecordedAt { get; set; }
    public int Version { get; private set; }

    internal sealed class Mapping : IEntityTypeConfiguration<LateRate>
    {
        public void Configure(EntityTypeBuilder<LateRate> builder)
        {
            builder.ToTable("LateRates").HasKey(rate => rate.Id);
            builder.Property(rate => rate.Source).HasMaxLength(300);
            builder.Property(rate => rate.Version).IsConcurrencyToken();
            builder.HasIndex(rate => new { rate.Kind, rate.ValidFrom }).IsUnique();
        }
    }
}
