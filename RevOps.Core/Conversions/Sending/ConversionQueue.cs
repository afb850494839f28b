using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Core.Conversions.Sending;

/// <summary>
/// Asks for the conversions of a platform to be sent. The conversions themselves are the queue (<see cref="Conversion.DueAt"/>); one row
/// of the outbox per platform stands for all that wait, however many they are.
/// </summary>
public static class ConversionQueue
{
    /// <summary>Two senders of one platform would take the same conversions.</summary>
    public static string LaneOf(AdPlatform platform) => $"conversions:{platform}";

    /// <summary>To be called in the transaction that makes a conversion due.</summary>
    /// <param name="db">The transaction's.</param>
    /// <param name="platform">Whose.</param>
    /// <param name="due">When on the business clock.</param>
    /// <param name="cancel">Ends the asking.</param>
    public static async Task AskAsync(RevOpsDb db, AdPlatform platform, DateTimeOffset due, CancellationToken cancel)
    {
        var argument = platform.ToString();
        if (db.Set<OutboxRow>().Local.Any(row => row is { Job: nameof(SendConversions), State: OutboxState.Waiting } && row.Argument == argument && row.NotBefore <= due))
            return;

        // Written and not only looked at: whoever takes the row just now does so after this transaction, and then finds what it brings.
        // A row that waits because the platform failed is not overtaken, or nobody would ever be given time.
        var asked = await db.WriteAsync(() => WaitingFor(db, platform).Where(row => row.NotBefore <= due || (row.LastError != null && !row.Held))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.State, OutboxState.Waiting), cancel), cancel);
        if (asked == 0)
            db.Enqueue<SendConversions>(argument, due, key: $"{argument}/{Guid.CreateVersion7()}", lane: LaneOf(platform));
    }

    internal static IQueryable<OutboxRow> WaitingFor(RevOpsDb db, AdPlatform platform)
    {
        var argument = platform.ToString();
        return db.Set<OutboxRow>().Where(row => row.State == OutboxState.Waiting && row.Job == nameof(SendConversions) && row.Argument == argument);
    }
}
