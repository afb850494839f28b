using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Data;
using RevOps.Core.Identity;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Audit;

namespace RevOps.Core.Scorecard.Alerts;

/// <summary>Sets rules, and puts alerts off until a day. Who did it and why is audited.</summary>
public sealed class AlertDesk(IDbContextFactory<RevOpsDb> databases, CompanyProfile company, TwoFactorRule obligation, AuditTrail audit, TimeProvider clock)
{
    public const int LongestReason = 300;

    /// <summary>After this somebody must look again.</summary>
    public const int LongestSnooze = 90;

    /// <param name="id">Of the rule to change; a new one where there is none.</param>
    /// <param name="entry">See <see cref="NewAlertRule.IsValid"/>.</param>
    /// <param name="by">Management or an administrator.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <returns>False when whoever asks may not.</returns>
    /// <exception cref="ArgumentException">It is not valid, or the rule is of another figure.</exception>
    public async Task<bool> SaveAsync(Guid id, NewAlertRule entry, Approver by, CancellationToken cancel)
    {
        if (!entry.IsValid)
            throw new ArgumentException("Nobody is told, nothing is watched, or it ends before it begins.", nameof(entry));
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (!await MayRuleAsync(db, by, cancel))
            return false;
        await db.BeginWorkAsync(cancel);
        var rule = await db.Set<AlertRule>().FindAsync([id], cancel);
        if (rule is not null && rule.Figure != entry.Figure)
            throw new ArgumentException("A rule stays with its figure.", nameof(entry));
        var before = rule is null ? null : Said(rule);
        if (rule is null)
            db.Add(rule = new() { Id = id, Figure = entry.Figure, IsAbove = entry.IsAbove, Threshold = 0, BackAt = 0, Roles = entry.Roles, UserId = by.UserId, RecordedAt = TimeProvider.System.GetUtcNow() });
        (rule.IsAbove, rule.Threshold, rule.BackAt, rule.Roles) = (entry.IsAbove, entry.Threshold, entry.BackAt, entry.Roles);

        // What it told by its old words is over; the next look says whether the new ones hold.
        if (before is not null)
            await CloseAsync(db, id, cancel);
        await audit.WriteAsync(db, new(by.Actor, "alertRule.saved", nameof(AlertRule), id.ToString()) { Before = before, After = Said(rule) }, cancel);
        await db.SaveChangesAsync(cancel);
        return true;
    }

    /// <summary>False when whoever asks may not. One that is gone already is gone; what it told is over with it.</summary>
    public async Task<bool> RemoveAsync(Guid id, Approver by, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (!await MayRuleAsync(db, by, cancel))
            return false;
        await db.BeginWorkAsync(cancel);
        if (await db.Set<AlertRule>().FindAsync([id], cancel) is not { } rule)
            return true;
        db.Remove(rule);
        await CloseAsync(db, id, cancel);
        await audit.WriteAsync(db, new(by.Actor, "alertRule.removed", nameof(AlertRule), id.ToString()) { Before = Said(rule) }, cancel);
        await db.SaveChangesAsync(cancel);
        return true;
    }

    /// <summary>Shown again on that day, and told again at once should it end and come back.</summary>
    /// <param name="id">Of the alert.</param>
    /// <param name="until">Within the next <see cref="LongestSnooze"/> days; null: shown again now.</param>
    /// <param name="reason">Why; not needed to show it again.</param>
    /// <param name="by">Somebody whom it concerns.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <returns>False when whoever asks may not, or it is over.</returns>
    /// <exception cref="ArgumentException">No reason or too long a one, or a day out of reach.</exception>
    public async Task<bool> SnoozeAsync(Guid id, DateOnly? until, string reason, Approver by, CancellationToken cancel)
    {
        var today = (await company.CurrentAsync(cancel)).DayOf(clock.GetUtcNow());
        if (until is { } day)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(reason);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(reason.Trim().Length, LongestReason);
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(day, today);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(day, today.AddDays(LongestSnooze));
        }

        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        if (await db.Set<Alert>().FindAsync([id], cancel) is not { ClosedAt: null } alert || !await HoldsOneAsync(db, alert.Roles, by, cancel))
            return false;
        var before = new { alert.SnoozedUntil, alert.SnoozeReason };
        (alert.SnoozedUntil, alert.SnoozedBy, alert.SnoozeReason) = until is null ? (null, null, null) : (until, (Guid?)by.UserId, reason.Trim());
        await audit.WriteAsync(db, new(by.Actor, until is null ? "alert.woken" : "alert.snoozed", nameof(Alert), id.ToString()) { Before = before, After = new { alert.SnoozedUntil, alert.SnoozeReason } }, cancel);
        await db.SaveChangesAsync(cancel);
        return true;
    }

    private async Task CloseAsync(RevOpsDb db, Guid ruleId, CancellationToken cancel)
    {
        if (await db.Set<Alert>().SingleOrDefaultAsync(alert => alert.RuleId == ruleId && alert.OpenKey != null, cancel) is { } open)
            (open.ClosedAt, open.OpenKey) = (clock.GetUtcNow(), null);
    }

    private Task<bool> MayRuleAsync(RevOpsDb db, Approver by, CancellationToken cancel) => HoldsOneAsync(db, AlertRoles.Management | AlertRoles.Admin, by, cancel);

    private async Task<bool> HoldsOneAsync(RevOpsDb db, AlertRoles roles, Approver by, CancellationToken cancel)
    {
        foreach (var role in roles.Names())
        {
            if (await by.HoldsAsync(db, role, obligation, cancel))
                return true;
        }

        return false;
    }

    private static object Said(AlertRule rule) => new { rule.Figure, rule.IsAbove, rule.Threshold, rule.BackAt, rule.Roles };
}
