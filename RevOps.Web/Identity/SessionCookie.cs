using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using RevOps.Core.Identity;
using RevOps.Web.Platform;

namespace RevOps.Web.Identity;

/// <summary>A cookie is as good as the session that it names: asked with every request.</summary>
public static class SessionCookie
{
    // What a new principal of the same user does not know by itself.
    private static readonly string[] OfTheSession = [Caller.SessionClaim, Caller.MethodClaim];

    public static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        // Once a minute: user, roles and security stamp.
        var before = context.Principal;
        await SecurityStampValidator.ValidatePrincipalAsync(context);
        if (context.Principal is { } user)
            await ValidateAsync(context, user);
        else if (before?.SessionId() is { } lost)
            await context.HttpContext.RequestServices.GetRequiredService<Sessions>().SignOutAsync(lost, context.HttpContext.RequestAborted);
    }

    /// <summary>When a principal is made anew from the database, the sign-in stays the same.</summary>
    public static Task CarryOverAsync(SecurityStampRefreshingPrincipalContext context)
    {
        if (context.NewPrincipal?.Identity is ClaimsIdentity fresh && context.CurrentPrincipal is { } old)
            fresh.AddClaims(old.Claims.Where(claim => OfTheSession.Contains(claim.Type)));
        return Task.CompletedTask;
    }

    private static async Task ValidateAsync(CookieValidatePrincipalContext context, ClaimsPrincipal user)
    {
        var (http, services) = (context.HttpContext, context.HttpContext.RequestServices);
        var sessions = services.GetRequiredService<Sessions>();
        var session = user.SessionId() is { } id && user.UserId() is { } userId ? await sessions.FindLiveAsync(id, userId, http.RequestAborted) : null;

        // Where the demo was switched off, its users are nobody.
        if (session is null || (session.Method == SignInMethod.Demo && !services.GetRequiredService<Switches>().Demo))
        {
            context.RejectPrincipal();
            await http.SignOutAsync(IdentityConstants.ApplicationScheme);
            return;
        }

        await sessions.SeenAsync(session, http.RequestAborted);
    }
}
