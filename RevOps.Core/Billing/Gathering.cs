using Microsoft.EntityFrameworkCore;
using RevOps.Core.Bookings;
using RevOps.Core.Data;
using RevOps.Core.Identity;
using RevOps.Core.Platform.Audit;

namespace RevOps.Core.Billing;

/// <summary>Which bookings of a customer share an invoice, where the customer has no rule of their own: read, and changed from now on.</summary>
public sealed class Gathering(IDbContextFactory<RevOpsDb> databases, AuditTrail audit, TwoFactorRule obligation, TimeProvider clock)
{
    public async Task<GatherRule> CurrentAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return (await BillingRules.CurrentAsync(db, cancel)).Gather;
    }

    /// <summary>A new version for bookings that come from now on; nothing new when it says what is in force already.</summary>
    public async Task<SettingChange> SaveAsync(GatherRule gather, Approver approver, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        if (!await approver.MayAdministerAsync(db, obligation, cancel))
            return SettingChange.NotAllowed;
        var (last, now) = (await BillingRules.CurrentAsync(db, cancel), clock.GetUtcNow());
        if (last.Gather == gather)
            return SettingChange.NothingNew;

        var rules = new BillingRules { Id = Guid.CreateVersion7(), ValidFrom = now > last.ValidFrom ? now : last.ValidFrom.AddTicks(1), Gather = gather, ShadowMode = last.ShadowMode, UserId = approver.UserId };
        db.Add(rules);
        await audit.WriteAsync(db, new(approver.Actor, "billingRules.changed", nameof(BillingRules), rules.Id.ToString()) { Before = new { last.Gather }, After = new { rules.Gather } }, cancel);
        await db.SaveChangesAsync(cancel);
        return SettingChange.Done;
    }
}
