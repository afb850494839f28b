using RevOps.Core.Forecasting;

namespace RevOps.Core.Attribution.Models;

/// <summary>
/// How sure a model's shares are: the journeys of each distinct path are drawn again and again with their money, as many as a Poisson lot gives
/// (Poisson bootstrap), and the model is computed anew each time. The same counts and seed give the same intervals, on however many cores.
/// </summary>
/// <param name="Conversions">Share of conversions, by channel.</param>
/// <param name="Value">Share of value, by channel.</param>
public sealed record BootstrapCredit(AttributionModel Model, int Replicates, IReadOnlyList<ShareInterval> Conversions, IReadOnlyList<ShareInterval> Value)
{
    /// <summary>Of a Markov model, the removal effect by channel; null of others.</summary>
    public IReadOnlyList<ShareInterval>? Removal { get; init; }

    /// <param name="paths">With their counts.</param>
    /// <param name="model">Which is computed anew each time.</param>
    /// <param name="direct">Which channel is direct; -1 where none is.</param>
    /// <param name="replicates">How many times.</param>
    /// <param name="seed">Of the lots.</param>
    /// <param name="cores">How many to use at once; -1 for all.</param>
    /// <param name="credits">For a rule that asks for days: what its journeys credited; null: touches are a day apart.</param>
    /// <param name="money">What each sale was worth; null: all of a path were worth the same.</param>
    /// <param name="cancel">Ends the drawing.</param>
    public static BootstrapCredit Of(
        PathTable paths, AttributionModel model, int direct, int replicates = 1_000, int seed = 1, int cores = -1, PathCredit? credits = null, PathMoney? money = null, CancellationToken cancel = default)
    {
        var drawn = new ReplicaShares[replicates];
        var sales = money?.Lots() ?? PathMoney.Even(paths);
        var codes = new WindowCounts(paths.Channels, Math.Max(1, model.Order)).CodesOf(paths);
        Parallel.For(0, replicates, new ParallelOptions { CancellationToken = cancel, MaxDegreeOfParallelism = cores }, () => new Replica(paths, codes, sales, model, direct, credits), (at, _, replica) =>
        {
            drawn[at] = replica.Draw(seed, at);
            return replica;
        }, _ => { });

        var shares = new Replica(paths, codes, sales, model, direct, credits).Plain();
        var holding = PlaceCounts.Of(paths, direct).Credit(AttributionModel.Influenced).Conversions;
        IReadOnlyList<ShareInterval> Intervals(double[] share, Func<ReplicaShares, double[]> of) =>
            [.. Enumerable.Range(0, paths.Channels).Select(channel => ShareInterval.Of(share[channel], Array.ConvertAll(drawn, one => of(one)[channel]), (long)holding[channel]))];
        return new(model, replicates, Intervals(shares.Conversions, one => one.Conversions), Intervals(shares.Value, one => one.Value))
        {
            Removal = shares.Removal is { } removal ? Intervals(removal, one => one.Removal!) : null,
        };
    }
}

/// <summary>A channel's share with the middle 95 % of what it was when drawn again.</summary>
/// <param name="Conversions">Of journeys that hold the channel.</param>
public sealed record ShareInterval(double Share, double Low, double High, long Conversions)
{
    /// <summary>With fewer conversions the interval means little.</summary>
    public const int Few = 30;

    /// <summary>Too few conversions: fewer than <see cref="Few"/> journeys that hold the channel converted, or the interval is wider than the share itself.</summary>
    public bool IsThin => Conversions < Few || High - Low > Math.Abs(Share);

    internal static ShareInterval Of(double share, double[] drawn, long conversions)
    {
        Array.Sort(drawn);
        return drawn.Length == 0 ? new(share, share, share, conversions) : new(share, Statistics.Quantile(drawn, 0.025), Statistics.Quantile(drawn, 0.975), conversions);
    }
}
