using Microsoft.AspNetCore.Identity;
using RevOps.Core.Identity;

namespace RevOps.Web.Identity;

/// <summary>Makes the roles that this version knows and the database does not have yet.</summary>
public sealed class SeedRoles(IServiceScopeFactory scopes)
{
    public async Task RunAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var roles = scope.ServiceProvider.GetRequiredService<RoleManager<Role>>();
        foreach (var name in Roles.All)
        {
            cancel.ThrowIfCancellationRequested();
            if (!await roles.RoleExistsAsync(name))
                await roles.CreateAsync(new Role { Name = name });
        }
    }
}
