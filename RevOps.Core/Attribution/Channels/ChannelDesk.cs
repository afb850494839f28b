using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Data;
using RevOps.Core.Identity;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Core.Attribution.Channels;

/// <summary>How a click on Save ended.</summary>
public enum ChannelResult
{
    Done = 0,

    /// <summary>The rules in force say so already, from the same day on.</summary>
    NothingNew = 1,

    /// <summary>The role was withdrawn, or the session ended, since the page was opened.</summary>
    NotAllowed = 2,

    /// <summary>A rule is incomplete.</summary>
    Wrong = 3,

    /// <summary>Somebody saved another version meanwhile.</summary>
    Overtaken = 4,
}

/// <summary>Saves a version of the channel rules: for Marketing, asked again at the click. Touches that are there are decided again by a job.</summary>
public sealed class ChannelDesk(IDbContextFactory<RevOpsDb> databases, ChannelBook book, CompanyProfile company, AuditTrail audit, TwoFactorRule rule, TimeProvider clock)
{
    /// <param name="rules">In order.</param>
    /// <param name="from">Touches from this day of the company on; null for all.</param>
    /// <param name="basis">The version that was changed.</param>
    /// <param name="who">Who clicked.</param>
    /// <param name="cancel">Ends the saving.</param>
    public async Task<ChannelResult> SaveAsync(IReadOnlyList<ChannelRule> rules, DateOnly? from, Guid basis, Approver who, CancellationToken cancel)
    {
        if (rules.Count > ChannelRules.Most || rules.Any(one => ChannelRules.ProblemOf(one) is not null))
            return ChannelResult.Wrong;
        var start = from is { } day ? (await company.CurrentAsync(cancel)).StartOf(day) : DateTimeOffset.UnixEpoch;
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        if (!await who.HoldsAsync(db, Roles.Marketing, rule, cancel))
            return ChannelResult.NotAllowed;
        var (last, json) = (await db.Set<ChannelRuleSet>().AsNoTracking().OrderByDescending(set => set.Number).FirstAsync(cancel), ChannelRules.Write(rules));
        if (last.Id != basis)
            return ChannelResult.Overtaken;
        if (last.RulesJson == json && last.ValidFrom == start)
            return ChannelResult.NothingNew;

        var next = new ChannelRuleSet
        {
            Id = Guid.CreateVersion7(),
            Number = last.Number + 1,
            ValidFrom = start,
            EnteredAt = clock.GetUtcNow(),
            EnteredBy = who.Actor,
            RulesJson = json,
            Touches = await db.Set<Touch>().CountAsync(touch => touch.OccurredAt >= start, cancel),
        };
        db.Add(next);
        db.Enqueue<RedecideTouches>(next.Id.ToString(), next.EnteredAt, lane: RedecideTouches.Lane);
        await audit.WriteAsync(db, new(who.Actor, "channelRules.changed", nameof(ChannelRuleSet), next.Id.ToString())
        {
            Before = new { last.Number, Rules = last.Rules.Count, last.ValidFrom },
            After = new { next.Number, Rules = rules.Count, next.ValidFrom, next.Touches },
        }, cancel);
        await db.SaveChangesAsync(cancel);
        return ChannelResult.Done;
    }

    public async Task<IReadOnlyList<ChannelRuleSet>> HistoryAsync(CancellationToken cancel = default) => (await book.CurrentAsync(cancel)).Sets;
}
