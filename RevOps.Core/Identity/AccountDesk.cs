using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Mail;

namespace RevOps.Core.Identity;

/// <summary>
/// What people do with their own account. Identity saves by itself; audit entry and letter are put into its context before, so that all
/// is one commit, and taken out again when it refuses.
/// </summary>
public sealed class AccountDesk(UserManager<User> users, RevOpsDb db, AuditTrail audit, Letters letters, SignInLinks links, IUserStore<User> store)
{
    private const int RecoveryCodes = 10;

    // Identity's name for them.
    private const string RecoveryCodesName = "RecoveryCodes";
    private const int ResetsPerHour = 3;

    /// <summary>Sends a link for a new password, at most three an hour. Whether there is such a person is nobody's business.</summary>
    public async Task AskForResetAsync(string email, Uri site, CancellationToken cancel)
    {
        if (await users.FindByEmailAsync(email) is not { } user || user.LockoutEnd >= UserQueries.ByHand)
            return;
        var since = TimeProvider.System.GetUtcNow().AddHours(-1);
        if (await db.Set<StoredMail>().CountAsync(mail => mail.SubjectId == user.Id && mail.Kind == Letters.Reset && mail.RecordedAt > since, cancel) >= ResetsPerHour)
            return;
        await letters.ResetAsync(db, user, await links.ResetAsync(user, site), cancel);
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>Sets the first password, or another one after a reset; whoever was signed in is out.</summary>
    public Task<IdentityResult> SetPasswordAsync(User user, string password, bool invitation, CancellationToken cancel) => DoAsync(user, invitation ? "user.invitationTaken" : "user.passwordReset", async () =>
    {
        user.EmailConfirmed = true;
        user.AccessFailedCount = 0;
        if (user.LockoutEnd < UserQueries.ByHand)
            user.LockoutEnd = null;
        if (!invitation)
        {
            user.OpenableBy = null;
            await letters.TellAsync(db, user, AccountNews.PasswordChanged, cancel);
        }

        await Sessions.EndAllAsync(db, user.Id, cancel);
        return await users.ResetPasswordAsync(user, await users.GeneratePasswordResetTokenAsync(user), password);
    }, cancel);

    public Task<IdentityResult> ChangePasswordAsync(User user, string current, string wanted, CancellationToken cancel) => DoAsync(user, "user.passwordChanged", async () =>
    {
        await letters.TellAsync(db, user, AccountNews.PasswordChanged, cancel);
        return await users.ChangePasswordAsync(user, current, wanted);
    }, cancel);

    /// <summary>Takes the key of an app whose code was right, in place of any other.</summary>
    public Task<IdentityResult> UseAuthenticatorAsync(User user, string key, CancellationToken cancel) => DoAsync(user, "user.authenticatorOn", async () =>
    {
        await letters.TellAsync(db, user, AccountNews.AuthenticatorOn, cancel);
        await ((IUserAuthenticatorKeyStore<User>)store).SetAuthenticatorKeyAsync(user, key, cancel);
        return await users.SetTwoFactorEnabledAsync(user, true);
    }, cancel);

    public Task<IdentityResult> DropAuthenticatorAsync(User user, CancellationToken cancel) => DoAsync(user, "user.authenticatorOff", async () =>
    {
        await letters.TellAsync(db, user, AccountNews.AuthenticatorOff, cancel);
        // Recovery codes also stand in for a passkey.
        var kept = (await users.GetPasskeysAsync(user)).Count > 0 ? RecoveryCodesName : null;
        db.RemoveRange(await db.Set<IdentityUserToken<Guid>>().Where(token => token.UserId == user.Id && token.Name != kept).ToListAsync(cancel));
        return await users.SetTwoFactorEnabledAsync(user, false);
    }, cancel);

    /// <summary>Ten codes, each good once; those before them no longer.</summary>
    public async Task<IReadOnlyList<string>> NewRecoveryCodesAsync(User user, CancellationToken cancel)
    {
        IReadOnlyList<string> codes = [];
        await DoAsync(user, "user.recoveryCodesRenewed", async () =>
        {
            await letters.TellAsync(db, user, AccountNews.RecoveryCodesRenewed, cancel);
            codes = [.. await users.GenerateNewTwoFactorRecoveryCodesAsync(user, RecoveryCodes) ?? []];
            return IdentityResult.Success;
        }, cancel);
        return codes;
    }

    public Task<IdentityResult> AddPasskeyAsync(User user, UserPasskeyInfo passkey, string name, CancellationToken cancel) => DoAsync(user, "user.passkeyAdded", async () =>
    {
        await letters.TellAsync(db, user, AccountNews.PasskeyAdded, cancel);
        passkey.Name = name;
        return await users.AddOrUpdatePasskeyAsync(user, passkey);
    }, cancel);

    public async Task<IdentityResult> RenamePasskeyAsync(User user, byte[] credential, string name, CancellationToken cancel)
    {
        if (await users.GetPasskeyAsync(user, credential) is not { } passkey)
            return IdentityResult.Failed();
        return await DoAsync(user, "user.passkeyRenamed", () =>
        {
            passkey.Name = name;
            return users.AddOrUpdatePasskeyAsync(user, passkey);
        }, cancel);
    }

    public Task<IdentityResult> RemovePasskeyAsync(User user, byte[] credential, CancellationToken cancel) => DoAsync(user, "user.passkeyRemoved", async () =>
    {
        await letters.TellAsync(db, user, AccountNews.PasskeyRemoved, cancel);
        return await users.RemovePasskeyAsync(user, credential);
    }, cancel);

    private async Task<IdentityResult> DoAsync(User user, string action, Func<Task<IdentityResult>> doAsync, CancellationToken cancel)
    {
        await audit.WriteAsync(db, new($"user:{user.Id}", action, nameof(User), user.Id.ToString()), cancel);
        var result = await doAsync();
        if (!result.Succeeded)
            TakeBack();
        return result;
    }

    /// <summary>What was refused must not be saved by whatever this request saves next.</summary>
    private void TakeBack()
    {
        foreach (var entry in db.ChangeTracker.Entries().ToList())
        {
            if (entry.State == EntityState.Added)
                entry.State = EntityState.Detached;
            else if (entry.State is EntityState.Modified or EntityState.Deleted)
            {
                entry.CurrentValues.SetValues(entry.OriginalValues);
                entry.State = EntityState.Unchanged;
            }
        }
    }
}
