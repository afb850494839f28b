using RevOps.Core.Attribution.Models;

namespace RevOps.Bench;

/// <summary>
/// Attribution of a file of journeys: <c>-- attribution --journeys FILE</c> measures, with <c>--json</c> it prints what all models say and
/// nothing else. Bounds at ten million journeys on one core, heuristics and chains of order 1 and 2, conversions and value: 3.5 s of processor
/// from text, 0.7 s from the compact form, 400 MB.
/// </summary>
internal static class AttributionBench
{
    public static async Task<bool> RunAsync(IReadOnlyList<string> args)
    {
        if (Option(args, "--journeys") is not { } file)
        {
            await Console.Error.WriteLineAsync("Usage: attribution --journeys FILE [--json] [--direct NAME]");
            return false;
        }

        var direct = Option(args, "--direct") ?? "direct";
        if (args.Contains("--json", StringComparer.Ordinal))
        {
            var names = new ChannelNames(direct);
            var pass = new AttributionPass(names, OrderChoice.Highest, withSets: true);
            foreach (var block in new JourneyText(file, names).Blocks())
                pass.Add(block);
            AttributionJson.Write(Console.OpenStandardOutput(), pass.Solve());
            return true;
        }

        return new AttributionTable(file, direct).Run();
    }

    private static string? Option(IReadOnlyList<string> args, string name)
    {
        for (var at = 0; at + 1 < args.Count; at++)
        {
            if (args[at] == name)
                return args[at + 1];
        }

        return null;
    }
}
