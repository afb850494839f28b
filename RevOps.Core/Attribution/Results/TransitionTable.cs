using RevOps.Core.Attribution.Models;
using RevOps.Core.Attribution.Snapshots;

namespace RevOps.Core.Attribution.Results;

/// <summary>The chain of order 1, as a table with names.</summary>
internal static class TransitionTable
{
    /// <summary>Null without a journey.</summary>
    public static TransitionReport? Of(Asked asked)
    {
        if (asked.Figures.Of(AttributionModel.Markov1).Chain?.Transitions is not { } matrix)
            return null;
        int[] seen = [.. Enumerable.Range(0, matrix.Start.Count).Where(channel => matrix.Start[channel] > 0 || matrix.Between.Any(row => row[channel] > 0))];
        IReadOnlyList<double> Next(IReadOnlyList<double> row) => [.. seen.Select(channel => row[channel])];
        return new(asked.Basis, [.. seen.Select(Name)],
            [new(null, Next(matrix.Start), 0, 0), .. seen.Select(channel => new TransitionRow(Name(channel), Next(matrix.Between[channel]), matrix.ToConversion[channel], matrix.ToNull[channel]))]);
    }

    private static string Name(int channel) => ChannelNumber.NameOf((byte)channel);
}
