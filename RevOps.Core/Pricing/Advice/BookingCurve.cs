using RevOps.Core.Pricing.Yield;

namespace RevOps.Core.Pricing.Advice;

/// <param name="LeadDays">Days before the slot's day, 0 or more.</param>
/// <param name="PriceMinor">What the slot cost then, more than 0: whoever had a price of their own paid another.</param>
/// <param name="Refused">Turned away for want of a place.</param>
public sealed record PastRequest(int LeadDays, long PriceMinor, bool Refused = false)
{
    /// <summary>Wanted at once. Who was turned away counts as one.</summary>
    public int Places { get; init; } = 1;

    /// <summary>List price in force then, more than 0.</summary>
    public long ListMinor { get; init; } = PriceMinor;

    /// <summary>Sold at another price than the slot's: a fare, a contract, a discount, a gift, another currency. It takes its places, whatever is advised.</summary>
    public bool IsApart { get; init; }
}

/// <summary>A slot that is over, with all that was asked of it.</summary>
/// <param name="Day">In the company's zone.</param>
/// <param name="Capacity">Places.</param>
/// <param name="Requests">Booked and refused, in any order.</param>
public sealed record PastSlot(DateOnly Day, int Capacity, IReadOnlyList<PastRequest> Requests)
{
    /// <summary>Places.</summary>
    public int Sold => Requests.Where(request => !request.Refused).Sum(request => request.Places);

    /// <summary>However many places each took.</summary>
    public int Sales => Requests.Count(request => !request.Refused);

    /// <summary>Places, refused ones included.</summary>
    public int Asked => Requests.Sum(request => request.Places);

    /// <summary>Share sold in the end, 0 to 1.</summary>
    public double FinalLoad => Math.Min(1, (double)Sold / Capacity);

    /// <summary>It sold out and nobody counted who was turned away: demand was that or more.</summary>
    public bool HidesDemand => Sold >= Capacity && !Requests.Any(request => request.Refused);

    /// <summary>Days before at which the last place went and from which on demand is hidden; null: all that was asked is known.</summary>
    public int? HiddenFrom => HidesDemand ? SoldOutOn : null;

    /// <summary>Days before at which the last place went; null: some were left.</summary>
    public int? SoldOutOn
    {
        get
        {
            var sold = 0;
            return Requests.Where(request => !request.Refused).OrderByDescending(request => request.LeadDays).FirstOrDefault(request => (sold += request.Places) >= Capacity)?.LeadDays;
        }
    }
}

/// <summary>How a service's slots fill: by lead time, the usual load and the demand still to come, sold-out slots unconstrained.</summary>
public sealed class BookingCurve
{
    private readonly double[] _load, _remaining;

    private BookingCurve(double[] load, double[] remaining, double finalLoad)
    {
        (_load, _remaining, FinalLoad) = (load, remaining, finalLoad);
    }

    /// <summary>Mean share booked in the end, the slot's own day included, 0 to 1.</summary>
    public double FinalLoad { get; }

    /// <param name="slots">Of one service, with places. None: nothing is usual.</param>
    /// <param name="mostLead">Days before; what comes earlier counts as that.</param>
    public static BookingCurve Of(IReadOnlyCollection<PastSlot> slots, int mostLead = 120)
    {
        var (load, asked, remaining, known) = (new double[mostLead + 1], new double[mostLead + 1], new double[mostLead + 1], slots.Where(slot => slot.Capacity > 0).ToList());
        var hiding = new List<int[]>();
        foreach (var slot in known)
        {
            var (sold, all, hides) = (ByLead(slot, mostLead, sold: true), ByLead(slot, mostLead, sold: false), slot.HidesDemand);
            if (hides)
                hiding.Add(all);
            for (var lead = 0; lead <= mostLead; lead++)
            {
                load[lead] += Math.Min(1, (sold[mostLead] - sold[lead]) / (double)slot.Capacity) / known.Count;
                asked[lead] += hides ? 0 : all[lead];
            }
        }

        // Where all sold out, what was sold is the least that was asked.
        for (var lead = 0; lead <= mostLead && known.Count > 0; lead++)
            remaining[lead] = Unconstraining.PoissonMean(asked[lead], known.Count - hiding.Count, hiding.ConvertAll(all => (double)all[lead])) ?? hiding.Average(all => all[lead]);
        return new(load, remaining, known.Count == 0 ? 0 : known.Average(slot => slot.FinalLoad));
    }

    /// <summary>Share booked on the morning of that day, 0 to 1.</summary>
    public double UsualLoad(int leadDays) => _load[Math.Clamp(leadDays, 0, _load.Length - 1)];

    /// <summary>Requests from that day on until the slot.</summary>
    public double RemainingDemand(int leadDays) => _remaining[Math.Clamp(leadDays, 0, _remaining.Length - 1)];

    /// <summary>How many places at that lead time or later.</summary>
    private static int[] ByLead(PastSlot slot, int mostLead, bool sold)
    {
        var counts = new int[mostLead + 1];
        foreach (var request in slot.Requests.Where(request => !sold || !request.Refused))
            counts[Math.Clamp(request.LeadDays, 0, mostLead)] += request.Places;
        for (var lead = 1; lead <= mostLead; lead++)
            counts[lead] += counts[lead - 1];
        return counts;
    }
}
