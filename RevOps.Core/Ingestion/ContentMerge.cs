using RevOps.Core.Bookings;

namespace RevOps.Core.Ingestion;

/// <summary>
/// What a booking is after one more word about it. A move says nothing of what is sold, and new lines say nothing of when: each counts by its own
/// time, so that the order of arrival changes nothing.
/// </summary>
public static class ContentMerge
{
    /// <param name="known">As it is.</param>
    /// <param name="knownAt">When its newest part was said.</param>
    /// <param name="said">The whole of it as the event would have it.</param>
    /// <param name="at">When.</param>
    /// <param name="saysRest">The event speaks of lines, currency and terms.</param>
    /// <param name="saysSlot">The event speaks of when it takes place.</param>
    public static (BookingContent Content, DateTimeOffset At) Of(BookingContent known, DateTimeOffset knownAt, BookingContent said, DateTimeOffset at, bool saysRest, bool saysSlot)
    {
        var (restAt, slotAt) = (known.RestAt ?? knownAt, known.SlotAt ?? knownAt);
        var takesRest = saysRest && Wins(at, RestOf(said), restAt, RestOf(known));
        var takesSlot = saysSlot && Wins(at, SlotOf(said), slotAt, SlotOf(known));
        (restAt, slotAt) = (takesRest ? at : restAt, takesSlot ? at : slotAt);
        var (rest, slot, newest) = (takesRest ? said : known, takesSlot ? said : known, restAt > slotAt ? restAt : slotAt);
        var moves = known.SlotStart != slot.SlotStart;
        return (rest with
        {
            // A move alone changes no price; whoever says lines with another slot has asked for that slot's.
            SlotSince = moves ? at : known.SlotSince,
            PricedAs = !moves ? known.PricedAs : takesRest || known.SlotStart is not { } before ? null : known.PricedAs ?? new(before, known.SlotSince),
            ServiceDate = slot.ServiceDate,
            SlotStart = slot.SlotStart,
            SlotEnd = slot.SlotEnd,
            RestAt = restAt == newest ? null : restAt,
            SlotAt = slotAt == newest ? null : slotAt,
        }, newest);
    }

    /// <summary>Two words of one instant: any rule will do, as long as both orders of arrival end the same.</summary>
    private static bool Wins(DateTimeOffset at, byte[] said, DateTimeOffset knownAt, byte[] known) => at > knownAt || (at == knownAt && said.AsSpan().SequenceCompareTo(known) > 0);

    private static byte[] RestOf(BookingContent content) => (content with { ServiceDate = null, SlotStart = null, SlotEnd = null }).ComputeHash();

    private static byte[] SlotOf(BookingContent content) => new BookingContent { Currency = "", Lines = [], ServiceDate = content.ServiceDate, SlotStart = content.SlotStart, SlotEnd = content.SlotEnd }.ComputeHash();
}
