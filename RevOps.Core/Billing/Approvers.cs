using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Identity;

namespace RevOps.Core.Billing;

/// <summary>Who clicked, as the page knew them when it was opened.</summary>
/// <param name="SecurityStamp">Changes with password, roles and sign-out everywhere; null is never accepted.</param>
/// <param name="SessionId">The sign-in that the page belongs to; it must not have ended.</param>
public sealed record Approver(Guid UserId, string? SecurityStamp, Guid? SessionId = null)
{
    public string Actor => $"user:{UserId}";

    /// <summary>
    /// Asked at the click and not when the page was opened, since a circuit may live for hours: Finance, the same session, and the second
    /// factor where the rule asks for one.
    /// </summary>
    public Task<bool> MayDecideAsync(RevOpsDb db, TwoFactorRule rule, CancellationToken cancel) => HoldsAsync(db, Roles.Finance, rule, cancel);

    /// <summary>The same of whoever sets how the company bills and who approves what: Admin instead of Finance.</summary>
    public Task<bool> MayAdministerAsync(RevOpsDb db, TwoFactorRule rule, CancellationToken cancel) => HoldsAsync(db, Roles.Admin, rule, cancel);

    /// <summary>The same of any role.</summary>
    public async Task<bool> HoldsAsync(RevOpsDb db, string wanted, TwoFactorRule rule, CancellationToken cancel)
    {
        var now = TimeProvider.System.GetUtcNow();
        if (SecurityStamp is null || !await db.Set<User>().AnyAsync(user => user.Id == UserId && user.SecurityStamp == SecurityStamp && (user.LockoutEnd == null || user.LockoutEnd < now), cancel))
            return false;

        var roles = await (from held in db.Set<IdentityUserRole<Guid>>()
                           join role in db.Set<Role>() on held.RoleId equals role.Id
                           where held.UserId == UserId
                           select role.Name!).ToListAsync(cancel);
        return roles.Contains(wanted) && await SessionCountsAsync(db, mustBeStrong: rule.Covers(roles), now, cancel);
    }

    private async Task<bool> SessionCountsAsync(RevOpsDb db, bool mustBeStrong, DateTimeOffset now, CancellationToken cancel)
    {
        if (SessionId is null)
            return !mustBeStrong;
        return await db.Set<Session>().AnyAsync(session => session.Id == SessionId && session.UserId == UserId && session.EndedAt == null && session.ExpiresAt > now
            && (session.IsStrong || !mustBeStrong), cancel);
    }
}
