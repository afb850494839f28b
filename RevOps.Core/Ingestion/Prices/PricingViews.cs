using RevOps.Core.Platform;
using RevOps.Core.Pricing.Advice;
using RevOps.Core.Pricing.Advising;
using RevOps.Core.Pricing.Settings;

namespace RevOps.Core.Ingestion.Prices;

/// <summary>A decision about a slot, as pages show it.</summary>
public sealed record AdviceRow(Guid Id, Guid ServiceId, string Code, string Name)
{
    public required DateTimeOffset SlotStart { get; init; }
    public required DateTimeOffset SlotEnd { get; init; }
    public required DateOnly Day { get; init; }
    public required Money Price { get; init; }

    /// <summary>Null where nothing is advised.</summary>
    public Money? Advised { get; init; }

    /// <summary>What learning would ask, while advice is only looked at; null otherwise.</summary>
    public Money? Learning { get; init; }

    public required Money Base { get; init; }
    public required AdviceOutcome Outcome { get; init; }
    public required int LeadDays { get; init; }
    public required int Capacity { get; init; }
    public required int Booked { get; init; }
    public double? UsualLoad { get; init; }
    public required IReadOnlyList<AdvicePart> Parts { get; init; }
    public required AdviceState State { get; init; }
    public required bool ByRule { get; init; }
    public required bool IsNewest { get; init; }
    public string? DecidedBy { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }
    public string? Reason { get; init; }
    public string? UndoneBy { get; init; }
    public DateTimeOffset? UndoneAt { get; init; }

    /// <summary>What the slot cost once it, or an earlier one, was undone.</summary>
    public Money? UndoneTo { get; init; }

    public bool HasBegun { get; init; }

    /// <summary>When a later price of the slot, which stands, was accepted; null: none.</summary>
    public DateTimeOffset? LaterAt { get; init; }

    /// <summary>It is the slot's price, and there is still somebody to ask another of.</summary>
    public bool CanUndo => State == AdviceState.Accepted && !HasBegun && LaterAt is null;

    /// <summary>True when the prices hold the tax.</summary>
    public bool TaxInclusive { get; init; }

    /// <summary>Where the price goes down: the lowest of the 30 days before, which has to be named beside it.</summary>
    public Money? LowestBefore { get; init; }

    public ShownAdvice Shown => new(Id, Advised?.Minor);

    public double Load => Capacity == 0 ? 1 : (double)Booked / Capacity;

    /// <summary>As a share of the price until then; null where nothing is advised.</summary>
    public double? Change => Advised is { } advised && Price.Minor > 0 ? ((double)advised.Minor / Price.Minor) - 1 : null;

    /// <summary>As a share of the service's list price: where the reasons lead.</summary>
    public double? OnBase => Advised is { } advised && Base.Minor > 0 ? ((double)advised.Minor / Base.Minor) - 1 : null;

    /// <summary>What is asked of buyers now.</summary>
    public Money Now => State switch
    {
        AdviceState.Accepted when Advised is { } advised => advised,
        _ => UndoneTo ?? Price,
    };

    internal static AdviceRow Of(SlotAdvice advice, string code, string name) => new(advice.Id, advice.ServiceId, code, name)
    {
        SlotStart = advice.SlotStart,
        SlotEnd = advice.SlotEnd,
        Day = advice.Day,
        Price = new(advice.PriceMinor, advice.Currency),
        Advised = advice.AdvisedMinor is { } minor ? new Money(minor, advice.Currency) : null,
        Learning = advice.LearningMinor is { } learning ? new Money(learning, advice.Currency) : null,
        Base = new(advice.BaseMinor, advice.Currency),
        TaxInclusive = advice.TaxInclusive,
        Outcome = advice.Outcome,
        LeadDays = advice.LeadDays,
        Capacity = advice.Capacity,
        // Of a slot that is over, as it ended.
        Booked = advice.FinalLoad is { } final ? (int)Math.Round(final * advice.Capacity) : advice.Booked,
        UsualLoad = advice.UsualLoad,
        Parts = advice.Parts,
        State = advice.State,
        ByRule = advice.ByRule,
        IsNewest = advice.IsNewest,
        DecidedBy = advice.DecidedBy,
        DecidedAt = advice.DecidedAt,
        Reason = advice.Reason,
        UndoneBy = advice.UndoneBy,
        UndoneAt = advice.UndoneAt,
        UndoneTo = advice.UndoneToMinor is { } back ? new Money(back, advice.Currency) : null,
    };
}

/// <summary>What stands in a list of decisions.</summary>
public enum AdviceShow
{
    /// <summary>All of the week.</summary>
    Week = 0,

    /// <summary>Of the next 90 days, what somebody has to answer.</summary>
    Awaiting = 1,

    /// <summary>All of the next 90 days.</summary>
    Ahead = 2,
}

public enum AdviceSort
{
    Slot = 0,
    Service = 1,
    Price = 2,
    Advised = 3,
    State = 4,
    Booked = 5,
    Decided = 6,
}

/// <param name="Week">Any of its days.</param>
/// <param name="Service">Code; null: all.</param>
public sealed record AdviceFilter(DateOnly Week, string? Service, AdviceShow Show, AdviceSort Sort, bool Descending, int Page);

/// <summary>A week's slots with their prices, and the list below.</summary>
public sealed record PricingView
{
    /// <summary>Monday, in the company's zone.</summary>
    public required DateOnly Week { get; init; }

    public required DateOnly Today { get; init; }

    /// <summary>When advice was made last; null: never.</summary>
    public required DateTimeOffset? MadeAt { get; init; }

    public required IReadOnlyList<PricedService> Services { get; init; }
    public required IReadOnlyList<AdviceRow> Slots { get; init; }
    /// <summary>The week's slots that nobody has advised, for want of settings or of a night since they came.</summary>
    public required IReadOnlyList<BareSlot> Bare { get; init; }

    public required IReadOnlyList<AdviceRow> Rows { get; init; }
    public required int Count { get; init; }
    public required int Number { get; init; }

    /// <summary>Of all services, in the next 90 days.</summary>
    public required int Awaiting { get; init; }

    /// <summary>In the list below, all of its pages.</summary>
    public required int AwaitingShown { get; init; }

    /// <summary>Places booked and places, of the week before, as they ended or stand.</summary>
    public required (int Booked, int Capacity) Before { get; init; }

    /// <summary>Somebody has told of places ahead.</summary>
    public required bool HasSlots { get; init; }

    public int Booked => Slots.Sum(slot => Math.Min(slot.Booked, slot.Capacity)) + Bare.Sum(slot => Math.Min(slot.Booked, slot.Capacity));

    public int Capacity => Slots.Sum(slot => slot.Capacity) + Bare.Sum(slot => slot.Capacity);
}

/// <summary>A slot without advice.</summary>
public sealed record BareSlot(string Code, string Name, DateTimeOffset SlotStart, int Capacity, int Booked)
{
    public double Load => Capacity == 0 ? 1 : (double)Booked / Capacity;
}

/// <summary>A service that has slots, or settings for them.</summary>
public sealed record PricedService(Guid? Id, string Code, string Name)
{
    /// <summary>Null: nobody set how its slots are priced.</summary>
    public required int? Version { get; init; }

    public required bool IsPaused { get; init; }
    public required DateOnly? ShadowUntil { get; init; }
    public required int SlotsAhead { get; init; }
    public required bool HasPrice { get; init; }

    /// <summary>The list price has gone to the other side of the tax since floor and ceiling were set: nothing is advised.</summary>
    public bool IsOtherTaxSide { get; init; }
}

/// <summary>One service's page.</summary>
public sealed record ServicePricing(Guid Id, string Code, string Name)
{
    public required string Currency { get; init; }
    public required DateOnly Today { get; init; }

    /// <summary>List price of today; null where the catalogue has none in the company's currency.</summary>
    public required Money? Base { get; init; }

    public required bool TaxInclusive { get; init; }

    /// <summary>First day of the list price.</summary>
    public required DateOnly? BaseSince { get; init; }

    /// <summary>The first day on which advice may be accepted; null: nobody set any.</summary>
    public required DateOnly? ShadowUntil { get; init; }

    /// <summary>The list price has gone to the other side of the tax since floor and ceiling were set: nothing is advised until they are set again.</summary>
    public bool IsOtherTaxSide => Base is not null && Setting is { } setting && setting.TaxInclusive != TaxInclusive;

    /// <summary>Advice starts from a price that nobody has changed for so long: once a month somebody asks whether it is still the right one.</summary>
    public bool IsBaseOld => BaseSince is { } since && Today.DayNumber - since.DayNumber > BaseReviewDays;

    private const int BaseReviewDays = 30;

    /// <summary>The newest first; none: nobody set any.</summary>
    public required IReadOnlyList<PricingSetting> Settings { get; init; }

    /// <summary>Null: no advice was made yet.</summary>
    public required ServiceFindings? Findings { get; init; }

    public required DateTimeOffset? MadeAt { get; init; }
    public required int SlotsAhead { get; init; }

    public PricingSetting? Setting => Settings.Count > 0 ? Settings[0] : null;
}
