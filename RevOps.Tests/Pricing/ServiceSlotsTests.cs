using System.Text.Json;
using RevOps.Core.Catalogue;
using RevOps.Core.Platform;
using RevOps.Core.Pricing.Advice;
using RevOps.Core.Pricing.Advising;
using RevOps.Core.Pricing.Settings;
using RevOps.Core.Pricing.Slots;

namespace RevOps.Tests.Pricing;

/// <summary>What one service's slots, sales and prices come to, before anything is decided.</summary>
public sealed class ServiceSlotsTests
{
    private const int Capacity = 10;

    // A Monday afternoon.
    private static readonly DateTimeOffset Now = new(2026, 5, 4, 15, 0, 0, TimeSpan.Zero);
    private static readonly Guid Workshop = Guid.CreateVersion7();
    private static readonly ShadowVerdict Nothing = new(0, 0, 0, 0);

    [Fact]
    public void WhoPaidAPriceOfTheirOwn_IsApart_AndTheListPriceIsThatOfTheSlotsDay()
    {
        var slot = Slot(-9);
        var requests = Of([slot],
        [
            Sale(slot, 20, 80_00), Sale(slot, 2, 100_00), Sale(slot, 2, 120_00, inclusive: true), Sale(slot, 2, 90_00), Sale(slot, 2, 0), Sale(slot, 2, 100_00, currency: "USD"),
        ], [Price("80", "2026-01-01"), Price("100", "2026-04-20")]).Past.Single().Requests;
        Assert.Equal([(100_00L, 100_00L, true), (100_00, 100_00, false), (100_00, 100_00, false), (100_00, 100_00, true), (100_00, 100_00, true), (100_00, 100_00, true)], requests.Select(one => (one.PriceMinor, one.ListMinor, one.IsApart)));
    }

    [Fact]
    public void SalesAreCounted_HoweverManyPlacesEachTook()
    {
        var slot = Slot(-3, capacity: 40);
        var of = Of([slot], [Sale(slot, 5, 100_00, places: 30)]);
        Assert.Equal((1, 30, 1, 30), (of.SalesInMonth, of.Past.Single().Sold, of.Past.Single().Sales, of.Past.Single().Asked));
    }

    [Fact]
    public void Usually_IsOfTheSameWeekday_OnceEightAreOver()
    {
        var (tuesdays, mondays, sundays) = (Range(8, 6), Range(9, 7), Range(7, 8));
        var sales = tuesdays.SelectMany(slot => Sales(slot, 9)).Concat(mondays.SelectMany(slot => Sales(slot, 3))).Concat(sundays.SelectMany(slot => Sales(slot, 5)));
        var of = Of([.. tuesdays, .. mondays, .. sundays], [.. sales]);
        Assert.Equal((0.9, 0.3), (Math.Round(of.StateOf(Slot(1)).UsualLoad, 9), Math.Round(of.StateOf(Slot(7)).UsualLoad, 9)));
        Assert.Equal(of.Curve.UsualLoad(6), of.StateOf(Slot(6)).UsualLoad);
        Assert.Equal((0.9, 0.3), (Math.Round(of.CurveOf(Slot(1).SlotStart).FinalLoad, 9), Math.Round(of.CurveOf(Slot(7).SlotStart).FinalLoad, 9)));
        static List<SlotAvailability> Range(int count, int first) => [.. Enumerable.Range(0, count).Select(week => Slot(-first - (7 * week)))];
        static IEnumerable<SlotSale> Sales(SlotAvailability slot, int count) => Enumerable.Range(0, count).Select(_ => Sale(slot, 20, 100_00));
    }

    [Fact]
    public void TodaysSales_TakePlaces_AndWaitForTheMorningToCountAsLoad()
    {
        var slot = Slot(3);
        var state = Of([slot], [Sale(slot, 10, 100_00), Sale(slot, 3, 100_00, places: 5)]).StateOf(slot);
        Assert.Equal((6, 1), (state.Booked, state.BookedByMorning));
        var rules = new PriceRules(100_00, 80_00, 160_00, 2_000, PriceAttitude.Advised);
        Assert.Equal(100_00, PriceAdvice.Of(rules, state with { UsualLoad = 0.1, RemainingDemand = 0, SalesInMonth = 30 }).AdvisedMinor);
    }

    /// <summary>Busy slots cost more from twelve days ahead and are full at ten: nobody was put off, for nobody could have come.</summary>
    [Fact]
    public void DaysAfterASlotSoldOut_SayNothingOfThePrice()
    {
        var (calm, busy) = (Enumerable.Range(1, 20).Select(day => Slot(-2 * day)).ToList(), Enumerable.Range(1, 20).Select(day => Slot((-2 * day) - 1)).ToList());
        var sales = calm.SelectMany(slot => new[] { 18, 14, 10, 6, 2 }.Select(lead => Sale(slot, lead, 100_00))).Concat(busy.SelectMany(slot => Enumerable.Range(10, 10).Select(lead => Sale(slot, lead, lead < 12 ? 120_00 : 100_00))));
        var prices = busy.Select(slot => new PriceVersion { Id = Guid.CreateVersion7(), ServiceId = Workshop, SlotStart = slot.SlotStart, Currency = "EUR", UnitAmount = "120", ValidFrom = default, BeganAt = slot.SlotStart.AddDays(-12), UserId = Guid.Empty, RecordedAt = default });
        var of = Of([.. calm, .. busy], [.. sales], [Price("100", "2026-01-01"), .. prices]);
        Assert.True(of.SalesInMonth >= PriceAdvice.LeastSales);
        Assert.All(of.Past.Where(slot => slot.Sold == Capacity), slot => Assert.Equal(10, slot.HiddenFrom));
        Assert.Null(FindService.Of(of, Nothing).Elasticity);
    }

    [Fact]
    public void Fares_HoldDemandBeyondWhatWasSold_AtTheSlotsOwnPrice_AndLessIsKeptTowardsTheEnd()
    {
        // Every second slot sells out; whoever names no fare bought the dearest, and half of those come on the last two days.
        var slots = Enumerable.Range(1, 40).Select(day => Slot(-day)).ToList();
        var sales = slots.SelectMany((slot, at) => Enumerable.Range(0, at % 2 == 0 ? 6 : 4).Select(sale => Sale(slot, sale % 2 == 0 ? 12 : 1, 100_00)).Concat(Enumerable.Range(0, 4).Select(_ => Sale(slot, 15, 90_00, fare: "MEMBER"))));
        var ahead = Slot(5);
        var fares = FindService.Of(Of([.. slots, ahead], [.. sales], [Price("100", "2026-01-01"), Price("140", "2026-05-04")], [new("full", "Full", 100_00), new("member", "Members", 90_00)]), Nothing).Fares;
        Assert.Equal((140_00L, 90_00L), (fares[0].PriceMinor, fares[1].PriceMinor));
        Assert.True(fares[0].MeanDemand > 5, $"{fares[0].MeanDemand}");
        Assert.True(fares[0].KeptAt(1) < fares[0].KeptAt(30) && fares[0].KeptAt(30) == (int)fares[0].Exact!.Value, string.Join(' ', fares[0].KeptByLead));
        Assert.Null(fares[1].KeptAt(1));
    }

    [Fact]
    public void UntilASlotIsOver_NothingIsKnownToBeKept()
    {
        var fare = FindService.Of(Of([Slot(5)], [], fares: [new("full", "Full", 100_00), new("member", "Members", 90_00)]), Nothing).Fares[0];
        Assert.Equal((null, null, null), (fare.EmsrB, fare.Exact, fare.KeptAt(5)));
    }

    [Fact]
    public void ShadowAdvice_IsJudgedOncePerSlot_ByItsLastDay()
    {
        var (full, empty) = (Slot(-2).SlotStart, Slot(-1).SlotStart);
        ShadowOutcome On(DateTimeOffset slot, int day, bool isRaise, double load) => new(slot, new(2026, 4, day), isRaise, load);
        Assert.Equal(new(1, 1, 1, 1), ShadowVerdict.Of([On(full, 1, false, 0.6), On(full, 2, true, 0.6), On(empty, 2, true, 0.5), On(empty, 3, false, 0.5)], _ => 0.6));
    }

    /// <summary>What earns most in the past is what learning asks of most slots, the same slot on the same day the same.</summary>
    [Fact]
    public void Learning_AsksWhatSold_AndTheSameOfTheSameSlot()
    {
        var slots = Enumerable.Range(1, 60).Select(day => Slot(-day, capacity: 40)).ToList();
        var prices = slots.Index().Select(slot => new PriceVersion { Id = Guid.CreateVersion7(), ServiceId = Workshop, SlotStart = slot.Item.SlotStart, Currency = "EUR", UnitAmount = slot.Index % 2 == 0 ? "70" : "200", ValidFrom = default, BeganAt = slot.Item.SlotStart.AddDays(-30), UserId = Guid.Empty, RecordedAt = default });

        // At 70 € one buys each day, at 200 € one in the fortnight.
        var sales = slots.Index().SelectMany(slot => Enumerable.Range(0, slot.Index % 2 == 0 ? 14 : 1).Select(lead => Sale(slot.Item, lead, slot.Index % 2 == 0 ? 70_00 : 200_00)));
        var ahead = Enumerable.Range(1, 60).Select(day => Slot(day)).ToList();
        var of = Of([.. slots, .. ahead], [.. sales], [Price("100", "2026-01-01"), .. prices]);
        Assert.Equal([(70_00L, 420), (103_00, 0), (135_00, 0), (168_00, 0), (200_00, 420)], of.Learning.Seen.Select(one => (one.PriceMinor, one.Asked)));
        List<long?> Ask() => ahead.ConvertAll(slot => of.Learning.PriceOf(slot.SlotStart, 40, of.LeadOf(slot.SlotStart), of.RulesOf(slot.SlotStart)));
        var asked = Ask();
        Assert.Equal(asked, Ask());
        Assert.True(asked.Count(price => price < 200_00) > asked.Count(price => price == 200_00), string.Join(' ', asked));
        Assert.Null(of.Learning.PriceOf(ahead[0].SlotStart, 0, 1, of.RulesOf(ahead[0].SlotStart)));
        Assert.Equal(190_00, of.Learning.PriceOf(ahead[0].SlotStart, 40, 1, of.RulesOf(ahead[0].SlotStart) with { FloorMinor = 190_00, CeilingMinor = 190_00 }));
    }

    [Fact]
    public void FewerPlacesThanAreBooked_AreSoldOut_AndADayIsTheCompanys()
    {
        var (slot, late) = (Slot(3, capacity: 2), new SlotAvailability { Id = Guid.CreateVersion7(), ServiceCode = "WORKSHOP", SlotStart = new(2026, 5, 6, 23, 30, 0, TimeSpan.Zero), SlotEnd = new(2026, 5, 7, 1, 0, 0, TimeSpan.Zero), Capacity = Capacity, OccurredAt = default });
        var of = Of([slot, late], [Sale(slot, 10, 100_00, places: 3)]);
        var state = of.StateOf(slot);
        Assert.Equal((2, 3), (state.Capacity, state.Booked));
        Assert.Equal(AdviceOutcome.SoldOut, PriceDecision.Of(of.RulesOf(slot.SlotStart), of.Terms, state, of.Past.Count).Advice.Outcome);
        Assert.Equal((2, 3), (of.LeadOf(late.SlotStart), (of with { Owner = OwnerIn("Europe/Paris") }).LeadOf(late.SlotStart)));
    }

    private static ServiceSlots Of(IReadOnlyList<SlotAvailability> slots, IReadOnlyList<SlotSale> sales, IReadOnlyList<PriceVersion>? prices = null, params Fare[] fares)
    {
        var service = new Service { Id = Workshop, Code = "WORKSHOP", Name = "Workshop", RecordedAt = default };
        PricingSetting setting = new()
        {
            Id = Guid.CreateVersion7(), ServiceId = Workshop, Number = 1, At = default, UserId = Guid.Empty, Currency = "EUR", FloorMinor = 70_00, CeilingMinor = 200_00, StepMinor = 100, MostDailyChange = 2_000,
            Attitude = PriceAttitude.Advised, ApprovalAbove = 500, AcceptsByRule = false, IsPaused = false, FareList = JsonSerializer.Serialize(fares),
        };
        return new(service, setting, new([service], prices ?? [Price("100", "2026-01-01")]), OwnerIn("UTC"), Now)
        {
            Mode = Mode.Live, StandardRate = 2_000,
            Slots = [.. slots.OrderBy(slot => slot.SlotStart)],
            Sales = sales.ToLookup(sale => sale.SlotStart),
            Refusals = Array.Empty<SlotRefusal>().ToLookup(refusal => refusal.SlotStart),
        };
    }

    private static CompanyVersion OwnerIn(string zone) => new() { Id = Guid.Empty, ValidFrom = default, FromSettings = false, LegalName = "Agency", Country = "FR", Currency = "EUR", TimeZone = zone };

    private static PriceVersion Price(string amount, string from) => new() { Id = Guid.CreateVersion7(), ServiceId = Workshop, Currency = "EUR", UnitAmount = amount, ValidFrom = DateOnly.Parse(from, System.Globalization.CultureInfo.InvariantCulture), UserId = Guid.Empty, RecordedAt = default };

    /// <summary>At ten in the morning.</summary>
    private static SlotAvailability Slot(int days, int capacity = Capacity)
    {
        var start = new DateTimeOffset(Now.Date, TimeSpan.Zero).AddDays(days).AddHours(10);
        return new() { Id = Guid.CreateVersion7(), ServiceCode = "WORKSHOP", SlotStart = start, SlotEnd = start.AddHours(2), Capacity = capacity, OccurredAt = default };
    }

    private static SlotSale Sale(SlotAvailability slot, int lead, long price, int places = 1, string currency = "EUR", bool inclusive = false, string? fare = null) => new()
    {
        Id = Guid.CreateVersion7(), BookingId = Guid.CreateVersion7(), ServiceCode = "WORKSHOP", SlotStart = slot.SlotStart, Places = places, PriceMinor = price, Currency = currency, TaxInclusive = inclusive, TaxRateBasisPoints = 2_000,
        FareClass = fare, BookedAt = slot.SlotStart.AddDays(-lead).AddHours(2), Mode = Mode.Live,
    };
}
