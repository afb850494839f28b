namespace RevOps.Core.Attribution.Models;

/// <summary>
/// The chain of windows of so many touches, solved exactly: no random walks. A channel's removal effect is the share of conversions that the
/// chain loses when every state that holds the channel leads to nothing; channels are credited in proportion to it (Anderl, Becker, von
/// Wangenheim and Schumann 2016). Value has a reward of its own, value per conversion of the last state, and is shared by its own effects.
/// Journeys without a touch are no part of it.
/// </summary>
public sealed record MarkovChain
{
    private MarkovChain()
    {
    }

    /// <summary>Touches of a state.</summary>
    public required int Order { get; init; }

    public required int States { get; init; }

    /// <summary>Journeys with a touch.</summary>
    public required double Journeys { get; init; }

    /// <summary>Their conversions, and the value of these in minor units.</summary>
    public required (double Conversions, double ValueMinor) Total { get; init; }

    /// <summary>That a journey converts, as the chain has it: what it was in the data, whatever the order.</summary>
    public required double Conversion { get; init; }

    /// <summary>Minor units per journey, as the chain has it.</summary>
    public required double ValuePerJourney { get; init; }

    /// <summary>By channel: share of the conversions that the chain loses without it; 0 where no journey holds it.</summary>
    public required IReadOnlyList<double> RemovalEffects { get; init; }

    /// <summary>By channel: share of the value that the chain loses without it.</summary>
    public required IReadOnlyList<double> ValueRemovalEffects { get; init; }

    /// <summary>Where journeys went from where, for a heat map; null above order 1.</summary>
    public TransitionMatrix? Transitions { get; init; }

    /// <summary>Of the conversions, by channel; they add up to 1, or to 0 where nothing converted.</summary>
    public IReadOnlyList<double> Shares => ChannelCredit.Shares(RemovalEffects, RemovalEffects.Sum());

    public IReadOnlyList<double> ValueShares => ChannelCredit.Shares(ValueRemovalEffects, ValueRemovalEffects.Sum());

    public ChannelCredit Credit => new([.. Shares.Select(share => share * Total.Conversions)], [.. ValueShares.Select(share => share * Total.ValueMinor)]);

    public static MarkovChain Of(PathCounts counts, int order) => Of(counts.ToTable(), order);

    public static MarkovChain Of(PathTable paths, int order) => Of(WindowCounts.Of(paths, order));

    /// <param name="counts">Of its journeys.</param>
    /// <param name="walks">False where only shares are asked, a thousand times: what the chain reaches is then taken from the counts.</param>
    public static MarkovChain Of(WindowCounts counts, bool walks = true)
    {
        var states = counts.ToStates();
        var (journeys, total) = (states.Starts.Sum(), (states.Conversions.Sum(), states.Value.Sum()));
        var (conversions, value) = states.Count <= DenseChain.MostStates ? DenseChain.Solve(states) : SweptChain.Solve(states, walks);
        return new()
        {
            Order = counts.Order,
            States = states.Count,
            Journeys = journeys,
            Total = total,
            Conversion = journeys == 0 ? 0 : conversions.Reached / journeys,
            ValuePerJourney = journeys == 0 ? 0 : value.Reached / journeys,
            RemovalEffects = conversions.Effects(),
            ValueRemovalEffects = value.Effects(),
            Transitions = counts.Order == 1 ? TransitionMatrix.Of(states) : null,
        };
    }

    /// <summary>What the chain predicts for the same journeys when the channel leads to nothing. A prediction of the model, not of a test.</summary>
    public (double Conversions, double ValueMinor) Without(int channel) =>
        (Total.Conversions * (1 - RemovalEffects[channel]), Total.ValueMinor * (1 - ValueRemovalEffects[channel]));
}

/// <summary>What a chain reaches of a reward from all its journeys, and what of it is lost without each channel.</summary>
internal sealed record ChainReward(double Reached, double[] Lost)
{
    public double[] Effects() => Array.ConvertAll(Lost, lost => Reached == 0 ? 0 : Math.Clamp(lost / Reached, 0, 1));
}
