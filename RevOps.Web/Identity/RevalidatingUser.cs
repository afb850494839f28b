using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using RevOps.Core.Identity;

namespace RevOps.Web.Identity;

/// <summary>A page stays open for hours: every minute it looks whether its user is still who they were when it was opened.</summary>
public sealed class RevalidatingUser(ILoggerFactory logs, IServiceScopeFactory scopes, IOptions<IdentityOptions> identity, Sessions sessions) : RevalidatingServerAuthenticationStateProvider(logs)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromMinutes(1);

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<User>>();

        // A change of password, roles or second factor changes the stamp; a session may have been ended from elsewhere.
        return await users.GetUserAsync(authenticationState.User) is { } user
            && authenticationState.User.FindFirstValue(identity.Value.ClaimsIdentity.SecurityStampClaimType) == await users.GetSecurityStampAsync(user)
            && authenticationState.User.SessionId() is { } session && await sessions.FindLiveAsync(session, user.Id, cancellationToken) is not null;
    }
}
