using RevOps.Core.Catalogue;
using RevOps.Core.Platform;
using RevOps.Core.Pricing.Advice;
using RevOps.Core.Pricing.Settings;
using RevOps.Core.Pricing.Slots;

namespace RevOps.Core.Pricing.Advising;

/// <summary>Everything that is known of one service's slots, in one mode: loaded once, then decided from without a database.</summary>
public sealed record ServiceSlots(Service Service, PricingSetting Setting, PriceList Prices, CompanyVersion Owner, DateTimeOffset Now)
{
    // Older slots tell of another time, and whoever came earlier than this comes as early as this.
    public const int PastDays = 730;
    public const int AheadDays = 90;

    public const int Month = 30;

    // Worked out once: every slot asks for them.
    private IReadOnlyList<PastSlot>? past;
    private WeekCurves? curves;
    private int? sales;
    private SlotLearning? learning;
    private (bool IsRead, CataloguePrice? Price) listed;

    public required IReadOnlyList<SlotAvailability> Slots { get; init; }
    public required ILookup<DateTimeOffset, SlotSale> Sales { get; init; }
    public required ILookup<DateTimeOffset, SlotRefusal> Refusals { get; init; }

    /// <summary>Of the company's country, in basis points: the tax of a service that names none.</summary>
    public required int StandardRate { get; init; }

    public DateOnly Today => Owner.DayOf(Now);

    public string Currency => Setting.Currency;

    /// <summary>The service's price of today; null where the catalogue has none in the setting's currency.</summary>
    public CataloguePrice? Base => (listed = listed.IsRead ? listed : (true, Prices.Of(Service.Code, Currency, Today))).Price;

    public long BaseMinor => MinorOf(Base);

    /// <summary>The service's price on the slot's day, which is what an invoice asks; null where the catalogue has none in the setting's currency.</summary>
    public CataloguePrice? BaseOf(DateTimeOffset start) => Prices.Of(Service.Code, Currency, Owner.DayOf(start));

    public long BaseMinorOf(DateTimeOffset start) => MinorOf(BaseOf(start));

    public IEnumerable<SlotAvailability> Ahead => Slots.Where(slot => slot.SlotStart > Now);

    /// <summary>Those that are over and had places, in the order of <see cref="Past"/>.</summary>
    public IEnumerable<SlotAvailability> Over => Slots.Where(slot => slot.SlotStart <= Now && slot.Capacity > 0);

    public IReadOnlyList<PastSlot> Past => past ??= [.. Over.Select(PastOf)];

    private WeekCurves Curves => curves ??= new(Past);

    /// <summary>Of all slots.</summary>
    public BookingCurve Curve => Curves.All;

    /// <summary>However many places each took.</summary>
    public int SalesInMonth => sales ??= Sales.SelectMany(slot => slot).Count(sale => sale.BookedAt > Now.AddDays(-Month));

    /// <summary>Of the slot's price since the day began: it has had its change of the day.</summary>
    public bool HasMoved(DateTimeOffset start) => PriceMinorAt(start, Owner.StartOf(Today)) != PriceMinorOf(start);

    /// <summary>First day on which a price was advised in this mode; null: none was yet.</summary>
    public DateOnly? FirstAdvised { get; init; }

    public required Mode Mode { get; init; }

    public bool IsShadow => Today < PricingSetting.ShadowEnd(FirstAdvised, Today);

    /// <summary>Of a slot right now.</summary>
    public long PriceMinorOf(DateTimeOffset start) => PriceMinorAt(start, Now);

    public long PriceMinorAt(DateTimeOffset start, DateTimeOffset at) => MinorAt(start, new(start, at));

    /// <param name="start">Of the slot, on whose day the list price counts.</param>
    /// <param name="slot">Null: as if it had no price of its own.</param>
    private long MinorAt(DateTimeOffset start, BookedSlot? slot) => Prices.Of(Service.Code, Currency, Owner.DayOf(start), slot) is { } price ? MinorOf(price) : BaseMinor;

    public int BookedOf(DateTimeOffset start) => Sales[start].Sum(sale => sale.Places);

    public int LeadOf(DateTimeOffset start) => Math.Max(0, Owner.DayOf(start).DayNumber - Today.DayNumber);

    /// <summary>How slots of the same weekday fill.</summary>
    public BookingCurve CurveOf(DateTimeOffset start) => Curves.On(Owner.DayOf(start).DayOfWeek);

    public SlotState StateOf(SlotAvailability slot)
    {
        var (lead, curve, morning) = (LeadOf(slot.SlotStart), CurveOf(slot.SlotStart), Owner.StartOf(Today));
        return new(PriceMinorOf(slot.SlotStart), slot.Capacity, BookedOf(slot.SlotStart), curve.UsualLoad(lead), curve.RemainingDemand(lead), SalesInMonth)
        {
            BookedByMorning = Sales[slot.SlotStart].Where(sale => sale.BookedAt < morning).Sum(sale => sale.Places),
        };
    }

    /// <summary>That hold for a slot today.</summary>
    public PriceRules RulesOf(DateTimeOffset start) => Setting.RulesFrom(BaseMinorOf(start)).On(Owner.DayOf(start), LeadOf(start));

    /// <summary>What the past says of each price between floor and ceiling.</summary>
    public SlotLearning Learning => learning ??= SlotLearning.Of(this);

    public DecisionTerms Terms => new(Setting.StepMinor, Setting.IsPaused, IsShadow, Setting.ApprovalAbove, Setting.AcceptsByRule);

    /// <summary>On the side of the tax that floor and ceiling are on; 0 without a price.</summary>
    private long MinorOf(CataloguePrice? price) => price is null ? 0 : Money.Round(price.On(Setting.TaxInclusive, Service.TaxRateBasisPoints ?? StandardRate), Currency).Minor;

    private PastSlot PastOf(SlotAvailability slot)
    {
        var day = Owner.DayOf(slot.SlotStart);
        PastRequest At(DateTimeOffset at) => new(Math.Max(0, day.DayNumber - Owner.DayOf(at).DayNumber), Math.Max(1, PriceMinorAt(slot.SlotStart, at))) { ListMinor = Math.Max(1, MinorAt(slot.SlotStart, null)) };
        var sold = Sales[slot.SlotStart].Select(sale => (Sale: sale, Asked: At(sale.BookedAt))).Select(one => one.Asked with { Places = one.Sale.Places, IsApart = IsApart(one.Sale, one.Asked.PriceMinor) });
        var refused = Refusals[slot.SlotStart].SelectMany(refusal => Enumerable.Repeat(At(refusal.OccurredAt) with { Refused = true }, refusal.Requests));
        return new(day, slot.Capacity, [.. sold, .. refused]);
    }

    /// <summary>Paid another price than was asked, on the setting's side of the tax; one minor unit is what rounding the tax leaves.</summary>
    private bool IsApart(SlotSale sale, long askedMinor)
    {
        if (sale.Currency != Currency)
            return true;
        var paid = new CataloguePrice(new Money(sale.PriceMinor, Currency).Amount, sale.TaxInclusive, false).On(Setting.TaxInclusive, sale.TaxRateBasisPoints);
        return Math.Abs(Money.Round(paid, Currency).Minor - askedMinor) > 1;
    }
}
