using System.Security.Claims;
using RevOps.Core.Identity;
using RevOps.Web.Identity;

namespace RevOps.Web.Users;

/// <summary>
/// What an administrator asks for, in a scope of its own, since a circuit lives for hours; and whether they still are one is asked at the
/// click and not when the page was opened.
/// </summary>
public static class UserActions
{
    /// <summary>Null when nothing was done: they may no longer.</summary>
    public static async Task<T?> AsAdminAsync<T>(this IServiceScopeFactory scopes, ClaimsPrincipal user, Func<UserDesk, Guid, Task<T>> doAsync)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await MayAsync(scope.ServiceProvider, user) is { } admin ? await doAsync(scope.ServiceProvider.GetRequiredService<UserDesk>(), admin) : default;
    }

    private static async Task<Guid?> MayAsync(IServiceProvider services, ClaimsPrincipal user)
    {
        if (user.UserId() is not { } id || user.SessionId() is not { } session || user.OwesSecondFactor(services.GetRequiredService<TwoFactorRule>()))
            return null;
        var isIn = await services.GetRequiredService<Sessions>().FindLiveAsync(session, id, CancellationToken.None) is not null;
        var row = isIn ? await services.GetRequiredService<UserQueries>().FindAsync(id) : null;
        return row is { State: not UserState.Locked } && row.Roles.Contains(Roles.Admin) ? id : null;
    }
}
