namespace RevOps.Core.Attribution.Models;

/// <summary>Shares one conversion among the touches of its journey.</summary>
public static class TouchWeights
{
    /// <summary>Days after which a touch is worth half as much under <see cref="AttributionModel.TimeDecay"/>.</summary>
    public const double HalfLifeDays = 7;

    private const double AtTheEnds = 0.4;

    /// <summary>
    /// The weights add up to 1 (under <see cref="AttributionModel.Influenced"/> to the number of channels), and to 0 where there is no touch.
    /// A channel that a journey holds twice has its weight once, shared by its touches.
    /// </summary>
    /// <param name="channels">Of each touch, oldest first.</param>
    /// <param name="daysBefore">Days from each touch to the conversion; only time decay asks for them.</param>
    /// <param name="direct">Which channel is direct; -1 where none is.</param>
    /// <param name="channelWeights">Removal effect or Shapley value per channel; only Markov and Shapley ask for them. Below 0 counts as 0.</param>
    /// <param name="weights">Filled, one for each touch.</param>
    public static void Of(
        AttributionModel model, ReadOnlySpan<byte> channels, ReadOnlySpan<float> daysBefore, int direct, ReadOnlySpan<double> channelWeights, Span<double> weights)
    {
        weights = weights[..channels.Length];
        if (weights.IsEmpty)
            return;
        weights.Clear();
        switch (model)
        {
            case AttributionModel.First: weights[0] = 1; break;
            case AttributionModel.Last: weights[^1] = 1; break;
            case AttributionModel.LastNonDirect: weights[LastNonDirect(channels, direct)] = 1; break;
            case AttributionModel.Linear: weights.Fill(1.0 / weights.Length); break;
            case AttributionModel.TimeDecay: Decay(daysBefore, weights); break;
            case AttributionModel.Position: Position(weights); break;
            case AttributionModel.Influenced: PerChannel(channels, [], weights); break;
            default:
                PerChannel(channels, channelWeights, weights);
                Normalise(weights);
                break;
        }
    }

    /// <summary>Its place; the last one's where all are direct.</summary>
    internal static int LastNonDirect(ReadOnlySpan<byte> channels, int direct)
    {
        for (var at = channels.Length - 1; at >= 0; at--)
        {
            if (channels[at] != direct)
                return at;
        }

        return channels.Length - 1;
    }

    private static void Decay(ReadOnlySpan<float> daysBefore, Span<double> weights)
    {
        // From the youngest touch on: only differences count, and so no journey is too old to be weighed.
        var youngest = float.MaxValue;
        foreach (var days in daysBefore[..weights.Length])
            youngest = Math.Min(youngest, days);
        for (var at = 0; at < weights.Length; at++)
            weights[at] = double.Exp2((youngest - daysBefore[at]) / HalfLifeDays);
        Normalise(weights);
    }

    private static void Position(Span<double> weights)
    {
        if (weights.Length <= 2)
        {
            weights.Fill(1.0 / weights.Length);
            return;
        }

        weights.Fill((1 - (2 * AtTheEnds)) / (weights.Length - 2));
        weights[0] = weights[^1] = AtTheEnds;
    }

    private static void PerChannel(ReadOnlySpan<byte> channels, ReadOnlySpan<double> channelWeights, Span<double> weights)
    {
        for (var at = 0; at < channels.Length; at++)
            weights[at] = (channelWeights.IsEmpty ? 1 : Math.Max(0, channelWeights[channels[at]])) / channels.Count(channels[at]);
    }

    private static void Normalise(Span<double> weights)
    {
        var sum = 0.0;
        foreach (var weight in weights)
            sum += weight;
        for (var at = 0; at < weights.Length; at++)
            weights[at] = sum > 0 ? weights[at] / sum : 1.0 / weights.Length;
    }
}
