using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;

namespace RevOps.Core.Ingestion.Connectors;

/// <summary>A meeting that was moved has another id at the calendar's; here it stays the booking that it was, in whatever order the calls come.</summary>
internal static class MeetingRoots
{
    /// <summary>The booking that a meeting is, followed back over every move that is known.</summary>
    public static async Task<string> RootAsync(RevOpsDb db, HookDelivery delivery, string id, CancellationToken cancel)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { id };
        while (true)
        {
            // Whoever came before the move took the meeting for a booking of its own.
            var before = await db.Set<HookDelivery>().Where(row => row.Connector == delivery.Connector && row.Subject == id && row.BookingId != null && row.BookingId != id && row.Id != delivery.Id)
                .OrderBy(row => row.RecordedAt).Select(row => row.BookingId).FirstOrDefaultAsync(cancel);
            if (before is null || !seen.Add(before))
                return id;
            id = before;
        }
    }

    /// <summary>Calls that came before the move that tells which booking they are about.</summary>
    public static async Task<IReadOnlyList<HookDelivery>> OvertakenAsync(RevOpsDb db, HookDelivery moved, CancellationToken cancel) =>
        moved.BookingId is null || moved.Subject is null || moved.BookingId == moved.Subject ? []
            : await db.Set<HookDelivery>().Where(row => row.Connector == moved.Connector && row.BookingId == moved.Subject && row.Id != moved.Id && row.Status != DeliveryStatus.Ignored).OrderBy(row => row.RecordedAt).ToListAsync(cancel);
}
