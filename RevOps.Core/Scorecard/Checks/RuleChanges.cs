using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Platform;

namespace RevOps.Core.Scorecard.Checks;

/// <summary>On which days the score was worked out by other rules or weights than on the day before that was measured: what is stored says it, whichever program runs now.</summary>
internal static class RuleChanges
{
    public static async Task<IReadOnlyList<(DateOnly Day, int Version)>> OfAsync(RevOpsDb db, Mode mode, DateOnly from, DateOnly to, CancellationToken cancel)
    {
        var days = db.Set<ScoreDay>().Where(day => day.Mode == mode);
        var before = await days.Where(day => day.Day < from).OrderByDescending(day => day.Day).Select(day => (int?)day.RulesVersion).FirstOrDefaultAsync(cancel);
        var changes = new List<(DateOnly, int)>();
        foreach (var day in await days.Where(day => day.Day >= from && day.Day <= to).OrderBy(day => day.Day).Select(day => new { day.Day, day.RulesVersion }).ToListAsync(cancel))
        {
            // The first day that was measured at all is no change.
            if (before is { } known && known != day.RulesVersion)
                changes.Add((day.Day, day.RulesVersion));
            before = day.RulesVersion;
        }

        return changes;
    }
}
