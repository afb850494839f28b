using System.Diagnostics;
using System.Globalization;
using RevOps.Core.Catalogue;
using RevOps.Core.Platform;
using RevOps.Core.Pricing.Advice;
using RevOps.Core.Pricing.Advising;
using RevOps.Core.Pricing.Settings;
using RevOps.Core.Pricing.Slots;

namespace RevOps.Bench;

/// <summary>
/// All that a night thinks out between its reads and its writes, past the first two weeks of looking: ten services with two hundred slots a week, sold for a year at prices that moved three times
/// a slot, decided for 90 days and studied, elasticity, back-test and protection levels included.
/// </summary>
internal static class PricingThinking
{
    private const int Services = 10, PerDay = 4, Weeks = 52, Ahead = 90, Capacity = 12;
    private const double Elasticity = 1.6;
    private static readonly DateTimeOffset Now = new(2026, 5, 4, 4, 0, 0, TimeSpan.Zero);

    /// <param name="mostSeconds">Of processor.</param>
    public static bool Run(double mostSeconds)
    {
        Think(Service(0));
        var services = Enumerable.Range(1, Services).Select(Service).ToList();
        var begun = Process.GetCurrentProcess().TotalProcessorTime;
        var thought = services.ConvertAll(Think);
        var seconds = (Process.GetCurrentProcess().TotalProcessorTime - begun).TotalSeconds;
        Console.WriteLine($"{thought.Sum(one => one.Slots)} slots ({Ahead} days of {Services * PerDay * 5} a week) decided and {Services} services studied over {services.Sum(service => service.Past.Count)} past slots, {thought.Count(one => one.Found.Backtest is not null)} back-tested: {seconds:F2} s of processor (bound {mostSeconds:F0})");
        return seconds <= mostSeconds && thought.TrueForAll(one => one.Found.Backtest is not null);
    }

    private static (int Slots, ServiceFindings Found) Think(ServiceSlots service)
    {
        var decided = service.Ahead.Select(slot => PriceDecision.Of(service.RulesOf(slot.SlotStart), service.Terms, service.StateOf(slot), service.Past.Count)).ToList();
        return (decided.Count, FindService.Of(service, new(0, 0, 0, 0)));
    }

    private static ServiceSlots Service(int seed)
    {
        var (random, id, slots, sales) = (new Random(seed), Guid.CreateVersion7(), new List<SlotAvailability>(), new List<SlotSale>());
        var prices = new List<PriceVersion> { Price(id, null, "100", default) };
        for (var day = -7 * Weeks; day < Ahead; day++)
        {
            for (var hour = 0; hour < PerDay && Now.AddDays(day).DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday); hour++)
            {
                var start = Now.AddDays(day).AddHours(4 + (2 * hour));
                slots.Add(new() { Id = Guid.CreateVersion7(), ServiceCode = "SLOTS", SlotStart = start, SlotEnd = start.AddHours(2), Capacity = Capacity, OccurredAt = Now });
                Sell(start);
            }
        }

        CompanyVersion owner = new() { Id = Guid.Empty, ValidFrom = default, FromSettings = false, LegalName = "Agency", Country = "FR", Currency = "EUR", TimeZone = "Europe/Paris" };
        var service = new Service { Id = id, Code = "SLOTS", Name = "Service with slots", RecordedAt = Now };
        return new(service, Setting(id), new([service], prices), owner, Now)
        {
            Mode = Mode.Live, StandardRate = 2_000, FirstAdvised = DateOnly.FromDateTime(Now.Date.AddYears(-1)), Slots = slots, Sales = sales.ToLookup(sale => sale.SlotStart), Refusals = Array.Empty<SlotRefusal>().ToLookup(refusal => refusal.SlotStart),
        };

        void Sell(DateTimeOffset start)
        {
            var moves = new[] { 25, 12, 4 }.Select(lead => (At: start.AddDays(-lead), Euros: random.Next(85, 125))).Where(move => move.At <= Now).ToList();
            prices.AddRange(moves.Select(move => Price(id, start, move.Euros.ToString(CultureInfo.InvariantCulture), move.At)));
            var left = Capacity;
            foreach (var lead in Enumerable.Range(0, (int)(Capacity * (0.4 + (0.75 * random.NextDouble())))).Select(_ => -20 * Math.Log(1 - random.NextDouble())).OrderDescending())
            {
                var at = start.AddDays(-lead);
                var euros = moves.Where(move => move.At <= at).Select(move => move.Euros).DefaultIfEmpty(100).Last();
                if (at > Now || left == 0 || random.NextDouble() > 0.8 * Math.Pow(euros / 100.0, -Elasticity))
                    continue;
                left--;
                sales.Add(new() { Id = Guid.CreateVersion7(), BookingId = Guid.CreateVersion7(), ServiceCode = "SLOTS", SlotStart = start, Places = 1, PriceMinor = euros * 100L, Currency = "EUR", TaxInclusive = false, TaxRateBasisPoints = 2_000, FareClass = left % 3 == 0 ? "member" : null, BookedAt = at, Mode = Mode.Live });
            }
        }
    }

    private static PriceVersion Price(Guid service, DateTimeOffset? slot, string amount, DateTimeOffset at) =>
        new() { Id = Guid.CreateVersion7(), ServiceId = service, SlotStart = slot, Currency = "EUR", UnitAmount = amount, ValidFrom = DateOnly.FromDateTime(at.UtcDateTime), BeganAt = slot is null ? null : at, UserId = service, RecordedAt = at };

    private static PricingSetting Setting(Guid service) => new()
    {
        Id = Guid.CreateVersion7(), ServiceId = service, Number = 1, At = Now.AddYears(-1), UserId = service, Currency = "EUR", FloorMinor = 7_000, CeilingMinor = 15_000, StepMinor = 100, MostDailyChange = 1_000, Attitude = PriceAttitude.Advised,
        ApprovalAbove = 300, AcceptsByRule = false, IsPaused = false, FareList = """[{"Code":"full","Name":"Full","PriceMinor":10000},{"Code":"member","Name":"Members","PriceMinor":9000}]""",
    };
}
