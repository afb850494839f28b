using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Identity;
using RevOps.Core.Platform.Audit;
using RevOps.Web.Platform;

namespace RevOps.Web.Identity;

/// <summary>
/// How the first administrator comes in: a link on the console, which only somebody who runs the server can read.
/// It opens once, and only while there is nobody; the next start makes another one.
/// </summary>
public sealed class SetUpLink(IServiceScopeFactory scopes, IServer server, PublicAddress address) : IDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);
    private byte[]? expected;

    public async Task PrintIfNobodyCanSignInAsync(CancellationToken cancel)
    {
        if (await IsSetUpAsync(cancel))
            return;
        await Console.Out.WriteLineAsync($"Set up the first administrator: {NewLink()}".AsMemory(), cancel);
    }

    /// <summary>Where the token opens.</summary>
    public Uri NewLink() => new(address.OfServer(server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()), "/setup?token=" + NewToken());

    /// <summary>A token that opens; the one before it no longer does.</summary>
    public string NewToken()
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        expected = HashOf(token);
        return token;
    }

    public async Task<bool> OpensAsync(string? token, CancellationToken cancel) => Fits(token) && !await IsSetUpAsync(cancel);

    /// <summary>Makes the first administrator. A password that is refused leaves the link as it was.</summary>
    public async Task<IdentityResult> UseAsync(string? token, string email, string password, CancellationToken cancel)
    {
        await turn.WaitAsync(cancel);
        try
        {
            if (!await OpensAsync(token, cancel))
                return IdentityResult.Failed();
            var result = await MakeAsync(new User { UserName = email, Email = email, EmailConfirmed = true }, password, cancel);
            if (result.Succeeded)
                expected = null;
            return result;
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    private async Task<IdentityResult> MakeAsync(User user, string password, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<User>>();
        var result = await users.CreateAsync(user, password);
        if (!result.Succeeded)
            return result;

        await users.AddToRoleAsync(user, Roles.Admin);
        var db = scope.ServiceProvider.GetRequiredService<RevOpsDb>();
        await scope.ServiceProvider.GetRequiredService<AuditTrail>().WriteAsync(db, new($"user:{user.Id}", "installation.setUp", nameof(User), user.Id.ToString()), cancel);
        await db.SaveChangesAsync(cancel);
        return result;
    }

    private async Task<bool> IsSetUpAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<RevOpsDb>().Users.AnyAsync(cancel);
    }

    private bool Fits(string? token) => token is not null && expected is { } hash && CryptographicOperations.FixedTimeEquals(hash, HashOf(token));

    private static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
