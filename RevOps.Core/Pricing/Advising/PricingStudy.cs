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

    /// <summary>Slots that a price was advised for.</summary>
    public required int Advised { get; set; }

    /// <summary>Back-tested against a fixed price: its gain has an interval.</summary>
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

    /// <summary>Sales of the 30 days before, however many places each took.</summary>
    public required int SalesInMonth { get; init; }

    /// <summary>Share booked by days before the slot, from 0 on, over all weekdays.</summary>
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
/// <param name="PriceMinor">Of the dearest what slots to come ask on average; of others as it was set, and no more than that.</param>
/// <param name="MeanDemand">Per slot, unconstrained.</param>
/// <param name="EmsrB">Before anything is sold; null for the cheapest, which is kept nothing for, and until a slot is over.</param>
/// <param name="Exact">By the nested programme; null as well where the slot is too large for it.</param>
public sealed record ProtectedFare(string Code, string Name, long PriceMinor, double MeanDemand, double? EmsrB, double? Exact)
{
    /// <summary>Places to keep for it and those above by days before the slot, from 0 on: less and less is still to come. Empty where nothing is kept.</summary>
    public IReadOnlyList<int> KeptByLead { get; init; } = [];

    /// <summary>Of a slot that far ahead; null where it is not known.</summary>
    public int? KeptAt(int leadDays) => KeptByLead.Count == 0 ? null : KeptByLead[Math.Clamp(leadDays, 0, KeptByLead.Count - 1)];
}

/// <summary>Shadow advice whose slots are over: higher was right where the slot ended at least as full as usual, lower where it did not. Of each slot the last one counts.</summary>
public sealed record ShadowVerdict(int Raised, int RaisedRight, int Lowered, int LoweredRight)
{
    /// <param name="over">Of slots that are over.</param>
    /// <param name="usual">Mean share that slots like the one that begins then end at.</param>
    public static ShadowVerdict Of(IEnumerable<ShadowOutcome> over, Func<DateTimeOffset, double> usual)
    {
        var judged = over.GroupBy(one => one.SlotStart).Select(slot => slot.MaxBy(one => one.Day)!).Select(one => (one.IsRaise, Filled: one.FinalLoad >= usual(one.SlotStart))).ToList();
        return new(judged.Count(one => one.IsRaise), judged.Count(one => one is { IsRaise: true, Filled: true }), judged.Count(one => !one.IsRaise), judged.Count(one => one is { IsRaise: false, Filled: false }));
    }
}

/// <param name="Day">Of the advice.</param>
/// <param name="IsRaise">It was higher than the price until then.</param>
/// <param name="FinalLoad">Share of the slot's places that was sold in the end.</param>
public sealed record ShadowOutcome(DateTimeOffset SlotStart, DateOnly Day, bool IsRaise, double FinalLoad);
