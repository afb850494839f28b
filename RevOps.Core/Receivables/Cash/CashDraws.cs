using RevOps.Core.Pricing.Yield;

namespace RevOps.Core.Receivables.Cash;

/// <summary>What is yet to be invoiced in a week, and how far off that may be (a standard deviation); minor units, with the tax.</summary>
/// <param name="Shares">Which share of it comes in each week.</param>
public sealed record SalesToCome(double Mean, double Deviation, IReadOnlyList<double> Shares);

/// <summary>
/// How it may go, drawn many times: in each draw a client pays all that it owes early or late together, and sales run above or below what is
/// expected in all weeks together, since that is how it goes wrong. Lots are even (a Latin hypercube, McKay, Beckman and Conover 1979), so that the
/// mean of the draws is what is expected and not near it. The same facts give the same draws.
/// </summary>
public static class CashDraws
{
    public const int Count = 1_000;
    private const int Seed = 13;

    private static readonly double[] Normals = [.. Enumerable.Range(0, Count).Select(place => NormalLaw.Quantile(LotOf(place)))];

    /// <returns>Of each week what had come by its end, of every draw in ascending order; minor units.</returns>
    public static IReadOnlyList<double[]> Of(IReadOnlyList<CashSpread> spreads, IReadOnlyList<SalesToCome> sales)
    {
#pragma warning disable CA5394 // The same draws every time are what is asked for.
        var (random, order) = (new Random(Seed), Enumerable.Range(0, Count).ToArray());
        double[][] weeks = [.. Enumerable.Range(0, CashForecast.WeekCount).Select(_ => new double[Count])];
        foreach (var client in spreads.Where(spread => spread.Later < 1).GroupBy(spread => spread.Invoice.CustomerId).OrderBy(client => client.Key))
        {
            random.Shuffle(order);
            foreach (var spread in client)
                Add(weeks, spread, order);
        }

        random.Shuffle(order);
#pragma warning restore CA5394
        foreach (var sold in sales)
            Add(weeks, sold, order);
        for (var week = 1; week < weeks.Length; week++)
        {
            for (var draw = 0; draw < Count; draw++)
                weeks[week][draw] += weeks[week - 1][draw];
        }

        Array.ForEach(weeks, Array.Sort);
        return weeks;
    }

    /// <summary>The value below which a share of the draws lies.</summary>
    public static long At(double[] sorted, double share) => (long)Math.Round(sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))]);

    private static double LotOf(int place) => (place + 0.5) / Count;

    // Lots ascend, and so do the weeks that they fall into.
    private static void Add(double[][] weeks, CashSpread spread, int[] order)
    {
        var (week, reached) = (0, spread.Shares[0]);
        for (var place = 0; place < Count; place++)
        {
            while (LotOf(place) >= reached)
            {
                if (++week == weeks.Length)
                    return;
                reached += spread.Shares[week];
            }

            weeks[week][order[place]] += spread.Invoice.OpenMinor;
        }
    }

    private static void Add(double[][] weeks, SalesToCome sold, int[] order)
    {
        // Nobody invoices less than nothing: what is cut off below would raise the mean, so all are lowered until it is as before.
        double[] drawn = [.. Normals.Select(normal => Math.Max(0, sold.Mean + (normal * sold.Deviation)))];
        var mean = drawn.Average();
        for (var place = 0; mean > 0 && place < Count; place++)
        {
            for (var week = 0; week < weeks.Length; week++)
                weeks[week][order[place]] += drawn[place] * sold.Mean / mean * sold.Shares[week];
        }
    }
}
