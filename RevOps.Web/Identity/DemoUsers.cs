using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using RevOps.Core.Identity;
using RevOps.Web.Shared;

namespace RevOps.Web.Identity;

/// <summary>One user per role, made when somebody first wants to look through that role's eyes. They have no password.</summary>
public sealed class DemoUsers(UserManager<User> users, SignIns signIns)
{
    public static async Task<Results<RedirectHttpResult, BadRequest>> SignInAsync([FromForm] string role, [FromForm] string? to, [FromServices] DemoUsers demo)
    {
        if (!Roles.All.Contains(role))
            return TypedResults.BadRequest();
        await demo.SignInAsync(role);
        return TypedResults.LocalRedirect(LocalPath.Of(to));
    }

    /// <summary>The demo's person of a role, made when first asked for.</summary>
    public async Task<User> OfRoleAsync(string role)
    {
        var email = $"demo-{role.ToLowerInvariant()}@revops.example";
        return await users.FindByEmailAsync(email) ?? await MakeAsync(email, role);
    }

    private async Task SignInAsync(string role) => await signIns.AsDemoAsync(await OfRoleAsync(role));

    private async Task<User> MakeAsync(string email, string role)
    {
        var user = new User { UserName = email, Email = email, EmailConfirmed = true };
        await users.CreateAsync(user);
        await users.AddToRoleAsync(user, role);
        return user;
    }
}
