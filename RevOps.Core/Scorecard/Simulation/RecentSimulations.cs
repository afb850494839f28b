using System.Collections.Concurrent;

namespace RevOps.Core.Scorecard.Simulation;

/// <summary>Simulations that were looked at lately. The same inputs give the same numbers, so ten thousand draws are made once for all who look and come back.</summary>
public sealed class RecentSimulations
{
    // A result is a few kilobytes.
    private const int Most = 200;

    private readonly ConcurrentDictionary<(SimulationInputs, Levers, ulong), Lazy<SimulationResult>> known = [];

    public SimulationResult Of(SimulationInputs inputs, Levers levers, ulong seed)
    {
        if (known.Count >= Most)
            known.Clear();
        return known.GetOrAdd((inputs, levers, seed), asked => new(() => ImpactSimulation.Of(asked.Item1, asked.Item2, asked.Item3))).Value;
    }
}
