using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using RevOps.Core.Data;

namespace RevOps.Core.Identity;

/// <summary>
/// Identity's store, but for what it keeps in clear: the secret of an authenticator app and the recovery codes. Whoever reads the database
/// without the data folder cannot make codes from it.
/// </summary>
public sealed class SealedTokenStore(RevOpsDb db, IDataProtectionProvider protection, IdentityErrorDescriber errors) : UserStore<User, Role, RevOpsDb, Guid>(db, errors)
{
    private readonly IDataProtector protector = protection.CreateProtector("RevOps.Core.Identity.UserTokens");

    public override Task SetTokenAsync(User user, string loginProvider, string name, string? value, CancellationToken cancellationToken) =>
        base.SetTokenAsync(user, loginProvider, name, value is null ? null : protector.Protect(value), cancellationToken);

    public override async Task<string?> GetTokenAsync(User user, string loginProvider, string name, CancellationToken cancellationToken) =>
        await base.GetTokenAsync(user, loginProvider, name, cancellationToken) is { Length: > 0 } kept ? protector.Unprotect(kept) : null;
}
