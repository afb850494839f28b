namespace RevOps.Core.Attribution.Models;

/// <summary>
/// Made-up journeys of which it is known what each channel brings about, to see how far each model is off. Whoever wants to buy anyway
/// meets the channels that harvest: they bring about nothing and stand at the end of journeys that convert. Each other channel adds its effect
/// to the chance of a conversion, once, wherever it stands. What these journeys show holds for journeys like these.
/// </summary>
/// <param name="Truth">By channel: its share of the conversions that would not have been without a channel.</param>
/// <param name="Caused">Share of all conversions that some channel brought about; the rest would have been anyway, and models credit them too.</param>
public sealed record PlantedTruth(PathTable Paths, IReadOnlyList<double> Truth, double Caused)
{
    /// <summary>Number of the channel that is direct.</summary>
    public const int Direct = 6;

    private const int MostTouches = 20;
    private const long ValueMinor = 10_000;

    /// <summary>Those there are, by number.</summary>
    public static readonly IReadOnlyList<PlantedChannel> Channels =
    [
        new("display", 3, 0, 0.004), new("paid_social", 3, 0, 0.012), new("paid_search", 2, 2, 0.03), new("organic_search", 2, 2, 0.02),
        new("email", 1, 1, 0.025), new("affiliate", 1, 0, 0), new("direct", 1, 4, 0), new("retargeting", 0.5, 3, 0.002),
    ];

    public static PlantedTruth Draw(int journeys, int seed)
    {
        var (random, counts) = (new Random(seed), new PathCounts(Channels.Count));
        var (caused, conversions, path) = (new double[Channels.Count], 0, new byte[MostTouches]);
        for (var journey = 0; journey < journeys; journey++)
        {
            // Few want to buy much, most little.
            var intent = Math.Pow(random.NextDouble(), 3);
            var touches = Walk(random, intent, path);
            var (chance, met) = (0.005 + (0.1 * intent), path[..touches].Distinct().ToArray());
            foreach (var channel in met)
            {
                chance += Channels[channel].Effect;
                caused[channel] += Channels[channel].Effect;
            }

            var converts = random.NextDouble() < chance;
            conversions += converts ? 1 : 0;
            counts.Add(path.AsSpan(0, touches), converts ? PathOutcome.Converted(ValueMinor) : PathOutcome.Null);
        }

        return new(counts.ToTable(), ChannelCredit.Shares(caused, caused.Sum()), conversions == 0 ? 0 : caused.Sum() / conversions);
    }

    /// <summary>How far each model that shares conversions out is off, the nearest first.</summary>
    public IReadOnlyList<ModelError> Errors() =>
    [
        .. AttributionModels.All.Where(model => model.IsAdditive).Select(model =>
        {
            var shares = ChannelCredit.Shares(ChannelCredit.Of(Paths, model, Direct).Conversions, Paths.Attributed.Conversions);
            return new ModelError(model, shares, shares.Zip(Truth, (share, truth) => Math.Abs(share - truth)).Sum() / 2);
        }).OrderBy(error => error.Misplaced),
    ];

    private static int Walk(Random random, double intent, byte[] path)
    {
        var touches = 0;
        do
        {
            // The nearer the purchase, the likelier a channel that harvests.
            var near = intent * (touches + 1) / 2;
            var lot = random.NextDouble() * Channels.Sum(channel => channel.Reach + (channel.Harvest * near));
            var drawn = 0;
            while (drawn < Channels.Count - 1 && (lot -= Channels[drawn].Reach + (Channels[drawn].Harvest * near)) >= 0)
                drawn++;
            path[touches++] = (byte)drawn;
        }
        while (touches < MostTouches && random.NextDouble() < 0.55 + (0.25 * intent));
        return touches;
    }
}

/// <param name="Reach">How often it meets anybody.</param>
/// <param name="Harvest">How much oftener it meets those who are about to buy.</param>
/// <param name="Effect">Added to the chance of a conversion of whoever met it.</param>
public sealed record PlantedChannel(string Name, double Reach, double Harvest, double Effect);

/// <param name="Shares">By channel, as the model has them.</param>
/// <param name="Misplaced">Share of the credit that stands at a wrong channel: half the sum of the differences from the truth.</param>
public sealed record ModelError(AttributionModel Model, IReadOnlyList<double> Shares, double Misplaced);
