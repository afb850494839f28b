using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using RevOps.Core.Identity;
using RevOps.Web.Platform;

namespace RevOps.Web.Identity;

/// <summary>Reads <c>Authorization: Bearer rk_…</c>.</summary>
public sealed class ApiKeyHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ApiKeys keys)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "ApiKey";
    private const string Prefix = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            return AuthenticateResult.NoResult();
        if (await keys.FindAsync(header[Prefix.Length..].Trim(), Context.RequestAborted) is not { } key)
            return AuthenticateResult.Fail("No such key, or it was revoked.");
        await keys.NoteUseAsync(key, Context.RequestAborted);
        return AuthenticateResult.Success(new AuthenticationTicket(PrincipalOf(key), SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return Context.WriteProblemAsync(StatusCodes.Status401Unauthorized, "An API key is expected: Authorization: Bearer rk_… Keys are made on the Connections page, or with the verb 'key create'.");
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Context.WriteProblemAsync(StatusCodes.Status403Forbidden, $"This key may not do that. Its scopes: {string.Join(' ', Context.User.FindAll(Caller.ScopeClaim).Select(claim => claim.Value))}.");

    private static ClaimsPrincipal PrincipalOf(ApiKey key)
    {
        var claims = key.ScopeList.Select(scope => new Claim(Caller.ScopeClaim, scope)).Append(new Claim(Caller.KeyClaim, key.Id.ToString())).Append(new Claim(ClaimTypes.Name, key.Name));
        return new ClaimsPrincipal(new ClaimsIdentity(claims, SchemeName));
    }
}
