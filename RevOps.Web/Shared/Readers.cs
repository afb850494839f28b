using System.Security.Claims;
using RevOps.Core.Billing;
using RevOps.Core.Identity;
using RevOps.Web.Identity;

namespace RevOps.Web.Shared;

public static class Readers
{
    // Identity's name for it, unless options say otherwise, and ours do not.
    private const string SecurityStampClaim = "AspNet.Identity.SecurityStamp";

    /// <summary>Whoever writes to clients, and whoever answers for personal values.</summary>
    public static bool SeesEmails(this ClaimsPrincipal user) => user.IsInRole(Roles.Finance) || user.IsInRole(Roles.Privacy);

}
