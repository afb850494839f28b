using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RevOps.Core.Platform;
using RevOps.Core.Pricing.Advice;

namespace RevOps.Core.Pricing.Advising;

/// <summary>What became of an advice. Stored: append only.</summary>
public enum AdviceState
{
    /// <summary>The price stays: nothing was advised.</summary>
    Kept = 0,

    /// <summary>Only to look at: the first two weeks.</summary>
    Shadow = 1,

    /// <summary>Somebody has to say yes or no.</summary>
    Awaiting = 2,

    /// <summary>It is the slot's price.</summary>
    Accepted = 3,

    Refused = 4,

    /// <summary>It was accepted, and the price before holds again.</summary>
    Undone = 5,

    /// <summary>Nobody answered before the next day's advice, or before the slot filled or began.</summary>
    Replaced = 6,
}

/// <summary>The one decision about a slot's price on one day, with all that it was made of. Days before stay as they were.</summary>
public sealed class SlotAdvice
{
    public const int LongestReason = 300;

    /// <summary>Days in a row at the floor after which somebody is told.</summary>
    public const int FloorDaysToTell = 3;

    public required Guid Id { get; init; }
    public required Mode Mode { get; init; }
    public required Guid ServiceId { get; init; }
    public required DateTimeOffset SlotStart { get; init; }
    public required DateTimeOffset SlotEnd { get; set; }

    /// <summary>Of the decision, in the company's zone.</summary>
    public required DateOnly Day { get; init; }

    public required DateTimeOffset MadeAt { get; set; }

    /// <summary>The slot's newest: what the calendar shows.</summary>
    public required bool IsNewest { get; set; }

    public required string Currency { get; set; }

    /// <summary>True when both prices hold the tax.</summary>
    public required bool TaxInclusive { get; set; }

    /// <summary>Of the service, minor units: what the reasons start from.</summary>
    public required long BaseMinor { get; set; }

    /// <summary>Of the slot, until then.</summary>
    public required long PriceMinor { get; set; }

    /// <summary>Null where nothing is advised.</summary>
    public long? AdvisedMinor { get; set; }

    /// <summary>What learning by Thompson sampling would ask, minor units: told while advice is only looked at, and asked of nobody. Null otherwise, and where it would close the slot for that day.</summary>
    public long? LearningMinor { get; set; }

    public required AdviceOutcome Outcome { get; set; }
    public required int LeadDays { get; set; }
    public required int Capacity { get; set; }
    public required int Booked { get; set; }

    /// <summary>Share booked by that lead time of slots that are over, 0 to 1; null where too few are.</summary>
    public double? UsualLoad { get; set; }

    /// <summary>The rules that held.</summary>
    public required long FloorMinor { get; set; }

    public required long CeilingMinor { get; set; }
    public required int MostDailyChange { get; set; }

    /// <summary>Days in a row on which the wish was the floor or less.</summary>
    public required int FloorDays { get; set; }

    /// <summary>Small enough to be accepted by rule, and the setting says so.</summary>
    public required bool ByRule { get; set; }

    /// <summary><see cref="AdvicePart"/>s as JSON.</summary>
    public required string Why { get; set; }

    public required AdviceState State { get; set; }

    /// <summary>"user:…" or "system:…" of whoever accepted or refused.</summary>
    public string? DecidedBy { get; set; }

    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>Why it was refused.</summary>
    public string? Reason { get; set; }

    public string? UndoneBy { get; set; }
    public DateTimeOffset? UndoneAt { get; set; }

    /// <summary>What the slot cost once it, or an earlier one, was undone, minor units; null: nothing was since.</summary>
    public long? UndoneToMinor { get; set; }

    /// <summary>In the catalogue.</summary>
    public Guid? PriceVersionId { get; set; }

    /// <summary>Share booked in the end, once the slot is over.</summary>
    public double? FinalLoad { get; set; }

    public int Version { get; private set; }

    public double Load => Capacity == 0 ? 1 : (double)Booked / Capacity;

    public int PlacesLeft => Math.Max(0, Capacity - Booked);

    public IReadOnlyList<AdvicePart> Parts => JsonSerializer.Deserialize<AdvicePart[]>(Why)!;

    /// <summary>The service is sold no more, or has no price to start from: nobody has to answer, and no floor is hit.</summary>
    public void Leave() => (State, FloorDays) = (State == AdviceState.Awaiting ? AdviceState.Replaced : State, 0);

    internal sealed class Mapping : IEntityTypeConfiguration<SlotAdvice>
    {
        public void Configure(EntityTypeBuilder<SlotAdvice> builder)
        {
            builder.ToTable("SlotAdvice").HasKey(advice => advice.Id);
            foreach (var name in new[] { nameof(Load), nameof(PlacesLeft), nameof(Parts) })
                builder.Ignore(name);
            builder.Property(advice => advice.Currency).HasMaxLength(3);
            builder.Property(advice => advice.DecidedBy).HasMaxLength(100);
            builder.Property(advice => advice.UndoneBy).HasMaxLength(100);
            builder.Property(advice => advice.Reason).HasMaxLength(LongestReason);
            builder.Property(advice => advice.Version).IsConcurrencyToken();
            builder.HasIndex(advice => new { advice.Mode, advice.ServiceId, advice.SlotStart, advice.Day }).IsUnique();
            builder.HasIndex(advice => new { advice.Mode, advice.IsNewest, advice.SlotStart });
            builder.HasIndex(advice => new { advice.Mode, advice.State, advice.DecidedAt });
        }
    }
}
