using System.Security.Claims;
using RevOps.Core.Billing;

namespace RevOps.Web.Identity;

public static class Approving
{
    // Identity's name for it, unless options say otherwise, and ours do not.
    private const string SecurityStampClaim = "AspNet.Identity.SecurityStamp";

    /// <summary>Whoever clicks, as the page knew them when it was opened: what moves money asks again.</summary>
    public static Approver AsApprover(this ClaimsPrincipal user) => new(user.UserId() ?? Guid.Empty, user.FindFirstValue(SecurityStampClaim), user.SessionId());
}
