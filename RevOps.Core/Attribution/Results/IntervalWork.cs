using Microsoft.Extensions.Logging;
using RevOps.Core.Attribution.Models;
using RevOps.Core.Attribution.Snapshots;
using RevOps.Core.Platform.Live;

namespace RevOps.Core.Attribution.Results;

/// <summary>
/// Works intervals out behind the pages, one question after the other, what was asked last first: a page shows what is there and draws itself again
/// when more is.
/// </summary>
internal sealed class IntervalWork(ChangeFeed feed, ILogger<IntervalWork> log) : IDisposable
{
    private const int Replicates = 1_000;

    /// <summary>Whoever still looks at one that waited longer than so many others asks again.</summary>
    private const int MostWaiting = 8;

    // Pages are drawn meanwhile.
    private static readonly int Cores = Math.Max(1, Environment.ProcessorCount / 2);

    private static readonly IReadOnlyList<AttributionModel> Drawn = [.. AttributionModels.All.Where(model => model.IsAdditive)];

    private readonly Lock gate = new();
    private readonly List<Work> waiting = [];
    private readonly CancellationTokenSource ended = new();
    private Work? going;

    /// <summary>True while some are missing.</summary>
    public bool IsPending(Asked asked)
    {
        var known = asked.Intervals;
        if (asked.Set.Conversions == 0 || known.HasFailed)
            return false;
        var from = asked.Set.Paths.Total with { ValueMinor = asked.Set.ValueMinor };
        var missing = Drawn.Where(model => known.IsMissing(model, from)).OrderBy(model => model != asked.Question.Model).ThenBy(model => model.Order).ToList();
        var isPending = missing.Count > 0;
        if (!isPending)
            missing = [.. Drawn.Where(model => known.IsOld(model, from))];
        if (missing.Count > 0)
            Take(new(known, asked.Set, from, missing));
        return isPending;
    }

    public void Dispose()
    {
        ended.Cancel();
        ended.Dispose();
    }

    private void Take(Work asked)
    {
        lock (gate)
        {
            if (ReferenceEquals(going?.Known, asked.Known))
                return;
            waiting.RemoveAll(work => ReferenceEquals(work.Known, asked.Known) || work.Known.IsForgotten);
            waiting.Add(asked);
            if (waiting.Count > MostWaiting)
                waiting.RemoveAt(0);
            if (going is not null)
                return;
            going = waiting[^1];
            waiting.RemoveAt(waiting.Count - 1);
            _ = Task.Run(() => WorkAll(ended.Token));
        }
    }

    private void WorkAll(CancellationToken end)
    {
        for (var work = going; work is not null && !end.IsCancellationRequested;)
        {
            WorkOne(work, end);
            lock (gate)
            {
                work = going = waiting.LastOrDefault();
                if (work is not null)
                    waiting.RemoveAt(waiting.Count - 1);
            }

            feed.Publish(nameof(AttributionSnapshot));
        }
    }

    private void WorkOne(Work work, CancellationToken end)
    {
        try
        {
            // Money of older sales may have come by ways that nobody took in the period.
            var paths = work.Set.Paths.With(work.Set.Credited.Where(journey => journey.Conversions == 0).Select(journey => journey.Path.ToArray()));
            var money = MoneyOf(work.Set, paths);
            foreach (var model in work.Missing.TakeWhile(_ => !work.Known.IsForgotten))
                work.Known.Keep(BootstrapCredit.Of(paths, model, ChannelNumber.Direct, Replicates, cores: Cores, credits: model == AttributionModel.TimeDecay ? CreditsOf(work.Set, paths, model) : null, money: money, cancel: end), work.From);
        }
        catch (OperationCanceledException)
        {
            // The app ends.
        }
#pragma warning disable CA1031 // Nobody waits for it: a page without intervals is a page still, and drawn again for them it would ask again.
        catch (Exception error)
#pragma warning restore CA1031
        {
            work.Known.Fail();
            log.LogError(error, "The intervals of {Conversions} conversions could not be worked out", work.From.Conversions);
        }
    }

    private static PathMoney MoneyOf(JourneySet set, PathTable paths)
    {
        var money = new PathMoney(paths);
        foreach (var journey in set.Credited)
            money.Add(journey.Path, new(journey.Conversions, 0, journey.ValueMinor));
        return money;
    }

    /// <summary>Paths know the order of touches but not their days; journeys know both.</summary>
    private static PathCredit CreditsOf(JourneySet set, PathTable paths, AttributionModel model)
    {
        var (credits, weights) = (new PathCredit(paths), Array.Empty<double>());
        foreach (var journey in set.Credited)
        {
            if (weights.Length < journey.Length)
                weights = new double[journey.Length * 2];
            var own = weights.AsSpan(0, journey.Length);
            JourneySplit.Weigh(journey, model, [], own);
            credits.Add(journey.Path, own, new(journey.Conversions, 0, journey.ValueMinor));
        }

        return credits;
    }

    private sealed record Work(KnownIntervals Known, JourneySet Set, PathOutcome From, IReadOnlyList<AttributionModel> Missing);
}
