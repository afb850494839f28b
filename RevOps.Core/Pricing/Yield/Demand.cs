namespace RevOps.Core.Pricing.Yield;

/// <summary>How many will ask for a place at one fare, before the slot begins: a law, not a number. Never negative: what a normal law puts below 0 counts as 0.</summary>
public abstract record Demand
{
    public abstract double Mean { get; }

    public abstract double Variance { get; }

    /// <summary>P(D > <paramref name="places"/>).</summary>
    public abstract double Above(double places);

    /// <summary>The least y ≥ 0 with P(D ≤ y) ≥ <paramref name="share"/>.</summary>
    public abstract double Quantile(double share);

    /// <summary>Chances of 0, 1, 2, … steps; the last holds all that is more.</summary>
    /// <param name="count">How many.</param>
    /// <param name="step">Places in a step: below 1, a continuous law is followed more closely.</param>
    /// <exception cref="ArgumentOutOfRangeException">Parts of a place, where demand comes in whole ones.</exception>
    public abstract double[] Chances(int count, double step = 1);

    /// <summary>Demand for any of them. Poisson laws add up to one; others are taken as normal, independent of one another.</summary>
    public static Demand Sum(IReadOnlyCollection<Demand> demands) => demands.All(demand => demand is PoissonDemand)
        ? new PoissonDemand(demands.Sum(demand => demand.Mean))
        : new NormalDemand(demands.Sum(demand => demand.Mean), Math.Sqrt(demands.Sum(demand => demand.Variance)));
}

/// <summary>Continuous; in whole places k stands for what lies between k − ½ and k + ½.</summary>
public sealed record NormalDemand : Demand
{
    /// <exception cref="ArgumentOutOfRangeException">Negative or not a number.</exception>
    public NormalDemand(double mean, double deviation)
    {
        (Mean, Deviation) = (Positive.OrZero(mean, nameof(mean)), Positive.OrZero(deviation, nameof(deviation)));
    }

    public override double Mean { get; }

    /// <summary>Standard deviation, in places.</summary>
    public double Deviation { get; }

    public override double Variance => Deviation * Deviation;

    public override double Above(double places) => places < 0 ? 1 : Deviation > 0 ? NormalLaw.Above((places - Mean) / Deviation) : places < Mean ? 1 : 0;

    public override double Quantile(double share) => share <= 0 ? 0 : Deviation > 0 ? Math.Max(0, Mean + (Deviation * NormalLaw.Quantile(share))) : Mean;

    public override double[] Chances(int count, double step = 1)
    {
        var (chances, above) = (new double[count], 1.0);
        for (var at = 0; at < count; at++)
        {
            var next = at == count - 1 ? 0 : Above((at + 0.5) * step);
            chances[at] = above - next;
            above = next;
        }

        return chances;
    }
}

/// <summary>Of many who each ask seldom and know nothing of one another.</summary>
public sealed record PoissonDemand : Demand
{
    private static readonly double[] LogFactorials = Factorials(1_000);

    /// <exception cref="ArgumentOutOfRangeException">Negative or not a number.</exception>
    public PoissonDemand(double mean)
    {
        Mean = Positive.OrZero(mean, nameof(mean));
    }

    public override double Mean { get; }

    public override double Variance => Mean;

    public override double Above(double places)
    {
        if (places < 0)
            return 1;
        var whole = Math.Floor(places);

        // The smaller side is summed, so that a small chance keeps its digits.
        var (sum, chance) = (0.0, Math.Exp(LogChance(whole)));
        if (whole < Mean)
        {
            for (var at = whole; at >= 0; at--, chance *= (at + 1) / Mean)
                sum += chance;
            return Math.Max(0, 1 - sum);
        }

        for (var at = whole + 1; ; at++)
        {
            chance *= Mean / at;
            sum += chance;
            if (chance <= sum * 1e-17)
                return sum;
        }
    }

    public override double Quantile(double share)
    {
        var (sum, log, most) = (0.0, -Mean, Mean + (40 * Math.Sqrt(Mean)) + 40);
        for (var at = 0; at < most; at++)
        {
            sum += Math.Exp(log);
            if (sum >= share)
                return at;
            log += Math.Log(Mean / (at + 1));
        }

        return Math.Ceiling(most);
    }

    public override double[] Chances(int count, double step = 1)
    {
        if (step != 1)
            throw new ArgumentOutOfRangeException(nameof(step), step, "Poisson demand comes in whole places.");
        var (chances, log, rest) = (new double[count], -Mean, 1.0);
        for (var at = 0; at < count - 1; at++)
        {
            chances[at] = Math.Exp(log);
            rest -= chances[at];
            log += Mean > 0 ? Math.Log(Mean / (at + 1)) : double.NegativeInfinity;
        }

        chances[count - 1] = Math.Max(0, rest);
        return chances;
    }

    /// <summary>P(D = <paramref name="places"/>); 0 of less than none.</summary>
    public double Chance(double places) => places < 0 ? 0 : Math.Exp(LogChance(Math.Floor(places)));

    private double LogChance(double places)
    {
        if (Mean == 0)
            return places == 0 ? 0 : double.NegativeInfinity;
        if (places < LogFactorials.Length)
            return (places * Math.Log(Mean)) - Mean - LogFactorials[(int)places];
        var log = -Mean;
        for (var at = 1; at <= places; at++)
            log += Math.Log(Mean / at);
        return log;
    }

    private static double[] Factorials(int count)
    {
        var logs = new double[count];
        for (var at = 2; at < count; at++)
            logs[at] = logs[at - 1] + Math.Log(at);
        return logs;
    }
}
