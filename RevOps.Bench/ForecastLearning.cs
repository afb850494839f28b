using RevOps.Core.Forecasting;

namespace RevOps.Bench;

/// <summary>Learns networks, what each model counts and the widths of intervals from series of one frequency, as they stood some forecasts before their end.</summary>
internal sealed class ForecastLearning(IReadOnlyList<FiledSeries> series)
{
    private const int Members = 4, Hidden = 64, LeastPast = 10;

    // How many forecasts before what is learnt for, the widths are measured at: one is few for as wide an interval.
    private const int WidthOrigins = 2;

    // And the mix: times of boom and slump teach different shares, and few of them would teach those of the last.
    private const int MixOrigins = 4;

    // Between them, where the networks of the origin before know nothing of what comes.
    private const int MixShifts = 3;

    // Half as much or less did best on what came three and four forecasts before the end of the M3 and M4 series; this errs towards fixed shares.
    private const double Ridge = 0.008;

    private readonly Dictionary<int, Networks> trained = [];
    private readonly Dictionary<(int Origin, int Shift), IReadOnlyList<MixCase>> tried = [];

    private double NetworkShare => Shape.SeesYear ? 2.0 / 3 : 0.5;

    private NetworkShape Shape => new(series[0].Series.Period, series[0].Series.Period switch { 12 => 24, 4 => 8, _ => 26 }, series[0].Steps, Hidden);

    /// <summary>Whether there is a past to forecast from so many forecasts before the end.</summary>
    public static bool Reaches(FiledSeries one, int origin) => PastOf(one, origin) >= Math.Max(LeastPast, one.Series.HasLongSeason ? 0 : 2 * one.Series.Period);

    /// <summary>Steps that are known so many forecasts before the end.</summary>
    public static int PastOf(FiledSeries one, int origin) => one.Series.Length - (origin * one.Steps);

    /// <param name="before">How many forecasts before the end nothing is known any more.</param>
    /// <exception cref="InvalidOperationException">No series reaches back far enough.</exception>
    public LearnedPeriod Learn(int before)
    {
        var misses = Enum.GetValues<ForecastModel>().ToDictionary(model => model, _ => Enumerable.Range(0, Shape.Steps).Select(_ => new List<(int Past, double Off)>()).ToList());
        for (var origin = before + 1; origin <= before + WidthOrigins; origin++)
        {
            // By networks and shares that know nothing of what the widths are measured by.
            var known = new Learned([new(Shape.Period, Networks(origin), Mix(origin, before + MixOrigins), new Dictionary<ForecastModel, IntervalWidths>())]);
            foreach (var found in series.Where(one => Reaches(one, origin)).AsParallel().AsOrdered().Select(one => MissesOf(one, origin, known)))
            {
                foreach (var (model, step, past, off) in found)
                    misses[model][step].Add((past, off));
            }
        }

        if (misses[ForecastModel.Naive2].Exists(step => step.Count == 0))
            throw new InvalidOperationException($"No series of period {Shape.Period} reaches {before + WidthOrigins} forecasts of {Shape.Steps} steps back: longer ones were expected.");
        return new(Shape.Period, Networks(before), Mix(before, before + MixOrigins), misses.ToDictionary(one => one.Key, one => IntervalWidths.Of([.. one.Value])));
    }

    private Networks Networks(int before) => trained.TryGetValue(before, out var known) ? known
        : trained[before] = new(Shape, NetworkTraining.Train([.. series.Where(one => Reaches(one, before)).Select(one => one.Series.First(PastOf(one, before)))], Shape, Members));

    /// <param name="before">How many forecasts before the end nothing is known any more.</param>
    /// <param name="furthest">From no further back; where too few series reach back at all, shares stay fixed.</param>
    private ModelMix Mix(int before, int furthest) => ModelMixTraining.Learn(
        [.. from origin in Enumerable.Range(before + 1, furthest - before)
            where series.Count(one => Reaches(one, origin)) >= series.Count / 4

            // What is forecast from a later step reaches further: from the last origin, beyond what is known.
            from shift in Enumerable.Range(0, origin == before + 1 ? 1 : MixShifts)
            from one in Tried(origin, shift * Shape.Steps / MixShifts)
            select one],
        NetworkShare,
        Ridge);

    private IReadOnlyList<MixCase> Tried(int origin, int shift)
    {
        if (tried.TryGetValue((origin, shift), out var known))
            return known;
        var learned = new Learned([new(Shape.Period, Networks(origin), ModelMix.Fixed(NetworkShare), new Dictionary<ForecastModel, IntervalWidths>())]);
        return tried[(origin, shift)] = [.. series.Where(one => Reaches(one, origin)).AsParallel().AsOrdered().Select(one => CaseOf(one, PastOf(one, origin) + shift, learned)).OfType<MixCase>()];
    }

    /// <summary>Null of what never moved, and is not mixed.</summary>
    private static MixCase? CaseOf(FiledSeries filed, int end, Learned learned)
    {
        var past = filed.Series.First(end);
        var models = new ModelForecasts(past, filed.Steps, learned);
        return past.IsFlat ? null : new(models.Features(), models.Pooled(), models.Of(ForecastModel.Naive2), filed.Series.Values[end..(end + filed.Steps)], ForecastErrors.Scale(past));
    }

    private static List<(ForecastModel Model, int Step, int Past, double Off)> MissesOf(FiledSeries filed, int origin, Learned learned)
    {
        var end = PastOf(filed, origin);
        var models = new ModelForecasts(filed.Series.First(end), filed.Steps, learned);
        var deviations = models.Deviations();

        // Of what never moved nobody can say how many times its deviation it moved then.
        return [.. from model in Enum.GetValues<ForecastModel>()
                   from step in Enumerable.Range(0, filed.Steps)
                   where deviations[step] > 0
                   select (model, step, end, Math.Abs(filed.Series.Values[end + step] - models.Of(model)[step]) / deviations[step])];
    }
}
