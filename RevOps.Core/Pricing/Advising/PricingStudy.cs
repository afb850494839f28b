using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RevOps.Core.Platform;
using RevOps.Core.Pricing.Advice;

namespace RevOps.Core.Pricing.Advising;

/// <summary>What was found about one service when its slots were advised on a day: pages read it, and compute nothing.</summary>
public sealed class PricingStudy
{
    public required Guid Id { get; init; }
    public required Mode Mode { get; init; }
    public required Guid ServiceId { get; init; }
    public required DateOnly Day { get; init; }
    public required DateTimeOffset MadeAt { get; set; }

    /// <summary>Back-tested against the price that stood: its gain has an interval.</summary>
    public required bool HasGain { get; set; }

    /// <summary><see cref="ServiceFindings"/> as JSON.</summary>
    public required string Found { get; set; }

    public ServiceFindings Findings => JsonSerializer.Deserialize<ServiceFindings>(Found)!;

    internal sealed class Mapping : IEntityTypeConfiguration<PricingStudy>
    {
        public void Configure(EntityTypeBuilder<PricingStudy> builder)
        {
            builder.ToTable("PricingStudies").HasKey(study => study.Id);
            builder.Ignore(study => study.Findings);
            builder.HasIndex(study => new { study.Mode, study.ServiceId, study.Day }).IsUnique();
        }
    }
}

/// <summary>How a service sells.</summary>
public sealed record ServiceFindings
{
    public required string Currency { get; init; }
    public required long BaseMinor { get; init; }

    /// <summary>Slots that are over and had places.</summary>
    public required int PastSlots { get; init; }

    /// <summary>Places sold in the 30 days before.</summary>
    public required int SalesInMonth { get; init; }

    /// <summary>Share booked by days before the slot, from 0 on.</summary>
    public required IReadOnlyList<double> UsualLoad { get; init; }

    public required LostDemand Lost { get; init; }
    public required IReadOnlyList<ProtectedFare> Fares { get; init; }

    /// <summary>Places that the levels were computed for.</summary>
    public required int Capacity { get; init; }

    /// <summary>Null under 30 sales a month, or where prices hardly moved.</summary>
    public required Elasticity? Elasticity { get; init; }

    /// <summary>What the advice would have earned on the past; null without an elasticity.</summary>
    public required PriceBacktest? Backtest { get; init; }

    public required ShadowVerdict Shadow { get; init; }
}

/// <summary>Demand that bookings do not show.</summary>
/// <param name="Refused">Requests turned away, as senders report them.</param>
/// <param name="SoldOut">Slots that sold out.</param>
/// <param name="Hidden">Expected beyond what sold-out slots sold where nobody counted; null where all sold out.</param>
public sealed record LostDemand(int Refused, int SoldOut, double? Hidden);

/// <summary>A fare with the places that are kept for it and those above.</summary>
/// <param name="MeanDemand">Per slot, unconstrained.</param>
/// <param name="EmsrB">Null for the cheapest, which is kept nothing for.</param>
/// <param name="Exact">By the nested programme; null where the slot is too large for it.</param>
public sealed record ProtectedFare(string Code, string Name, long PriceMinor, double MeanDemand, double? EmsrB, double? Exact);

/// <summary>Shadow advice whose slots are over: higher was right where the slot filled beyond its usual end, lower where it did not.</summary>
public sealed record ShadowVerdict(int Raised, int RaisedRight, int Lowered, int LoweredRight);
