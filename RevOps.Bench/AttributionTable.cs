using System.Diagnostics;
using System.Globalization;
using RevOps.Core.Attribution.Models;

namespace RevOps.Bench;

/// <summary>Measures attribution: processor time of the whole process, the runtime's own threads too, since a wall clock is shared.</summary>
internal sealed class AttributionTable(string file, string direct)
{
    private const int Paths = 50_000;
    private const int Replicates = 1_000;

    private bool held = true;

    public bool Run()
    {
        var (text, journeys) = FromText();
        var peak = PeakMegabytes();
        var (memory, counts) = FromMemory();
        Console.WriteLine($"{journeys,14:N0} journeys; rules and chains of order 1 and 2, conversions and value, exact");
        Line(text, "s of processor from text", 3.5);
        Line(memory, "s of processor from the compact form in memory", 0.7);
        Line(peak, "MB resident at most while the file was streamed", 400);
        Baseline(journeys);

        var table = counts.ToTable();
        Console.WriteLine($"{table.Count,14:N0} distinct paths of {table.Total.Journeys:N0} journeys, {table.Channels} channels:");
        Line(ChangedJourney(table, counts), "µs to count one changed journey", 5);
        Line(FreshCredit(table), "ms to fresh credit of order 1", 1);
        Line(Intervals(table), $"s of processor on each of two cores to the intervals of {Replicates:N0} replicates, order 1", 2);
        return held;
    }

    private (double Seconds, long Journeys) FromText()
    {
        var watch = Cpu();
        var names = new ChannelNames(direct);
        var pass = new AttributionPass(names, 2, withSets: false);
        foreach (var block in new JourneyText(file, names).Blocks())
            pass.Add(block);
        _ = pass.Solve().Models().ToList();
        return ((Cpu() - watch).TotalSeconds, pass.Journeys);
    }

    /// <summary>The best of three: it is short, and the machine is shared.</summary>
    private (double Seconds, PathCounts Counts) FromMemory()
    {
        var names = new ChannelNames(direct);
        var blocks = new JourneyText(file, names).Blocks().Select(block => block.Trimmed()).ToList();
        var best = double.MaxValue;
        for (var run = 0; run < 3; run++)
        {
            var watch = Cpu();
            var pass = new AttributionPass(names, 2, withSets: false);
            blocks.ForEach(pass.Add);
            _ = pass.Solve().Models().ToList();
            best = Math.Min(best, (Cpu() - watch).TotalSeconds);
        }

        return (best, CountsOf(blocks, names.Names.Count));
    }

    /// <summary>The first journeys of the file, as many as make so many distinct paths.</summary>
    private static PathCounts CountsOf(List<JourneyBlock> blocks, int channels)
    {
        var counts = new PathCounts(channels);
        foreach (var block in blocks.TakeWhile(_ => counts.Count < Paths))
        {
            block.Each((path, outcome) =>
            {
                if (counts.Count < Paths)
                    counts.Add(path, outcome);
            });
        }

        return counts;
    }

    private static readonly PathOutcome Sale = new(1, 0, 10_000);

    private static double ChangedJourney(PathTable table, PathCounts counts)
    {
        var (windows, rounds) = (WindowCounts.Of(table, 1), Math.Max(1, 1_000_000 / table.Count));
        var watch = Cpu();
        for (var round = 0; round < rounds; round++)
        {
            // A journey, its sale, the refund of it, and the journey taken out again.
            for (var at = 0; at < table.Count; at++)
            {
                counts.Add(table.PathOf(at), PathOutcome.Null);
                windows.Add(table.PathOf(at), PathOutcome.Null);
                counts.Remove(table.PathOf(at), PathOutcome.Null);
                windows.Remove(table.PathOf(at), PathOutcome.Null);
                counts.Add(table.PathOf(at), Sale);
                windows.Add(table.PathOf(at), Sale);
                counts.Remove(table.PathOf(at), Sale);
                windows.Remove(table.PathOf(at), Sale);
                counts.Add(table.PathOf(at), PathOutcome.Null);
                windows.Add(table.PathOf(at), PathOutcome.Null);
                counts.Remove(table.PathOf(at), PathOutcome.Null);
                windows.Remove(table.PathOf(at), PathOutcome.Null);
            }
        }

        return (Cpu() - watch).TotalMicroseconds / (4.0 * rounds * table.Count);
    }

    private static double FreshCredit(PathTable table)
    {
        const int Rounds = 2_000;
        var windows = WindowCounts.Of(table, 1);
        var watch = Cpu();
        for (var round = 0; round < Rounds; round++)
            _ = MarkovChain.Of(windows).Credit;
        return (Cpu() - watch).TotalMilliseconds / Rounds;
    }

    /// <summary>On all cores; told as if they were free.</summary>
    private static double Intervals(PathTable table)
    {
        var watch = Cpu();
        _ = BootstrapCredit.Of(table, AttributionModel.Markov1, -1, Replicates);
        return (Cpu() - watch).TotalSeconds / Math.Min(2, Environment.ProcessorCount);
    }

    private void Line(double figure, string what, double most)
    {
        held &= figure <= most;
        Console.WriteLine($"{figure,14:N2} {what} (bound {most}: {(figure <= most ? "held" : "NOT HELD")})");
    }

    /// <summary>Published for ChannelAttribution on the same files: user seconds of one thread for heuristics, chains of order 1 and of order 2, and memory.</summary>
    private static void Baseline(long journeys)
    {
        (long Journeys, double Rules, double One, double Two, string Memory)[] published = [(100_000, 0.31, 0.60, 0.59, "0.10"), (1_000_000, 2.4, 2.8, 4.8, "0.42"), (10_000_000, 24.4, 28.7, 48.2, "3.4")];
        var near = published.MinBy(row => Math.Abs(Math.Log((double)row.Journeys / Math.Max(1, journeys))));
        Console.WriteLine(string.Create(CultureInfo.CurrentCulture, $"{near.Rules + near.One + near.Two,14:N2} s ChannelAttribution takes for {near.Journeys:N0} ({near.Rules} + {near.One} + {near.Two}, by random walks, {near.Memory} GB); a pass in C: 1.78 s from text, 0.33 s from memory at 10,000,000"));
    }

    private static TimeSpan Cpu()
    {
        using var self = Process.GetCurrentProcess();
        return self.TotalProcessorTime;
    }

    private static double PeakMegabytes()
    {
        // Where there is no /proc the working set's own peak.
        const string Status = "/proc/self/status";
        var line = File.Exists(Status) ? File.ReadLines(Status).FirstOrDefault(row => row.StartsWith("VmHWM:", StringComparison.Ordinal)) : null;
        using var self = Process.GetCurrentProcess();
        return line is null ? self.PeakWorkingSet64 / 1_048_576.0 : double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1_024;
    }
}
