using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Platform.Audit;

namespace RevOps.Core.Attribution;

/// <summary>Reads and changes what makes a qualified lead. A conversation keeps the rule of the day on which it began.</summary>
public sealed class BantRules(IDbContextFactory<RevOpsDb> databases, AuditTrail audit, TimeProvider clock)
{
    public const int Most = 4;

    private static readonly TimeSpan LookBack = TimeSpan.FromDays(30);

    /// <summary>Newest first; the first is in force.</summary>
    public async Task<IReadOnlyList<BantRule>> HistoryAsync(CancellationToken cancel = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Set<BantRule>().AsNoTracking().OrderByDescending(rule => rule.ValidFrom).ToListAsync(cancel);
    }

    /// <summary>How many conversations of the last 30 days the rule in force would qualify, and how many another one would.</summary>
    public async Task<BantPreview> PreviewAsync(int leastMet, IReadOnlyCollection<VoiceOutcome> excluded, CancellationToken cancel = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var draft = new BantRule { Id = Guid.Empty, ValidFrom = clock.GetUtcNow(), LeastMet = leastMet, Excluded = BantRule.Join(excluded) };
        var since = clock.GetUtcNow() - LookBack;
        var groups = await db.Set<VoiceSession>().Where(session => session.StartedAt >= since)
            .GroupBy(session => new
            {
                session.Outcome,
                Met = (session.Budget == true ? 1 : 0) + (session.Authority == true ? 1 : 0) + (session.Need == true ? 1 : 0) + (session.Timeline == true ? 1 : 0),
            })
            .Select(group => new { group.Key.Outcome, group.Key.Met, Count = group.Count() }).ToListAsync(cancel);
        var current = await NewestAsync(db, cancel);
        return new(
            groups.Sum(group => group.Count),
            groups.Where(group => current.Qualifies(group.Outcome, group.Met)).Sum(group => group.Count),
            groups.Where(group => draft.Qualifies(group.Outcome, group.Met)).Sum(group => group.Count));
    }

    /// <summary>A new version for conversations that begin from now on; false when it says what is in force already.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one or more than four.</exception>
    public async Task<bool> SaveAsync(int leastMet, IReadOnlyCollection<VoiceOutcome> excluded, string actor, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(leastMet, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(leastMet, Most);
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        var (last, joined, now) = (await NewestAsync(db, cancel), BantRule.Join(excluded), clock.GetUtcNow());
        if (last.LeastMet == leastMet && last.Excluded == joined)
            return false;

        var rule = new BantRule { Id = Guid.CreateVersion7(), ValidFrom = now > last.ValidFrom ? now : last.ValidFrom.AddTicks(1), LeastMet = leastMet, Excluded = joined, EnteredBy = actor };
        db.Add(rule);
        await audit.WriteAsync(db, new(actor, "bantRule.changed", nameof(BantRule), rule.Id.ToString()) { Before = new { last.LeastMet, last.Excluded }, After = new { rule.LeastMet, rule.Excluded } }, cancel);
        await db.SaveChangesAsync(cancel);
        return true;
    }

    private static Task<BantRule> NewestAsync(RevOpsDb db, CancellationToken cancel) => db.Set<BantRule>().AsNoTracking().OrderByDescending(rule => rule.ValidFrom).FirstAsync(cancel);
}

/// <param name="Sessions">Conversations of the last 30 days.</param>
/// <param name="Now">Qualified by the rule in force.</param>
/// <param name="Then">Qualified by the other.</param>
public sealed record BantPreview(int Sessions, int Now, int Then);
