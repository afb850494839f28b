using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Identity;
using RevOps.Core.Platform.Audit;

namespace RevOps.Core.Billing;

/// <summary>Only comparing: while it is on, sales that come in are worked out and laid beside what another program invoices, and nothing is made at Stripe.</summary>
public sealed class ShadowMode(IDbContextFactory<RevOpsDb> databases, AuditTrail audit, TwoFactorRule obligation, TimeProvider clock)
{
    /// <summary>Whether it is on, and since when the present choice holds; null where nobody has made one.</summary>
    public async Task<(bool IsOn, DateTimeOffset? Since)> CurrentAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var rules = await BillingRules.CurrentAsync(db, cancel);
        return (rules.ShadowMode, rules.ValidFrom == default ? null : rules.ValidFrom);
    }

    /// <summary>For sales that come in from now on.</summary>
    public async Task<SettingChange> SetAsync(bool isOn, Approver approver, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        if (!await approver.MayAdministerAsync(db, obligation, cancel))
            return SettingChange.NotAllowed;
        var (last, now) = (await BillingRules.CurrentAsync(db, cancel), clock.GetUtcNow());
        if (last.ShadowMode == isOn)
            return SettingChange.NothingNew;
        var rules = new BillingRules { Id = Guid.CreateVersion7(), ValidFrom = now > last.ValidFrom ? now : last.ValidFrom.AddTicks(1), Gather = last.Gather, ShadowMode = isOn, UserId = approver.UserId };
        db.Add(rules);
        await audit.WriteAsync(db, new(approver.Actor, "billingRules.shadowSet", nameof(BillingRules), rules.Id.ToString()) { Before = new { last.ShadowMode }, After = new { rules.ShadowMode } }, cancel);
        await db.SaveChangesAsync(cancel);
        return SettingChange.Done;
    }
}
