namespace RevOps.Bench;

/// <summary>Measurements: <c>dotnet run -c Release --project RevOps.Bench -- NAME</c> prints a table.</summary>
internal static class BenchProgram
{
    private static readonly Dictionary<string, Func<IReadOnlyList<string>, Task<bool>>> Benches = new(StringComparer.Ordinal)
    {
        ["ingest"] = IngestBench.RunAsync,
        ["pages"] = PagesBench.RunAsync,
        ["receivables"] = ReceivablesBench.RunAsync,
        ["circuits"] = CircuitsBench.RunAsync,
        ["demo"] = DemoBench.RunAsync,
        ["identity"] = IdentityBench.RunAsync,
        ["conversions"] = ConversionsBench.RunAsync,
        ["recompute"] = RecomputeBench.RunAsync,
        ["exactly-once"] = ExactlyOnceBench.RunAsync,
        ["journeys"] = JourneysBench.RunAsync,
        ["attribution"] = AttributionBench.RunAsync,
        ["simulator"] = SimulatorBench.RunAsync,
        ["planted-truth"] = PlantedTruthBench.RunAsync,
        ["forecast"] = ForecastBench.RunAsync,
    };

    public static async Task<int> Main(string[] args)
    {
        if (args.Length > 0 && Benches.TryGetValue(args[0], out var bench))
        {
            // What it measures may have a bound.
            return await bench(args[1..]) ? 0 : 1;
        }

        await Console.Error.WriteLineAsync($"Usage: dotnet run -c Release --project RevOps.Bench -- {string.Join('|', Benches.Keys)}");
        return 2;
    }
}
