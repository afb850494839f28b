using System.Globalization;
using System.Text;

namespace RevOps.Bench;

/// <summary>Writes journeys to measure with: <c>-- journeys N FILE [SEED]</c>; a file called - is standard output.</summary>
internal static class JourneysBench
{
    public static async Task<bool> RunAsync(IReadOnlyList<string> args)
    {
        if (args.Count is < 2 or > 3 || !double.TryParse(args[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var journeys))
        {
            await Console.Error.WriteLineAsync("Usage: journeys N FILE [SEED]");
            return false;
        }

        var seed = args.Count > 2 ? unchecked((ulong)long.Parse(args[2], CultureInfo.InvariantCulture)) : 1;
        await using var file = args[1] == "-" ? Console.OpenStandardOutput() : File.Create(args[1]);
        await using var writer = new StreamWriter(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 20);
        new SyntheticJourneys(seed).Write(writer, (long)journeys);
        return true;
    }
}
