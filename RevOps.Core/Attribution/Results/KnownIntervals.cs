using System.Collections.Concurrent;
using RevOps.Core.Attribution.Models;

namespace RevOps.Core.Attribution.Results;

/// <summary>The intervals of one question as far as they are worked out, with what they were drawn from.</summary>
internal sealed class KnownIntervals
{
    /// <summary>They are of shares, which a few payments more hardly move: this much more or less, and they are drawn anew.</summary>
    private const double Moved = 0.05;

    private readonly ConcurrentDictionary<AttributionModel, Known> known = [];

    /// <summary>Nobody will ask for them again: the answer they belong to is dropped.</summary>
    public bool IsForgotten { get; private set; }

    /// <summary>It went wrong, and would again.</summary>
    public bool HasFailed { get; set; }

    public void Forget() => IsForgotten = true;

    public BootstrapCredit? Of(AttributionModel model) => known.TryGetValue(model, out var found) ? found.Credit : null;

    public void Keep(BootstrapCredit credit, PathOutcome from) => known[credit.Model] = new(credit, from);

    /// <param name="model">Of which.</param>
    /// <param name="now">What all journeys come to now.</param>
    public bool IsMissing(AttributionModel model, PathOutcome now) => !known.TryGetValue(model, out var found) || HasMoved(found.From, now);

    private static bool HasMoved(PathOutcome before, PathOutcome now) =>
        Math.Min(before.Conversions, now.Conversions) < ShareInterval.Few ? before != now
        : HasMoved(before.Conversions, now.Conversions) || HasMoved(before.Nulls, now.Nulls) || HasMoved(before.ValueMinor, now.ValueMinor);

    private static bool HasMoved(long before, long now) => Math.Abs((double)now - before) > Moved * Math.Abs((double)before);

    private sealed record Known(BootstrapCredit Credit, PathOutcome From);
}
