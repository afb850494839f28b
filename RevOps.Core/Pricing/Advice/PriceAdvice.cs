using RevOps.Core.Pricing.Yield;

namespace RevOps.Core.Pricing.Advice;

/// <summary>How far advice goes. Stored: append only.</summary>
public enum PriceAttitude
{
    Careful = 0,
    Advised = 1,
    Bold = 2,
}

/// <summary>What came out. Stored: append only.</summary>
public enum AdviceOutcome
{
    Advised = 0,

    /// <summary>Fewer than <see cref="PriceAdvice.LeastSales"/> sales in a month: nothing is advised, and no elasticity is made up.</summary>
    NotEnoughData = 1,

    /// <summary>No place left: what is booked is never repriced.</summary>
    SoldOut = 2,

    /// <summary>Somebody paused the service: nothing is advised until they lift it.</summary>
    Paused = 3,

    /// <summary>It would move by less than 1 % or one step: not worth a change.</summary>
    TooSmall = 4,

    /// <summary>The list price has come to hold the tax, or to hold it no more, since floor and ceiling were set: they say nothing of it.</summary>
    OtherTaxSide = 5,

    /// <summary>Fewer than <see cref="PriceAdvice.LeastPastSlots"/> slots are over: nobody knows what is usual.</summary>
    TooFewSlots = 6,

    /// <summary>It has no places at all.</summary>
    Closed = 7,
}

/// <summary>Why a price moves. Stored: append only.</summary>
public enum AdviceReason
{
    /// <summary>More is booked than usual at that lead time. Now: load, against: usual load, 0 to 1.</summary>
    LoadAhead = 0,

    /// <summary>Less is booked than usual. Now: load, against: usual load.</summary>
    LoadBehind = 1,

    /// <summary>More may ask than there is room. Now: places left, against: requests still expected.</summary>
    FewPlacesLeft = 2,

    /// <summary>The wish went further than one day may. Now: the price wished, against: the price until now, minor units.</summary>
    DailyChange = 3,

    /// <summary>Now: the price wished, against: the floor.</summary>
    Floor = 4,

    /// <summary>Now: the price wished, against: the ceiling.</summary>
    Ceiling = 5,

    /// <summary>To whole steps, towards the price until now. Now: the price before, against: the step.</summary>
    Rounding = 6,
}

/// <summary>What a person set for a service.</summary>
/// <param name="BaseMinor">The price that is right with room for all, minor units.</param>
/// <param name="FloorMinor">Never below.</param>
/// <param name="CeilingMinor">Never above.</param>
/// <param name="MostDailyChange">Basis points of the price until now. Floor and ceiling win over it.</param>
/// <param name="Attitude">How far to go.</param>
public sealed record PriceRules(long BaseMinor, long FloorMinor, long CeilingMinor, int MostDailyChange, PriceAttitude Attitude)
{
    /// <summary>Floors and ceilings of some slots, which go before the service's own; none by default.</summary>
    public IReadOnlyList<PriceBound> Bounds { get; init; } = [];

    /// <summary>Of one slot on one day: the most specific of its floors and ceilings holds; of two of a kind the first.</summary>
    /// <param name="day">Of the slot, in the company's zone.</param>
    /// <param name="leadDays">Days before it.</param>
    public PriceRules On(DateOnly day, int leadDays) => Bounds.Count > 0 && Bounds.Where(bound => bound.Holds(day, leadDays)).MinBy(bound => bound.Kind) is { } own
        ? this with { FloorMinor = own.FloorMinor, CeilingMinor = own.CeilingMinor }
        : this;
}

/// <summary>A slot as it stands. It holds nothing of any person: the same slot has the same price for everybody.</summary>
/// <param name="PriceMinor">Asked until now, minor units.</param>
/// <param name="Capacity">Places.</param>
/// <param name="Booked">Of them; they keep their price.</param>
/// <param name="UsualLoad">Share booked by the morning at that lead time, 0 to 1.</param>
/// <param name="RemainingDemand">Requests still expected at the base price.</param>
/// <param name="SalesInMonth">Of the service, in the 30 days before: sales, however many places each took.</param>
public sealed record SlotState(long PriceMinor, int Capacity, int Booked, double UsualLoad, double RemainingDemand, int SalesInMonth)
{
    /// <summary>Places booked before the day of the advice: what the usual load, which is a morning's, is compared with. Null: the same as booked.</summary>
    public int? BookedByMorning { get; init; }
}

/// <param name="Reason">Why.</param>
/// <param name="Now">Of the reason.</param>
/// <param name="Against">What it is compared with.</param>
/// <param name="ChangeMinor">By how much it moved the price.</param>
public sealed record AdvicePart(AdviceReason Reason, double Now, double Against, long ChangeMinor);

/// <param name="Outcome">Whether there is advice.</param>
/// <param name="AdvisedMinor">For the places that are left; null without advice.</param>
/// <param name="Why">Changes that lead from the base price to the advised one and add up to the difference, to the minor unit.</param>
public sealed record PriceAdvice(AdviceOutcome Outcome, long? AdvisedMinor, IReadOnlyList<AdvicePart> Why)
{
    public const int LeastSales = 30;

    // A slot that is 21 points ahead of its usual load costs some 8 % more.
    private const double PerLoad = 0.4;

    // Fewer slots tell nothing of what is usual.
    public const int LeastPastSlots = 8;

    /// <summary>
    /// Scarcity by the closed form of Gallego and van Ryzin (1994), the base price taken as the best one with room for all: nothing is assumed of how buyers
    /// answer elsewhere. A slot ahead of its usual load and one short of places are two sights of one thing, so the greater counts; a slot behind is lowered.
    /// </summary>
    /// <exception cref="ArgumentException">Rules or state that contradict themselves.</exception>
    public static PriceAdvice Of(PriceRules rules, SlotState slot) => Of(rules, slot, tells: true);

    /// <param name="rules">Of the service.</param>
    /// <param name="slot">As it stands.</param>
    /// <param name="tells">Why as well: a replay asks for millions of prices, and for none of their reasons.</param>
    internal static PriceAdvice Of(PriceRules rules, SlotState slot, bool tells)
    {
        Check(rules, slot);
        if (slot.Booked >= slot.Capacity)
            return new(AdviceOutcome.SoldOut, null, []);
        if (slot.SalesInMonth < LeastSales)
            return new(AdviceOutcome.NotEnoughData, null, []);

        var (left, load) = (slot.Capacity - slot.Booked, LoadOf(slot));
        var (byLoad, byPlaces) = (PerLoad * (load - slot.UsualLoad), GallegoVanRyzin.Scarcity(left, slot.RemainingDemand));
        var path = new PricePath(rules.BaseMinor, tells);
        if (byLoad < 0 || byLoad > byPlaces)
            path.Move(byLoad < 0 ? AdviceReason.LoadBehind : AdviceReason.LoadAhead, load, slot.UsualLoad, byLoad * Far(rules.Attitude));
        if (byLoad < 0 || byPlaces >= byLoad)
            path.Move(AdviceReason.FewPlacesLeft, left, slot.RemainingDemand, byPlaces * Far(rules.Attitude));
        return Kept(AdviceOutcome.Advised, path, rules, slot);
    }

    /// <summary>
    /// Where sales are too few to learn from: the load beside what is usual at that lead time, half as far as the attitude would go, and nothing of how many
    /// may still ask. The outcome says that data is short.
    /// </summary>
    /// <param name="rules">Of the service.</param>
    /// <param name="slot">As it stands.</param>
    /// <exception cref="ArgumentException">Rules or state that contradict themselves.</exception>
    public static PriceAdvice ByLoadAlone(PriceRules rules, SlotState slot)
    {
        Check(rules, slot);
        if (slot.Booked >= slot.Capacity)
            return new(AdviceOutcome.SoldOut, null, []);
        var (path, load) = (new PricePath(rules.BaseMinor, tells: true), LoadOf(slot));
        path.Move(load < slot.UsualLoad ? AdviceReason.LoadBehind : AdviceReason.LoadAhead, load, slot.UsualLoad, PerLoad * (load - slot.UsualLoad) * Far(rules.Attitude) / 2);
        return Kept(AdviceOutcome.NotEnoughData, path, rules, slot);
    }

    private static PriceAdvice Kept(AdviceOutcome outcome, PricePath path, PriceRules rules, SlotState slot)
    {
        path.Keep(AdviceReason.DailyChange, slot.PriceMinor, slot.PriceMinor - Most(slot, rules), slot.PriceMinor + Most(slot, rules));
        path.Keep(AdviceReason.Floor, rules.FloorMinor, rules.FloorMinor, long.MaxValue);
        path.Keep(AdviceReason.Ceiling, rules.CeilingMinor, 0, rules.CeilingMinor);
        return new(outcome, path.Minor, path.Parts);
    }

    private static double LoadOf(SlotState slot) => (double)(slot.BookedByMorning ?? slot.Booked) / slot.Capacity;

    // Rounded down: a change never goes beyond what was allowed. In two parts, which no price makes overflow.
    private static long Most(SlotState slot, PriceRules rules) => (slot.PriceMinor / 10_000 * rules.MostDailyChange) + (slot.PriceMinor % 10_000 * rules.MostDailyChange / 10_000);

    private static double Far(PriceAttitude attitude) => attitude switch
    {
        PriceAttitude.Careful => 0.5,
        PriceAttitude.Bold => 1.5,
        _ => 1,
    };

    private static void Check(PriceRules rules, SlotState slot)
    {
        if (rules.BaseMinor <= 0 || rules.FloorMinor < 0 || rules.FloorMinor > rules.CeilingMinor || rules.MostDailyChange is < 0 or > 10_000)
            throw new ArgumentException("Base above 0, floor from 0 to the ceiling, daily change from 0 to 10,000 basis points.", nameof(rules));
        if (slot.PriceMinor <= 0 || slot.Capacity < 0 || slot.Booked < 0 || slot.BookedByMorning < 0 || slot.UsualLoad is not >= 0 || !double.IsFinite(slot.UsualLoad) || slot.RemainingDemand is not >= 0 || !double.IsFinite(slot.RemainingDemand))
            throw new ArgumentException("Price above 0; capacity, bookings, usual load and demand 0 or more.", nameof(slot));
    }

    /// <summary>From the base price on, noting each step that moved it.</summary>
    private sealed class PricePath
    {
        private readonly long _from;
        private double _exact;

        private readonly List<AdvicePart>? _parts;

        public PricePath(long from, bool tells)
        {
            (_from, _exact, Minor, _parts) = (from, from, from, tells ? [] : null);
        }

        public long Minor { get; private set; }

        public IReadOnlyList<AdvicePart> Parts => _parts ?? [];

        public void Move(AdviceReason reason, double now, double against, double share)
        {
            _exact += _from * share;
            To(reason, now, against, (long)Math.Round(Math.Clamp(_exact, 0, long.MaxValue / 2), MidpointRounding.AwayFromZero));
        }

        public void Keep(AdviceReason reason, long against, long least, long most) => To(reason, Minor, against, Math.Clamp(Minor, least, most));

        private void To(AdviceReason reason, double now, double against, long minor)
        {
            if (minor != Minor)
                _parts?.Add(new(reason, now, against, minor - Minor));
            Minor = minor;
        }
    }
}
