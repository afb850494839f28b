using System.Collections.Concurrent;
using RevOps.Core.Attribution.Models;

namespace RevOps.Core.Attribution.Results;

/// <summary>The intervals of one question as far as they are worked out, with what they were drawn from.</summary>
internal sealed class KnownIntervals
{
    /// <summary>They are of shares, which a few payments more hardly move: this much more or less, and they are drawn anew.</summary>
    private const double Moved = 0.05;

    /// <summary>What moved less is drawn anew once the intervals have this age, so that nobody can tell what was there when they were drawn first.</summary>
    private static readonly TimeSpan Old = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<AttributionModel, Known> known = [];
    private readonly ConcurrentDictionary<AttributionModel, TaskCompletionSource> awaited = [];

    /// <summary>Nobody will ask for them again: the answer they belong to is dropped.</summary>
    public bool IsForgotten { get; private set; }

    /// <summary>It went wrong, and would again.</summary>
    public bool HasFailed { get; private set; }

    public void Forget()
    {
        IsForgotten = true;
        TellAll();
    }

    public void Fail()
    {
        HasFailed = true;
        TellAll();
    }

    /// <summary>Ends when the model has some, or will have none.</summary>
    public Task ThereAsync(AttributionModel model)
    {
        var there = awaited.GetOrAdd(model, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
        if (known.ContainsKey(model) || IsForgotten || HasFailed)
            there.TrySetResult();
        return there.Task;
    }

    public BootstrapCredit? Of(AttributionModel model) => known.TryGetValue(model, out var found) ? found.Credit : null;

    public void Keep(BootstrapCredit credit, PathOutcome from)
    {
        known[credit.Model] = new(credit, from, TimeProvider.System.GetTimestamp());
        if (awaited.TryGetValue(credit.Model, out var there))
            there.TrySetResult();
    }

    /// <param name="model">Of which.</param>
    /// <param name="now">What all journeys come to now.</param>
    public bool IsMissing(AttributionModel model, PathOutcome now) => !known.TryGetValue(model, out var found) || HasMoved(found.From, now);

    /// <summary>There, of other journeys than now, and some minutes old.</summary>
    /// <param name="model">Of which.</param>
    /// <param name="now">What all journeys come to now.</param>
    public bool IsOld(AttributionModel model, PathOutcome now) => known.TryGetValue(model, out var found) && found.From != now && TimeProvider.System.GetElapsedTime(found.At) > Old;

    private void TellAll()
    {
        foreach (var there in awaited.Values)
            there.TrySetResult();
    }

    private static bool HasMoved(PathOutcome before, PathOutcome now) =>
        Math.Min(before.Conversions, now.Conversions) < ShareInterval.Few ? before != now
        : HasMoved(before.Conversions, now.Conversions) || HasMoved(before.Nulls, now.Nulls) || HasMoved(before.ValueMinor, now.ValueMinor);

    private static bool HasMoved(long before, long now) => Math.Abs((double)now - before) > Moved * Math.Abs((double)before);

    private sealed record Known(BootstrapCredit Credit, PathOutcome From, long At);
}
