using RevOps.Core.Data;
using RevOps.Core.Identity;
using RevOps.Web.Identity;

namespace RevOps.Web.Platform.Verbs;

/// <summary>
/// Lets somebody in again who has lost the password or the second factor: prints a link that sets a new password, once, within an hour.
/// Where nobody is left who can sign in as an administrator, whoever it names becomes one. Who can run this can read the database anyway.
/// </summary>
internal static class AdminVerb
{
    public static readonly Verb Verb = new("admin reset", "admin reset --email E", RunAsync);

    private static async Task<int> RunAsync(VerbCall call)
    {
        var email = call.Required("email");
        await call.ReadyAsync();
        var site = call.Services.GetRequiredService<PublicAddress>().OfServer(call.Services.GetRequiredService<IConfiguration>());
        var link = await call.Services.GetRequiredService<UserDesk>().RescueAsync(email, site, VerbCall.Actor, CancellationToken.None);
        await call.Output.WriteLineAsync(link.AbsoluteUri);
        return 0;
    }
}

/// <summary>Gives somebody a role: the way to Finance where there is no second administrator to give it.</summary>
internal static class RoleVerb
{
    public static readonly Verb Verb = new("role give", "role give --email E --role Finance", RunAsync);

    private static async Task<int> RunAsync(VerbCall call)
    {
        var (email, role) = (call.Required("email"), call.Required("role"));
        if (!Roles.All.Contains(role))
            throw new ArgumentException($"--role is one of {string.Join(", ", Roles.All)}.");
        await call.ReadyAsync();
        var user = await call.Services.GetRequiredService<Microsoft.AspNetCore.Identity.UserManager<User>>().FindByEmailAsync(email) ?? throw new InvalidOperationException($"Nobody signs in with {email}.");
        var row = await call.Services.GetRequiredService<UserQueries>().FindAsync(user.Id);
        await call.Services.GetRequiredService<UserDesk>().SetRolesAsync(user.Id, [.. row!.Roles.Append(role).Distinct(StringComparer.Ordinal)], by: null, CancellationToken.None);
        return 0;
    }

    /// <summary>The first thing that an installer does may be a verb, before the app ever ran.</summary>
    public static async Task ReadyAsync(this VerbCall call)
    {
        await call.Services.GetRequiredService<DatabaseMigrator>().EnsureCurrentAsync(CancellationToken.None);
        await call.Services.GetRequiredService<SeedRoles>().RunAsync(CancellationToken.None);
    }
}
