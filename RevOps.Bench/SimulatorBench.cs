using System.Diagnostics;
using RevOps.Core.Scorecard.Simulation;

namespace RevOps.Bench;

/// <summary>Ten thousand draws of a year with every lever and a range for every input that has one. Bound: 200 ms of this process, the slowest of all runs.</summary>
internal static class SimulatorBench
{
    private const double MostMs = 200;
    private const int Warmup = 5;
    private const int Times = 50;

    public static Task<bool> RunAsync(IReadOnlyList<string> args)
    {
        var inputs = PrefillQueries.Usual with
        {
            CreditSales = new(900_000, 1_200_000, 1_500_000), Dso = new(50, 60, 75), Invoices = new(800, 1_000, 1_200), AdSpend = new(80_000, 100_000, 120_000), Roas = new(2, 3, 5),
            Conversions = new(1_000, 1_500, 2_000), SlotSales = new(200_000, 300_000, 400_000), CashBuffer = new(50_000, 80_000, 100_000), SetUpCost = new(5_000, 8_000, 12_000), RunningCost = new(6_000, 9_000, 12_000),
        };
        for (var time = 0; time < Warmup; time++)
            ImpactSimulation.Of(inputs, Levers.All, (ulong)time);

        var (wall, cpu) = (new List<double>(Times), new List<double>(Times));
        for (var time = 0; time < Times; time++)
        {
            // On a machine that others use as well, the processor's time says what it costs whatever the waiting was.
            var (begun, before) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            ImpactSimulation.Of(inputs, Levers.All, (ulong)time);
            wall.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            cpu.Add((Environment.CpuUsage.TotalTime - before).TotalMilliseconds);
        }

        wall.Sort();
        cpu.Sort();
        Console.WriteLine($"{ImpactSimulation.Draws:N0} draws of {inputs.All.Count} inputs, {Times} runs");
        Console.WriteLine($"{"",-12} {"p50 ms",8} {"p95 ms",8} {"most ms",8}");
        Console.WriteLine($"{"processor",-12} {cpu[Times / 2],8:N1} {cpu[Times * 95 / 100],8:N1} {cpu[^1],8:N1}");
        Console.WriteLine($"{"wall clock",-12} {wall[Times / 2],8:N1} {wall[Times * 95 / 100],8:N1} {wall[^1],8:N1}");
        var good = cpu[^1] <= MostMs;
        Console.WriteLine(good ? $"The bound of {MostMs} ms holds." : $"The bound of {MostMs} ms is missed.");
        return Task.FromResult(good);
    }
}
