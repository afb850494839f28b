using RevOps.Core.Attribution.Models;
using RevOps.Core.Attribution.Snapshots;

namespace RevOps.Core.Attribution.Results;

/// <summary>How one journey's conversion and money split over its own touches.</summary>
internal static class JourneySplit
{
    /// <param name="journey">With touches.</param>
    /// <param name="model">Which says how.</param>
    /// <param name="channelWeights">Removal effects or Shapley values; rules ask for none.</param>
    /// <param name="weights">Filled: one per touch, together 1.</param>
    public static void Weigh(Journey journey, AttributionModel model, ReadOnlySpan<double> channelWeights, Span<double> weights)
    {
        Span<float> days = journey.Length <= 256 ? stackalloc float[journey.Length] : new float[journey.Length];
        if (model == AttributionModel.TimeDecay)
        {
            for (var touch = 0; touch < days.Length; touch++)
                days[touch] = (float)new TimeSpan(journey.End - journey.Book!.TouchedAt(journey.From + touch)).TotalDays;
        }

        TouchWeights.Of(model, journey.Path, days, ChannelNumber.Direct, channelWeights, weights);
    }

    /// <summary>What each touch has of the journey's money: its weight of it; under Influenced each channel has the whole, at its first touch.</summary>
    public static void Money(Journey journey, AttributionModel model, ReadOnlySpan<double> weights, Span<long> parts)
    {
        if (model.IsAdditive)
        {
            Money(journey.ValueMinor, weights, parts);
            return;
        }

        var path = journey.Path;
        for (var touch = 0; touch < path.Length; touch++)
            parts[touch] = path[..touch].Contains(path[touch]) ? 0 : journey.ValueMinor;
    }

    /// <summary>Splits the journey's money by its weights, to the cent: what rounding down leaves goes to the largest remainders, of equal ones to the earlier touch.</summary>
    public static void Money(long minor, ReadOnlySpan<double> weights, Span<long> parts)
    {
        Span<double> left = weights.Length <= 256 ? stackalloc double[weights.Length] : new double[weights.Length];
        var given = 0L;
        for (var touch = 0; touch < parts.Length; touch++)
        {
            var exact = minor * weights[touch];
            parts[touch] = (long)Math.Floor(exact);
            left[touch] = exact - parts[touch];
            given += parts[touch];
        }

        for (; given < minor; given++)
        {
            var most = Largest(left);
            parts[most]++;
            left[most] -= 1;
        }

        for (; given > minor; given--)
        {
            var least = Smallest(left);
            parts[least]--;
            left[least] += 1;
        }
    }

    private static int Largest(ReadOnlySpan<double> left)
    {
        var best = 0;
        for (var index = 1; index < left.Length; index++)
        {
            if (left[index] > left[best])
                best = index;
        }

        return best;
    }

    private static int Smallest(ReadOnlySpan<double> left)
    {
        var best = left.Length - 1;
        for (var index = left.Length - 2; index >= 0; index--)
        {
            if (left[index] < left[best])
                best = index;
        }

        return best;
    }
}
