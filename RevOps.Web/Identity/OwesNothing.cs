using Microsoft.AspNetCore.Authorization;
using RevOps.Core.Identity;

namespace RevOps.Web.Identity;

/// <summary>
/// Asked with every policy, by requests and by open pages alike: whoever has a role that needs a second factor came in with one.
/// API keys have no roles and owe none.
/// </summary>
public sealed class OwesNothing : IAuthorizationRequirement
{
    public sealed class Handler(TwoFactorRule rule) : AuthorizationHandler<OwesNothing>
    {
        protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, OwesNothing requirement)
        {
            if (!context.User.OwesSecondFactor(rule))
                context.Succeed(requirement);
            return Task.CompletedTask;
        }
    }
}
