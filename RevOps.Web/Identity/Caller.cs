using System.Security.Claims;
using RevOps.Core.Identity;

namespace RevOps.Web.Identity;

/// <summary>Questions to whoever is asking: a person who signed in, or a system with an API key.</summary>
public static class Caller
{
    public const string ScopeClaim = "scope";
    public const string KeyClaim = "key";

    /// <summary>Id of the sign-in that the cookie stands for.</summary>
    public const string SessionClaim = "sid";

    /// <summary>How they signed in (RFC 8176): <see cref="OneFactor"/>, <see cref="TwoFactors"/>, or <see cref="DemoUser"/>.</summary>
    public const string MethodClaim = "amr";

    public const string OneFactor = "pwd";
    public const string TwoFactors = "mfa";
    public const string DemoUser = "demo";

    /// <summary>Id of the person; null for a system and for a stranger.</summary>
    public static Guid? UserId(this ClaimsPrincipal caller) => Guid.TryParse(caller.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : null;

    public static Guid? SessionId(this ClaimsPrincipal caller) => Guid.TryParse(caller.FindFirstValue(SessionClaim), out var id) ? id : null;

    /// <summary>True after two factors, and for a demo user, behind whom there is nothing to protect.</summary>
    public static bool HasSecondFactor(this ClaimsPrincipal caller) => caller.FindFirstValue(MethodClaim) is TwoFactors or DemoUser;

    public static bool IsDemo(this ClaimsPrincipal caller) => caller.HasClaim(MethodClaim, DemoUser);

    /// <summary>True for somebody with a role that asks for a second factor, who came in without one: nothing else opens until that is mended.</summary>
    public static bool OwesSecondFactor(this ClaimsPrincipal caller, TwoFactorRule rule) => caller.UserId() is not null && !caller.HasSecondFactor() && rule.Roles.Any(caller.IsInRole);

    /// <summary>What to call the person on a page: the part of the e-mail address before the @.</summary>
    public static string DisplayName(this ClaimsPrincipal caller) => caller.Identity?.Name is { Length: > 0 } name ? name.Split('@')[0] : "";

    /// <summary>How the audit names the caller: "user:…" or "key:…"; null for a stranger.</summary>
    public static string? Actor(this ClaimsPrincipal caller) =>
        caller.FindFirstValue(KeyClaim) is { } key ? $"key:{key}" : caller.UserId() is { } user ? $"user:{user}" : null;

    public static bool HasScope(this ClaimsPrincipal caller, string scope) => caller.HasClaim(ScopeClaim, scope);

    public static bool HasAnyRole(this ClaimsPrincipal caller) => Roles.All.Any(caller.IsInRole);
}
