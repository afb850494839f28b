using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Mail;

namespace RevOps.Core.Identity;

/// <summary>
/// What administrators do with accounts, one audited commit each. An administrator alone never approves money: nobody gives Finance to an
/// account that they could open themselves. That is their own, one whose link they were shown, and one whose link was shown to such an
/// account. The link of somebody who approves money is therefore shown to nobody: it goes to the mailbox.
/// </summary>
public sealed partial class UserDesk(IDbContextFactory<RevOpsDb> databases, UserManager<User> users, SignInLinks links, Letters letters, AuditTrail audit, MailQueries mails)
{
    /// <summary>Sends a link for a new password to the user's mailbox, where nobody else sees it.</summary>
    public async Task<UserResult> SendResetAsync(Guid id, Uri site, Guid by, CancellationToken cancel) => await ChangeAsync(id, async (db, user) =>
    {
        await letters.ResetAsync(db, user, await links.ResetAsync(user, site), cancel);
        await WriteAsync(db, by, "user.resetSent", user, cancel: cancel);
        return UserResult.Done;
    }, cancel);

    /// <summary>Gives and takes roles; the user signs in again to use them.</summary>
    /// <param name="id">The user.</param>
    /// <param name="roles">All that they shall have.</param>
    /// <param name="by">The administrator; null for whoever runs the server.</param>
    /// <param name="cancel">Ends the work.</param>
    public Task<UserResult> SetRolesAsync(Guid id, IReadOnlyCollection<string> roles, Guid? by, CancellationToken cancel) => ChangeAsync(id, async (db, user) =>
    {
        var before = await UserRoles.RolesOfAsync(db, id, cancel);
        if (before.Order(StringComparer.Ordinal).SequenceEqual(roles.Order(StringComparer.Ordinal), StringComparer.Ordinal))
            return UserResult.Done;
        var becomesFinance = roles.Contains(Roles.Finance) && !before.Contains(Roles.Finance);
        if (becomesFinance && by is { } giver && await UserRoles.RootAsync(db, giver, cancel) == await UserRoles.RootAsync(db, id, cancel))
            return UserResult.MoneyNeedsAnother;
        if (before.Contains(Roles.Admin) && !roles.Contains(Roles.Admin) && await UserRoles.IsLastAdminAsync(db, id, cancel))
            return UserResult.LastAdmin;

        await UserRoles.TakeAsync(db, id, before.Except(roles, StringComparer.Ordinal), cancel);
        await UserRoles.GiveAsync(db, id, roles.Except(before, StringComparer.Ordinal), cancel);
        await ShutOutAsync(db, user, cancel);
        await letters.TellAsync(db, user, AccountNews.RolesChanged, cancel);
        if (becomesFinance)
            await TellOfFinanceAsync(db, user, cancel);
        await WriteAsync(db, by, "user.rolesChanged", user, new { Roles = before }, new { Roles = roles }, cancel);
        return UserResult.Done;
    }, cancel);

    /// <summary>Nobody signs in with it until it is unlocked, and whoever is in is out.</summary>
    public Task<UserResult> LockAsync(Guid id, Guid by, CancellationToken cancel) => ChangeAsync(id, async (db, user) =>
    {
        if (id == by)
            return UserResult.Yourself;
        if (await UserRoles.IsLastAdminAsync(db, id, cancel))
            return UserResult.LastAdmin;
        user.LockoutEnd = UserQueries.ByHand;
        await ShutOutAsync(db, user, cancel);
        await WriteAsync(db, by, "user.locked", user, cancel: cancel);
        return UserResult.Done;
    }, cancel);

    public Task<UserResult> UnlockAsync(Guid id, Guid by, CancellationToken cancel) => ChangeAsync(id, async (db, user) =>
    {
        (user.LockoutEnd, user.AccessFailedCount) = (null, 0);
        await WriteAsync(db, by, "user.unlocked", user, cancel: cancel);
        return UserResult.Done;
    }, cancel);

    /// <summary>For somebody who lost the phone: authenticator, recovery codes and passkeys go, the password stays.</summary>
    public Task<UserResult> ResetSecondFactorAsync(Guid id, Guid by, CancellationToken cancel) => ChangeAsync(id, async (db, user) =>
    {
        await DropSecondFactorAsync(db, user, cancel);
        await letters.TellAsync(db, user, AccountNews.SecondFactorReset, cancel);
        await WriteAsync(db, by, "user.secondFactorReset", user, cancel: cancel);
        return UserResult.Done;
    }, cancel);

    public Task<UserResult> RemoveAsync(Guid id, Guid by, CancellationToken cancel) => ChangeAsync(id, async (db, user) =>
    {
        if (id == by)
            return UserResult.Yourself;
        if (await UserRoles.IsLastAdminAsync(db, id, cancel))
            return UserResult.LastAdmin;
        await WriteAsync(db, by, "user.removed", user, new { user.Email, Roles = await UserRoles.RolesOfAsync(db, id, cancel) }, cancel: cancel);
        await Sessions.EndAllAsync(db, id, cancel);
        db.Remove(user);
        return UserResult.Done;
    }, cancel);

    /// <summary>True when this administrator could be the person behind the account, and so may not give it Finance.</summary>
    public async Task<bool> CountsAsOneAsync(Guid by, Guid id, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await UserRoles.RootAsync(db, by, cancel) == await UserRoles.RootAsync(db, id, cancel);
    }

    internal static string NewStamp() => Convert.ToHexString(RandomNumberGenerator.GetBytes(20));

    /// <summary>Cookies and open pages of theirs are worth nothing from here on.</summary>
    private static async Task ShutOutAsync(RevOpsDb db, User user, CancellationToken cancel)
    {
        user.SecurityStamp = NewStamp();
        await Sessions.EndAllAsync(db, user.Id, cancel);
    }

    private static async Task DropSecondFactorAsync(RevOpsDb db, User user, CancellationToken cancel)
    {
        user.TwoFactorEnabled = false;
        db.RemoveRange(await db.Set<IdentityUserToken<Guid>>().Where(token => token.UserId == user.Id).ToListAsync(cancel));
        db.RemoveRange(await db.Set<IdentityUserPasskey<Guid>>().Where(passkey => passkey.UserId == user.Id).ToListAsync(cancel));
        await ShutOutAsync(db, user, cancel);
    }

    /// <summary>Everybody who is answerable hears of a new person who may approve money.</summary>
    private async Task TellOfFinanceAsync(RevOpsDb db, User newcomer, CancellationToken cancel)
    {
        var answerable = await (from user in db.Set<User>()
                                where user.Id != newcomer.Id && (from held in db.Set<IdentityUserRole<Guid>>()
                                                                 join role in db.Set<Role>() on held.RoleId equals role.Id
                                                                 where held.UserId == user.Id && (role.Name == Roles.Admin || role.Name == Roles.Finance)
                                                                 select role.Id).Any()
                                select user).AsNoTracking().ToListAsync(cancel);
        foreach (var reader in answerable)
            await letters.TellOfFinanceAsync(db, reader, newcomer, cancel);
    }

    private async Task<UserResult> ChangeAsync(Guid id, Func<RevOpsDb, User, Task<UserResult>> change, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await letters.ReadyAsync(cancel);
        await db.BeginWorkAsync(cancel);
        if (await db.Set<User>().FindAsync([id], cancel) is not { } user)
            return UserResult.Gone;
        user.ConcurrencyStamp = Guid.NewGuid().ToString();
        var result = await change(db, user);
        if (result == UserResult.Done)
            await db.SaveChangesAsync(cancel);
        return result;
    }

    private Task WriteAsync(RevOpsDb db, Guid? by, string action, User user, object? before = null, object? after = null, CancellationToken cancel = default) =>
        audit.WriteAsync(db, new(by is { } id ? $"user:{id}" : "system:verb", action, nameof(User), user.Id.ToString()) { Before = before, After = after }, cancel);
}
