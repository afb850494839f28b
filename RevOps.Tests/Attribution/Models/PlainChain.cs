using RevOps.Core.Attribution.Models;

namespace RevOps.Tests.Attribution.Models;

/// <summary>The chain by its definition, word for word and without a thought of speed: what the engine is compared with.</summary>
internal sealed class PlainChain
{
    private const string Conversion = "(conversion)";
    private const string Null = "(null)";

    private readonly Dictionary<string, double> starts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<string, double>> moves = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double> value = new(StringComparer.Ordinal);

    public PlainChain(IEnumerable<(byte[] Path, PathOutcome Outcome)> rows, int order, bool collapse = true)
    {
        foreach (var (path, outcome) in rows.Where(row => row.Outcome.Journeys > 0))
        {
            var states = StatesOf(path, order, collapse);
            starts[states[0]] = starts.GetValueOrDefault(states[0]) + outcome.Journeys;
            for (var at = 1; at < states.Count; at++)
                Move(states[at - 1], states[at], outcome.Journeys);
            Move(states[^1], Conversion, outcome.Conversions);
            Move(states[^1], Null, outcome.Nulls);
            value[states[^1]] = value.GetValueOrDefault(states[^1]) + outcome.ValueMinor;
        }
    }

    /// <summary>Conversions and value per journey when states that hold the channel lead to nothing.</summary>
    public (double Conversions, double Value) Reached(int? without)
    {
        var states = moves.Keys.ToList();
        var (conversions, worth) = (states.ToDictionary(state => state, _ => 0.0), states.ToDictionary(state => state, _ => 0.0));
        for (var (step, moved) = (0, 1.0); moved > 1e-17 && step < 100_000; step++)
        {
            moved = 0;
            foreach (var state in states.Where(state => without is not { } channel || !Holds(state, channel)))
            {
                var (leaving, to) = (moves[state].Values.Sum(), moves[state]);
                var next = (to.GetValueOrDefault(Conversion) + to.Where(move => conversions.ContainsKey(move.Key)).Sum(move => move.Value * conversions[move.Key])) / leaving;
                var nextWorth = (value.GetValueOrDefault(state) + to.Where(move => worth.ContainsKey(move.Key)).Sum(move => move.Value * worth[move.Key])) / leaving;
                moved = Math.Max(moved, next - conversions[state]);
                (conversions[state], worth[state]) = (next, nextWorth);
            }
        }

        var journeys = starts.Values.Sum();
        return (starts.Sum(start => start.Value * conversions[start.Key]) / journeys, starts.Sum(start => start.Value * worth[start.Key]) / journeys);
    }

    public (double Conversions, double Value) Effect(int channel)
    {
        var (all, left) = (Reached(null), Reached(channel));
        return (all.Conversions == 0 ? 0 : 1 - (left.Conversions / all.Conversions), all.Value == 0 ? 0 : 1 - (left.Value / all.Value));
    }

    /// <summary>Share of so many walks that converts: what other tools do.</summary>
    public double Walk(Random random, int walks, int? without)
    {
        var converted = 0;
        for (var walk = 0; walk < walks; walk++)
        {
            var at = Drawn(random, starts);
            while (at is not (Conversion or Null))
                at = without is { } channel && Holds(at, channel) ? Null : Drawn(random, moves[at]);
            converted += at == Conversion ? 1 : 0;
        }

        return (double)converted / walks;
    }

    private static List<string> StatesOf(byte[] path, int order, bool collapse)
    {
        var windows = path.Length < order ? [path] : Enumerable.Range(0, path.Length - order + 1).Select(at => path[at..(at + order)]);
        var states = new List<string>();
        foreach (var name in windows.Select(window => string.Join('>', window)))
        {
            if (!collapse || states.Count == 0 || states[^1] != name)
                states.Add(name);
        }

        return states;
    }

    private static bool Holds(string state, int channel) => state.Split('>').Contains($"{channel}");

    private static string Drawn(Random random, Dictionary<string, double> weights)
    {
        var lot = random.NextDouble() * weights.Values.Sum();
        foreach (var (name, weight) in weights)
        {
            if ((lot -= weight) < 0)
                return name;
        }

        return weights.Keys.Last();
    }

    private void Move(string from, string to, double journeys)
    {
        if (!moves.TryGetValue(from, out var row))
            row = moves[from] = new(StringComparer.Ordinal);
        row[to] = row.GetValueOrDefault(to) + journeys;
    }
}
