using RevOps.Core.Pricing.Advice;
using RevOps.Core.Pricing.Settings;
using RevOps.Core.Pricing.Slots;
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
            Fares = FaresOf(of, capacity),
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
            var observed = past.Select(slot => new ObservedDemand(slot.Asked, slot.HidesDemand)).ToList();
            hidden = Unconstraining.Poisson(observed)?.Each.Zip(observed, (each, seen) => each - seen.Sold).Sum();
        }

        return new(past.Sum(slot => slot.Requests.Count(request => request.Refused)), past.Count(slot => slot.Sold >= slot.Capacity), hidden);
    }

    /// <summary>
    /// Requests at the slot's own price beside the places that are usual, slot by slot and lead by lead, with the price that was asked then. A request is one
    /// decision, however many places: what share of the usual places it is, the regression finds itself.
    /// </summary>
    private static List<PricedDemand> Priced(ServiceSlots of)
    {
        var seen = new List<PricedDemand>();
        foreach (var (start, slot) in of.Over.Select(slot => slot.SlotStart).Zip(of.Past))
        {
            var (curve, hidden) = (of.CurveOf(start), slot.HiddenFrom);
            foreach (var (from, to) in Leads)
            {
                // Once the last place had gone, nobody counted who still came: that none did says nothing of the price.
                var until = Math.Max(from, hidden ?? 0);
                if (until > to)
                    continue;
                var requests = slot.Requests.Count(request => !request.IsApart && request.LeadDays >= until && request.LeadDays <= to);
                var usual = curve.RemainingDemand(to) - (until == 0 ? 0 : curve.RemainingDemand(until - 1));

                // What was asked as they began, and not what was paid: whoever stayed away paid nothing, and a price that these days moved follows them.
                var asked = of.PriceMinorAt(start, of.Owner.StartOf(slot.Day.AddDays(-to)));
                if (usual > LeastUsual && asked > 0)
                    seen.Add(new((double)asked / of.BaseMinor, requests, usual));
            }
        }

        return of.BaseMinor > 0 ? seen : [];
    }

    /// <summary>Demand still to come at each lead, sold-out slots unconstrained fare by fare, and what it is worth to keep places for.</summary>
    private static List<ProtectedFare> FaresOf(ServiceSlots of, int capacity)
    {
        var fares = of.Setting.Fares;
        if (fares.Count == 0)
            return [];
        var prices = PricesOf(of, fares);
        if (of.Past.Count == 0)
            return [.. fares.Select((fare, at) => new ProtectedFare(fare.Code, fare.Name, prices[at], 0, null, null) { KeptByLead = [] })];

        // Who was turned away said no fare, so a full slot hides demand of each; where all sold out, what was sold is the least that was asked.
        var sold = of.Over.Zip(of.Past, (slot, past) => (IsFull: past.Sold >= past.Capacity, Places: PlacesOf(of, past.Day, of.Sales[slot.SlotStart], fares))).ToLookup(slot => slot.IsFull, slot => slot.Places);
        var (open, full) = (sold[false].ToList(), sold[true].ToList());
        FareClass[] At(int lead) => [.. fares.Select((_, fare) => new FareClass(prices[fare], new PoissonDemand(
            Unconstraining.PoissonMean(open.Sum(places => places[fare, lead]), open.Count, full.ConvertAll(places => (double)places[fare, lead])) ?? full.Average(places => places[fare, lead]))))];
        double[] Levels(FareClass[] classes) => capacity is > 0 and <= MostPlacesExact ? [.. NestedProgramme.Solve(classes, capacity).Levels] : ProtectionLevels.EmsrB(classes);

        var all = At(ShownLead + 1);
        var (emsr, levels, byLead) = (ProtectionLevels.EmsrB(all), Levels(all), Enumerable.Range(0, ShownLead + 1).Select(lead => Levels(At(lead))).ToList());
        return [.. fares.Select((fare, at) => new ProtectedFare(fare.Code, fare.Name, prices[at], all[at].Demand.Mean, at < emsr.Length ? emsr[at] : null, at < emsr.Length && capacity is > 0 and <= MostPlacesExact ? levels[at] : null)
        {
            KeptByLead = at < emsr.Length ? byLead.ConvertAll(lead => (int)Math.Ceiling(lead[at])) : [],
        })];
    }

    /// <summary>The dearest fare is what slots ask, on average of those to come; no other is above it.</summary>
    private static List<long> PricesOf(ServiceSlots of, IReadOnlyList<Fare> fares)
    {
        var asked = of.Ahead.Select(slot => (double)of.PriceMinorOf(slot.SlotStart)).DefaultIfEmpty(of.BaseMinor).Average();
        var own = asked > 0 ? (long)Math.Round(asked) : fares[0].PriceMinor;
        return [.. fares.Select((fare, at) => at == 0 ? own : Math.Min(own, fare.PriceMinor))];
    }

    /// <summary>Sold by fare and days before, that day and later; one day more than is shown holds all. A sale that names no fare of the service was sold at the slot's price.</summary>
    private static int[,] PlacesOf(ServiceSlots of, DateOnly day, IEnumerable<SlotSale> sales, IReadOnlyList<Fare> fares)
    {
        var places = new int[fares.Count, ShownLead + 2];
        foreach (var sale in sales)
        {
            var fare = Math.Max(0, fares.ToList().FindIndex(one => string.Equals(one.Code, sale.FareClass, StringComparison.OrdinalIgnoreCase)));
            for (var lead = Math.Clamp(day.DayNumber - of.Owner.DayOf(sale.BookedAt).DayNumber, 0, ShownLead + 1); lead < ShownLead + 2; lead++)
                places[fare, lead] += sale.Places;
        }

        return places;
    }
}
