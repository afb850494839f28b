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

    private const int Month = 30;

    // Worked out once: every slot asks for them.
    private IReadOnlyList<PastSlot>? past;
    private BookingCurve? curve;
    private int? sales;

    public required IReadOnlyList<SlotAvailability> Slots { get; init; }
    public required ILookup<DateTimeOffset, SlotSale> Sales { get; init; }
    public required ILookup<DateTimeOffset, SlotRefusal> Refusals { get; init; }

    /// <summary>Of the company's country, in basis points: the tax of a service that names none.</summary>
    public required int StandardRate { get; init; }

    public DateOnly Today => Owner.DayOf(Now);

    public string Currency => Setting.Currency;

    /// <summary>The service's price of today; null where the catalogue has none in the setting's currency.</summary>
    public CataloguePrice? Base => Prices.Of(Service.Code, Currency, Today);

    public long BaseMinor => MinorOf(Base);

    /// <summary>The service's price on the slot's day, which is what an invoice asks; null where the catalogue has none in the setting's currency.</summary>
    public CataloguePrice? BaseOf(DateTimeOffset start) => Prices.Of(Service.Code, Currency, Owner.DayOf(start));

    public long BaseMinorOf(DateTimeOffset start) => MinorOf(BaseOf(start));

    public IEnumerable<SlotAvailability> Ahead => Slots.Where(slot => slot.SlotStart > Now);

    /// <summary>Those that are over and had places, in the order of <see cref="Past"/>.</summary>
    public IEnumerable<SlotAvailability> Over => Slots.Where(slot => slot.SlotStart <= Now && slot.Capacity > 0);

    public IReadOnlyList<PastSlot> Past => past ??= [.. Over.Select(PastOf)];

    public BookingCurve Curve => curve ??= BookingCurve.Of(Past);

    public int SalesInMonth => sales ??= Sales.SelectMany(slot => slot).Where(sale => sale.BookedAt > Now.AddDays(-Month)).Sum(sale => sale.Places);

    /// <summary>Of the slot's price since the day began: it has had its change of the day.</summary>
    public bool HasMoved(DateTimeOffset start) => PriceMinorAt(start, Owner.StartOf(Today)) != PriceMinorOf(start);

    /// <summary>First day on which this service was advised in this mode; null: today is.</summary>
    public DateOnly? FirstAdvised { get; init; }

    public required Mode Mode { get; init; }

    public bool IsShadow => Today < Setting.ShadowEnd(Mode, FirstAdvised, Today);

    /// <summary>Of a slot right now.</summary>
    public long PriceMinorOf(DateTimeOffset start) => PriceMinorAt(start, Now);

    public long PriceMinorAt(DateTimeOffset start, DateTimeOffset at) => Prices.Of(Service.Code, Currency, Owner.DayOf(start), new(start, at)) is { } price ? MinorOf(price) : BaseMinor;

    public int BookedOf(DateTimeOffset start) => Sales[start].Sum(sale => sale.Places);

    public int LeadOf(DateTimeOffset start) => Math.Max(0, Owner.DayOf(start).DayNumber - Today.DayNumber);

    public SlotState StateOf(SlotAvailability slot)
    {
        var lead = LeadOf(slot.SlotStart);
        return new(PriceMinorOf(slot.SlotStart), slot.Capacity, BookedOf(slot.SlotStart), Curve.UsualLoad(lead), Curve.RemainingDemand(lead), SalesInMonth);
    }

    public DecisionTerms Terms => new(Setting.StepMinor, Setting.IsPaused, IsShadow, Setting.ApprovalAbove, Setting.AcceptsByRule);

    /// <summary>On the side of the tax that floor and ceiling are on; 0 without a price.</summary>
    private long MinorOf(CataloguePrice? price) => price is null ? 0 : Money.Round(price.On(Setting.TaxInclusive, Service.TaxRateBasisPoints ?? StandardRate), Currency).Minor;

    private PastSlot PastOf(SlotAvailability slot)
    {
        var day = Owner.DayOf(slot.SlotStart);
        int Lead(DateTimeOffset at) => Math.Max(0, day.DayNumber - Owner.DayOf(at).DayNumber);
        var sold = Sales[slot.SlotStart].SelectMany(sale => Enumerable.Repeat(new PastRequest(Lead(sale.BookedAt), PriceOf(sale)), sale.Places));
        var refused = Refusals[slot.SlotStart].SelectMany(refusal => Enumerable.Repeat(new PastRequest(Lead(refusal.OccurredAt), PriceMinorAt(slot.SlotStart, refusal.OccurredAt), Refused: true), refusal.Requests));
        return new(day, slot.Capacity, [.. sold, .. refused]);
    }

    /// <summary>On the setting's side of the tax. What was given away or sold in another currency counts at the base price.</summary>
    private long PriceOf(SlotSale sale)
    {
        if (sale.PriceMinor <= 0 || sale.Currency != Currency)
            return Math.Max(1, BaseMinor);
        var amount = new CataloguePrice(new Money(sale.PriceMinor, Currency).Amount, sale.TaxInclusive, false).On(Setting.TaxInclusive, sale.TaxRateBasisPoints);
        return Math.Max(1, Money.Round(amount, Currency).Minor);
    }
}
