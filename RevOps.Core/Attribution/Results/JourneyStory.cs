using RevOps.Core.Attribution.Models;
using RevOps.Core.Attribution.Snapshots;

namespace RevOps.Core.Attribution.Results;

/// <summary>One journey with all its steps.</summary>
internal static class JourneyStory
{
    /// <summary>Null where no conversion of the period has this id.</summary>
    public static JourneyDetail? Of(Asked asked, string id)
    {
        var journey = asked.Set.Credited.Concat(asked.Set.Unattributed).FirstOrDefault(one => OpenedTables.IdOf(asked, one) == id);
        return journey is null ? null : new()
        {
            Basis = asked.Basis,
            Id = id,
            PersonId = journey.PersonId,
            ConvertedAt = new(journey.End, TimeSpan.Zero),
            ValueMinor = asked.Minor(journey.ValueMinor),
            IsAdditive = asked.Question.Model.IsAdditive,
            SubjectId = asked.Figures.HasMoney ? journey.SubjectId : null,
            Reason = journey.Reason,
            Steps = [.. StepsOf(asked, journey).OrderBy(step => step.At).ThenBy(step => step.Kind)],
        };
    }

    private static List<JourneyStep> StepsOf(Asked asked, Journey journey)
    {
        var steps = new List<JourneyStep>();
        if (journey.Book is not { } book)
            return steps;
        var (weights, cents) = Split(asked, journey);
        var (from, to) = book.TouchesOf(journey.Person);
        for (var touch = from; touch < to; touch++)
        {
            var (source, inside) = (book.SourceOf(touch), touch >= journey.From && touch < journey.To);
            steps.Add(new(new(book.TouchedAt(touch), TimeSpan.Zero), StepKind.Touch, source.Channel, source.Platform, source.Campaign ?? source.CampaignId,
                inside ? weights[touch - journey.From] : null, inside ? asked.Minor(cents[touch - journey.From]) : null));
        }

        foreach (var mark in book.MarksOf(journey.Person))
        {
            // Test money is no step to real money.
            if (mark.Kind is MarkKind.Booking or MarkKind.Sale && mark.Mode != asked.Mode)
                continue;
            steps.Add(new(new(mark.Ticks, TimeSpan.Zero), KindOf(mark.Kind), null, null, null, null, null));
        }

        return steps;
    }

    private static (double[] Weights, long[] Cents) Split(Asked asked, Journey journey)
    {
        var (totals, weights, cents) = (asked.Figures.Of(asked.Question.Model), new double[journey.Length], new long[journey.Length]);
        if (journey.Length == 0)
            return (weights, cents);
        JourneySplit.Weigh(journey, totals.Model, totals.Weights, weights);
        JourneySplit.Money(journey, totals.Model, weights, cents);
        return (weights, cents);
    }

    private static StepKind KindOf(MarkKind kind) => kind switch
    {
        MarkKind.Voice => StepKind.Voice,
        MarkKind.Lead => StepKind.Lead,
        MarkKind.Qualified => StepKind.Qualified,
        MarkKind.Booking => StepKind.Booking,
        _ => StepKind.Sale,
    };
}
