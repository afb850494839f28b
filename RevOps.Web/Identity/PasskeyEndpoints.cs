using System.Net.Mime;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Identity;
using RevOps.Core.Identity;
using RevOps.Web.Platform;

namespace RevOps.Web.Identity;

/// <summary>What the browser asks before it asks its user: the challenge of a passkey. What it answers comes with a form of a page.</summary>
public static class PasskeyEndpoints
{
    public static void MapPasskeys(this WebApplication app)
    {
        app.MapPost(Paths.PasskeyRequest, RequestAsync).AllowAnonymous().RequireRateLimiting(RateLimits.Passkeys).ExcludeFromDescription();
        app.MapPost(Paths.PasskeyCreation, CreateAsync).RequireAuthorization(Policies.SecondFactor).RequireRateLimiting(RateLimits.Passkeys).ExcludeFromDescription();
    }

    private static async Task<IResult> RequestAsync(HttpContext http, IAntiforgery forms, SignIns signIns) =>
        await forms.IsRequestValidAsync(http) ? Results.Text(await signIns.MakePasskeyRequestOptionsAsync(user: null), MediaTypeNames.Application.Json) : Results.BadRequest();

    private static async Task<IResult> CreateAsync(HttpContext http, IAntiforgery forms, SignIns signIns, UserManager<User> users)
    {
        if (!await forms.IsRequestValidAsync(http) || await users.GetUserAsync(http.User) is not { } user || http.User.IsDemo())
            return Results.BadRequest();
        var entity = new PasskeyUserEntity { Id = user.Id.ToString(), Name = user.Email!, DisplayName = user.Email! };
        return Results.Text(await signIns.MakePasskeyCreationOptionsAsync(entity), MediaTypeNames.Application.Json);
    }
}
