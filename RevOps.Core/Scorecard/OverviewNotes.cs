using RevOps.Core.Platform;
using RevOps.Core.Platform.Live;
using RevOps.Core.Scorecard.Notes;

namespace RevOps.Core.Scorecard;

/// <summary>What happened meanwhile, for the courses of the Overview: read once for everybody who looks at the same days.</summary>
public sealed class OverviewNotes
{
    private readonly SharedRead<Period, IReadOnlyList<AnnotationView>> notes;

    public OverviewNotes(Annotations annotations, ChangeFeed feed) =>
        notes = new(feed, [nameof(Annotation)], period => annotations.OfAsync(AnnotationTopic.Management, period.From, period.To, CancellationToken.None)) { KeepsEqual = true };

    /// <summary>Of all topics, the oldest first; the same object as before while nothing has changed.</summary>
    /// <param name="period">Its days.</param>
    /// <param name="mayBeOld">Notes of this age will do.</param>
    public Task<IReadOnlyList<AnnotationView>> OfAsync(Period period, TimeSpan mayBeOld) => notes.OfAsync(period, mayBeOld);
}
