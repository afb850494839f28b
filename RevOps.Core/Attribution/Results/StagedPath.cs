using RevOps.Core.Attribution.Snapshots;
using RevOps.Core.Platform;

namespace RevOps.Core.Attribution.Results;

/// <summary>
/// A path with the conversations and bookings that stood between its touches, and between the last one and the end. It is how a path is shown
/// where that is asked: models see the touches alone, and all credit goes to them.
/// </summary>
internal static class StagedPath
{
    public const string Voice = "voice", Booking = "booking";

    private static readonly byte VoiceStep = (byte)ChannelNumber.Count;
    private static readonly byte BookingStep = (byte)(ChannelNumber.Count + 1);

    /// <summary>Of a channel, or of a stage.</summary>
    public static string NameOf(byte step) => step == VoiceStep ? Voice : step == BookingStep ? Booking : ChannelNumber.NameOf(step);

    /// <summary>What the journey ended in is no step of it.</summary>
    public static byte[] Of(Journey journey, Mode mode) => journey.Length == 0 ? [] : Of(journey.Book!, journey.Person, (journey.From, journey.To), journey.End, mode, journey.SubjectId);

    /// <summary>What followed within the look-back, until they came again, belongs to it.</summary>
    public static byte[] Of(NullJourney journey, JourneyCut cut)
    {
        var (book, until) = (journey.Book, journey.Book.TouchedAt(journey.To - 1) + cut.LookBack);
        if (journey.To < book.TouchesOf(journey.Person).To)
            until = Math.Min(until, book.TouchedAt(journey.To) - 1);
        return Of(book, journey.Person, (journey.From, journey.To), until, cut.Mode, Guid.Empty);
    }

    private static byte[] Of(JourneyBook book, int person, (int From, int To) touches, long until, Mode mode, Guid end)
    {
        var (path, touch, first) = (new List<byte>(), touches.From, book.TouchedAt(touches.From));
        var channels = book.PathOf(touches.From, touches.To);
        foreach (var mark in book.MarksOf(person))
        {
            if (mark.Ticks < first || mark.Ticks > until || mark.SubjectId == end || !(mark.Kind == MarkKind.Voice || (mark.Kind == MarkKind.Booking && mark.Mode == mode)))
                continue;
            for (; touch < touches.To && book.TouchedAt(touch) <= mark.Ticks; touch++)
                path.Add(channels[touch - touches.From]);
            path.Add(mark.Kind == MarkKind.Voice ? VoiceStep : BookingStep);
        }

        path.AddRange(channels[(touch - touches.From)..]);
        return [.. path];
    }
}
