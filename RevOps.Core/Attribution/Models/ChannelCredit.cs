namespace RevOps.Core.Attribution.Models;

/// <summary>What a model credits each channel with, by the channel's number. Credit, never cause.</summary>
/// <param name="Conversions">Add up to the conversions of journeys with a touch, but for <see cref="AttributionModel.Influenced"/>; Shapley's may be below 0.</param>
/// <param name="ValueMinor">Likewise of value in minor units, before rounding: <see cref="LargestRemainder"/> makes cents of them.</param>
public sealed record ChannelCredit(IReadOnlyList<double> Conversions, IReadOnlyList<double> ValueMinor)
{
    /// <summary>
    /// Credits by any model. Paths know no instants: for time decay touches are a day apart and the last is at the conversion;
    /// <see cref="TouchWeights"/> weighs the touches of one journey by their own.
    /// </summary>
    /// <param name="direct">Which channel is direct; -1 where none is.</param>
    public static ChannelCredit Of(PathTable paths, AttributionModel model, int direct)
    {
        if (model == AttributionModel.Shapley)
            return ShapleyValue.Of(paths).Credit;
        return model.Order > 0 ? MarkovChain.Of(paths, model.Order).Credit : PlaceCounts.Of(paths, direct).Credit(model);
    }

    /// <summary>All zero where nothing is shared out.</summary>
    internal static double[] Shares(IReadOnlyList<double> credits, double total) => [.. credits.Select(credit => total == 0 ? 0 : credit / total)];
}
