using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;

namespace RevOps.Core.Attribution.Snapshots;

/// <summary>What is stored of everybody's journeys.</summary>
public static class JourneyBlocks
{
    /// <summary>Takes people out of every block, in the caller's work: no id of theirs stands in any afterwards.</summary>
    public static async Task ForgetAsync(RevOpsDb db, IReadOnlyCollection<Guid> people, CancellationToken cancel)
    {
        if (people.Count == 0)
            return;
        var gone = people.ToHashSet();
        var signs = people.Select(id => id.ToByteArray()).ToList();
        foreach (var id in await db.Set<JourneyBlock>().OrderBy(block => block.Id).Select(block => block.Id).ToListAsync(cancel))
        {
            // One at a time: all of them are a snapshot.
            var content = await db.Set<JourneyBlock>().Where(block => block.Id == id).Select(block => block.Content).SingleOrDefaultAsync(cancel);
            if (content is null || !signs.Exists(sign => content.AsSpan().IndexOf(sign) >= 0))
                continue;
            var block = await db.Set<JourneyBlock>().SingleAsync(row => row.Id == id, cancel);
            var snapshot = await db.Set<AttributionSnapshot>().SingleAsync(row => row.Id == block.SnapshotId, cancel);
            snapshot.Erasures++;
            block.Content = BlockFormat.Write([.. BlockFormat.Read(content).Where(person => !gone.Contains(person.Id))]);
        }
    }
}
