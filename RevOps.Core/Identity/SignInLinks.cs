using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace RevOps.Core.Identity;

/// <summary>
/// Links that let somebody set a password. Each opens once: it is bound to the security stamp, which setting a password changes. An address
/// holds the user's id and never a name.
/// </summary>
public sealed class SignInLinks(UserManager<User> users)
{
    public static readonly TimeSpan ResetLasts = TimeSpan.FromHours(1);
    public static readonly TimeSpan InvitationLasts = TimeSpan.FromDays(3);

    private const string ResetPurpose = "ResetPassword";
    private const string InvitationPurpose = "Invitation";

    /// <param name="user">Need not be stored yet.</param>
    /// <param name="site">Where the product is reached.</param>
    public async Task<Uri> ResetAsync(User user, Uri site) => Link(site, "reset", user, await users.GenerateUserTokenAsync(user, TokenOptions.DefaultProvider, ResetPurpose));

    /// <inheritdoc cref="ResetAsync"/>
    public async Task<Uri> InvitationAsync(User user, Uri site) => Link(site, "invitation", user, await users.GenerateUserTokenAsync(user, InvitationTokens.Name, InvitationPurpose));

    /// <summary>The user whom a link lets in; null when it is too old, was used, or was never ours.</summary>
    public async Task<User?> OpenAsync(Guid? userId, string? token, bool invitation)
    {
        if (userId is null || string.IsNullOrEmpty(token) || await users.FindByIdAsync(userId.Value.ToString()) is not { } user)
            return null;
        var (provider, purpose) = invitation ? (InvitationTokens.Name, InvitationPurpose) : (TokenOptions.DefaultProvider, ResetPurpose);
        return await users.VerifyUserTokenAsync(user, provider, purpose, token) ? user : null;
    }

    private static Uri Link(Uri site, string page, User user, string token) => new(site, $"{page}?user={user.Id:N}&token={Uri.EscapeDataString(token)}");
}

/// <summary>As Identity's own tokens, but good for three days: people on holiday are invited too.</summary>
public sealed class InvitationTokens(IDataProtectionProvider protection, IOptions<InvitationTokens.Options> options, ILogger<DataProtectorTokenProvider<User>> log)
    : DataProtectorTokenProvider<User>(protection, options, log)
{
    public new const string Name = "Invitation";

    public new sealed class Options : DataProtectionTokenProviderOptions
    {
        public Options() => (Name, TokenLifespan) = ("InvitationTokens", SignInLinks.InvitationLasts);
    }
}
