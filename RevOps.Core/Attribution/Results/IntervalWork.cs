using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using RevOps.Core.Attribution.Models;
using RevOps.Core.Attribution.Snapshots;
using RevOps.Core.Platform.Live;

namespace RevOps.Core.Attribution.Results;

/// <summary>Works intervals out behind the pages, one question after the other: a page shows what is there and draws itself again when more is.</summary>
internal sealed class IntervalWork(ChangeFeed feed, ILogger<IntervalWork> log)
{
    private const int Replicates = 1_000;

    /// <summary>A chain of higher order has thousands of states, each draw solved anew.</summary>
    private const int ReplicatesOfHigh = 200;

    private const int High = 3;
    // False: it failed, and would again.
    private readonly ConcurrentDictionary<object, bool> working = new(ReferenceEqualityComparer.Instance);
    private readonly SemaphoreSlim turn = new(1, 1);

    /// <summary>True while some are missing.</summary>
    public bool IsPending(Asked asked)
    {
        var missing = AttributionModels.All.Where(model => model.IsAdditive && !asked.Intervals.ContainsKey(model)).ToList();
        if (missing.Count == 0 || asked.Set.Conversions == 0 || (working.TryGetValue(asked.Intervals, out var goes) && !goes))
            return false;
        if (working.TryAdd(asked.Intervals, true))
            _ = Task.Run(() => WorkAsync(asked.Set.Paths, asked.Intervals, [.. missing.OrderBy(model => model != asked.Question.Model).ThenBy(model => model.Order)]));
        return true;
    }

    private async Task WorkAsync(PathTable paths, ConcurrentDictionary<AttributionModel, BootstrapCredit> known, List<AttributionModel> missing)
    {
        await turn.WaitAsync();
        try
        {
            foreach (var model in missing)
                known[model] = BootstrapCredit.Of(paths, model, ChannelNumber.Direct, model.Order >= High ? ReplicatesOfHigh : Replicates);
            working.TryRemove(known, out _);
        }
#pragma warning disable CA1031 // Nobody waits for it: a page without intervals is a page still, and drawn again for them it would ask again.
        catch (Exception error)
#pragma warning restore CA1031
        {
            working[known] = false;
            log.LogError(error, "The intervals of {Conversions} conversions could not be worked out", paths.Attributed.Conversions);
        }
        finally
        {
            turn.Release();
            feed.Publish(nameof(AttributionSnapshot));
        }
    }
}
