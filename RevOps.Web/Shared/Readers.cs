using System.Security.Claims;
using RevOps.Core.Identity;

namespace RevOps.Web.Shared;

public static class Readers
{
    /// <summary>Whoever writes to clients, and whoever answers for personal values.</summary>
    public static bool SeesEmails(this ClaimsPrincipal user) => user.IsInRole(Roles.Finance) || user.IsInRole(Roles.Privacy);
}
