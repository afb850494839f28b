using RevOps.Core.Attribution.Models;

namespace RevOps.Bench;

/// <summary>How far each model is off where the truth is known. No bound: it is evidence, and says which models to doubt.</summary>
internal static class PlantedTruthBench
{
    private const int Journeys = 200_000;

    public static Task<bool> RunAsync(IReadOnlyList<string> args)
    {
        var planted = PlantedTruth.Draw(Journeys, seed: 1);
        Console.WriteLine($"{Journeys:N0} journeys, {planted.Paths.Total.Conversions:N0} conversions, {planted.Caused:P0} of them brought about by a channel. Shares of credit:");
        Console.WriteLine($"{"",-16}{"misplaced",10}{string.Concat(PlantedTruth.Channels.Select(channel => $"{channel.Name,15}"))}");
        Console.WriteLine($"{"truth",-16}{"",10}{Row(planted.Truth)}");
        foreach (var error in planted.Errors())
            Console.WriteLine($"{error.Model.WireName,-16}{error.Misplaced,10:P1}{Row(error.Shares)}");
        return Task.FromResult(true);
    }

    private static string Row(IReadOnlyList<double> shares) => string.Concat(shares.Select(share => $"{share,15:P1}"));
}
