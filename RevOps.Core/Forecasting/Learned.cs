using System.Reflection;

namespace RevOps.Core.Forecasting;

/// <summary>
/// What was learnt from many series and is part of the program: networks, what each model counts and the widths of intervals, by period. Written by
/// <c>RevOps.Bench -- forecast --learn</c> from the published training series of the M3 and M4 competitions.
/// </summary>
public sealed record Learned(IReadOnlyList<LearnedPeriod> Periods)
{
    private const string Resource = "RevOps.Core.Forecasting.learned.bin";
    private const int Format = 4;

    public static readonly Learned Nothing = new([]);

    private static readonly Lazy<Learned> Own = new(() =>
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Resource);
        return stream is null ? Nothing : Read(stream);
    });

    public static Learned Shipped => Own.Value;

    public LearnedPeriod? For(int period) => Periods.FirstOrDefault(one => one.Period == period);

    /// <summary>Of each model its own: a simple one is further off.</summary>
    public IntervalWidths WidthsFor(int period, ForecastModel model) => For(period)?.Widths.GetValueOrDefault(model) ?? IntervalWidths.Normal;

    public void Write(Stream stream)
    {
        using var writer = new BinaryWriter(stream);
        writer.Write(Format);
        writer.Write(Periods.Count);
        foreach (var (period, networks, mix, widths) in Periods)
        {
            writer.Write(period);
            writer.Write(networks.Shape.Window);
            writer.Write(networks.Shape.Steps);
            writer.Write(networks.Shape.Hidden);
            writer.Write(networks.Members.Count);
            foreach (var network in networks.Members)
                Array.ForEach([network.First, network.FirstBias, network.Second, network.SecondBias], part => Array.ForEach(part, writer.Write));
            writer.Write(mix.NetworkShare);
            writer.Write(mix.Means.Count);
            foreach (var number in mix.Means.Concat(mix.Deviations).Concat(mix.Coefficients))
                writer.Write(number);
            writer.Write(widths.Count);
            foreach (var (model, width) in widths.OrderBy(one => one.Key))
            {
                writer.Write((int)model);
                writer.Write(width.Length.Power);
                writer.Write(width.Length.Least);
                writer.Write(width.Length.Most);
                writer.Write(width.Of80.Count);
                foreach (var (of80, of95) in width.Of80.Zip(width.Of95))
                {
                    writer.Write(of80);
                    writer.Write(of95);
                }
            }
        }
    }

    public static Learned Read(Stream stream)
    {
        using var reader = new BinaryReader(stream);
        if (reader.ReadInt32() is var format && format != Format)
            throw new InvalidDataException($"What was learnt is of format {format}; {Format} was expected.");
        return new([.. Enumerable.Range(0, reader.ReadInt32()).Select(_ => ReadPeriod(reader))]);
    }

    private static LearnedPeriod ReadPeriod(BinaryReader reader)
    {
        var shape = new NetworkShape(reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
        var members = new Network[reader.ReadInt32()];
        float[] Part(int count) => [.. Enumerable.Range(0, count).Select(_ => reader.ReadSingle())];
        for (var member = 0; member < members.Length; member++)
            members[member] = new(Part(shape.Hidden * shape.Inputs), Part(shape.Hidden), Part(shape.Steps * shape.Hidden), Part(shape.Steps));
        var mix = MixOf(reader);
        var widths = new Dictionary<ForecastModel, IntervalWidths>();
        for (var models = reader.ReadInt32(); models > 0; models--)
            widths.Add((ForecastModel)reader.ReadInt32(), WidthsOf(reader));
        return new(shape.Period, new(shape, members), mix, widths);
    }

    private static ModelMix MixOf(BinaryReader reader)
    {
        var (share, features) = (reader.ReadDouble(), reader.ReadInt32());
        double[] Part(int count) => [.. Enumerable.Range(0, count).Select(_ => reader.ReadDouble())];
        return new(share, Part(features), Part(features), Part(ModelMix.Pool.Count * features));
    }

    private static IntervalWidths WidthsOf(BinaryReader reader)
    {
        var length = new PastLength(reader.ReadDouble(), reader.ReadInt32(), reader.ReadInt32());
        var (of80, of95) = (new double[reader.ReadInt32()], new List<double>());
        for (var step = 0; step < of80.Length; step++)
        {
            of80[step] = reader.ReadDouble();
            of95.Add(reader.ReadDouble());
        }

        return new(of80, of95, length);
    }
}

/// <summary>What was learnt of series with such a season.</summary>
public sealed record LearnedPeriod(int Period, Networks Networks, ModelMix Mix, IReadOnlyDictionary<ForecastModel, IntervalWidths> Widths);
