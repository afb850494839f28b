using RevOps.Core.Pricing.Advice;
using RevOps.Core.Pricing.Yield;

namespace RevOps.Core.Pricing.Advising;

/// <summary>What a service's own slots say of how it sells. Pure.</summary>
public static class FindService
{
    // The programme's work grows with the square of the places.
    private const int MostPlacesExact = 200;
    private const int ShownLead = 60;

    // Requests of some days together: few enough for one price, and enough for a number.
    private static readonly (int From, int To)[] Leads = [(0, 0), (1, 1), (2, 3), (4, 6), (7, 9), (10, 13), (14, 20), (21, 29), (30, 44)];
    private const double LeastUsual = 0.01;

    /// <param name="of">The service's slots.</param>
    /// <param name="shadow">How its shadow advice came out.</param>
    public static ServiceFindings Of(ServiceSlots of, ShadowVerdict shadow)
    {
        var (past, sales) = (of.Past, of.SalesInMonth);
        var measured = sales < PriceAdvice.LeastSales ? null : Elasticity.Of(Priced(of));

        // Demand that rises with the price says that prices followed demand, and nothing of how buyers answer.
        var elasticity = measured is { Value: > 0 } ? measured : null;
        var capacity = past.Count == 0 ? of.Slots.Select(slot => slot.Capacity).FirstOrDefault() : (int)Math.Round(past.Average(slot => slot.Capacity));
        return new()
        {
            Currency = of.Currency,
            BaseMinor = of.BaseMinor,
            PastSlots = past.Count,
            SalesInMonth = sales,
            UsualLoad = past.Count == 0 ? [] : [.. Enumerable.Range(0, ShownLead + 1).Select(of.Curve.UsualLoad)],
            Lost = LostOf(past),
            Fares = FaresOf(of, past, capacity),
            Capacity = capacity,
            Elasticity = elasticity,
            Backtest = of.BaseMinor > 0 ? PriceBacktest.Of(past, of.Setting.RulesFrom(of.BaseMinor), elasticity) : null,
            Shadow = shadow,
        };
    }

    private static LostDemand LostOf(IReadOnlyList<PastSlot> past)
    {
        var hiding = past.Where(slot => slot.HidesDemand).ToList();
        double? hidden = 0;
        if (hiding.Count > 0)
        {
            var observed = past.Select(slot => new ObservedDemand(slot.Requests.Count, slot.HidesDemand)).ToList();
            hidden = Unconstraining.Poisson(observed)?.Each.Zip(observed, (each, seen) => each - seen.Sold).Sum();
        }

        return new(past.Sum(slot => slot.Requests.Count(request => request.Refused)), past.Count(slot => slot.Sold >= slot.Capacity), hidden);
    }

    /// <summary>Requests beside what was usual, slot by slot and lead by lead, with the price that was asked then.</summary>
    private static List<PricedDemand> Priced(ServiceSlots of)
    {
        var seen = new List<PricedDemand>();
        foreach (var (start, slot) in of.Over.Select(slot => slot.SlotStart).Zip(of.Past))
        {
            foreach (var (from, to) in Leads)
            {
                var requests = slot.Requests.Count(request => request.LeadDays >= from && request.LeadDays <= to);
                var usual = of.Curve.RemainingDemand(to) - (from == 0 ? 0 : of.Curve.RemainingDemand(from - 1));

                // What was asked as they began, and not what was paid: whoever stayed away paid nothing, and a price that these days moved follows them.
                var asked = of.PriceMinorAt(start, of.Owner.StartOf(slot.Day.AddDays(-to)));
                if (usual > LeastUsual && asked > 0)
                    seen.Add(new((double)asked / of.BaseMinor, requests, usual));
            }
        }

        return of.BaseMinor > 0 ? seen : [];
    }

    private static List<ProtectedFare> FaresOf(ServiceSlots of, IReadOnlyList<PastSlot> past, int capacity)
    {
        var (fares, slots) = (of.Setting.Fares, Math.Max(1, past.Count));
        if (fares.Count == 0)
            return [];
        var over = of.Slots.Where(slot => slot.SlotStart <= of.Now).SelectMany(slot => of.Sales[slot.SlotStart]).ToList();
        var classes = fares.Select(fare => new FareClass(fare.PriceMinor, new PoissonDemand(over.Where(sale => string.Equals(sale.FareClass, fare.Code, StringComparison.OrdinalIgnoreCase)).Sum(sale => sale.Places) / (double)slots))).ToList();
        var emsr = ProtectionLevels.EmsrB(classes);
        var exact = capacity is > 0 and <= MostPlacesExact ? NestedProgramme.Solve(classes, capacity).Levels : null;
        return [.. fares.Select((fare, at) => new ProtectedFare(fare.Code, fare.Name, fare.PriceMinor, classes[at].Demand.Mean, at < emsr.Length ? emsr[at] : null, at < emsr.Length ? exact?[at] : null))];
    }
}
