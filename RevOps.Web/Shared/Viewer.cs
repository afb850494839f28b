using System.Security.Claims;
using Microsoft.Extensions.Localization;
using RevOps.Web.Identity;

namespace RevOps.Web.Shared;

/// <summary>Questions that a page asks about whoever looks at it.</summary>
public static class Viewer
{
    /// <summary>True when a policy of <see cref="Policies"/> lets this person in.</summary>
    public static bool May(this ClaimsPrincipal user, string policy) => Policies.RolesOf[policy].Any(user.IsInRole);

    /// <summary>The text of a code, or the code itself where nobody has put it into words yet.</summary>
    public static string WordOf(this IStringLocalizer texts, string kind, string code)
    {
        var found = texts[kind + code];
        return found.ResourceNotFound ? code : found.Value;
    }
}
