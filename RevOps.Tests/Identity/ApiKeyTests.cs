using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Identity;
using RevOps.Tests.Testing;
using RevOps.Web.Identity;

namespace RevOps.Tests.Identity;

public sealed class ApiKeyTests : IAsyncLifetime
{
    private readonly RevOpsHost host = new();

    [Theory]
    [InlineData(null)]
    [InlineData("rk_0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("not a key at all")]
    public async Task MissingOrWrongKey_Is401AsProblem(string? key)
    {
        using var client = host.Client();
        if (key is not null)
            client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Bearer " + key);
        using var answer = await client.GetAsync("/api/v1/metrics");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.Single().Scheme);
    }

    [Fact]
    public async Task KeyWithoutTheScope_Is403AsProblemThatNamesItsScopes()
    {
        using var client = host.Client(await host.CreateKeyAsync(ApiKey.PricesRead));
        using var answer = await client.GetAsync("/api/v1/metrics");

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains(ApiKey.PricesRead, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_OpensNoPage()
    {
        using var client = host.Client(await host.CreateKeyAsync([.. ApiKey.AllScopes]));
        using var answer = await client.GetAsync("/");
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Theory]
    [InlineData(Policies.EventsWrite, ApiKey.EventsWrite, true)]
    [InlineData(Policies.EventsWrite, ApiKey.MetricsRead, false)]
    [InlineData(Policies.MetricsRead, ApiKey.MetricsRead, true)]
    [InlineData(Policies.MetricsRead, ApiKey.EventsWrite, false)]
    [InlineData(Policies.PricesRead, ApiKey.PricesRead, true)]
    public async Task Scope_OpensItsPolicyOnly(string policy, string scope, bool opens)
    {
        var key = new ClaimsPrincipal(new ClaimsIdentity([new Claim(Caller.ScopeClaim, scope)], ApiKeyHandler.SchemeName));
        Assert.Equal(opens, await MayAsync(key, policy));
    }

    [Fact]
    public async Task SignedInPerson_ReadsMetricsButSendsNoEvents()
    {
        var person = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Role, Roles.Marketing)], "cookie"));
        Assert.True(await MayAsync(person, Policies.MetricsRead));
        Assert.False(await MayAsync(person, Policies.EventsWrite));
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => host.DisposeAsync();

    private async Task<bool> MayAsync(ClaimsPrincipal caller, string policy)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var authorization = scope.ServiceProvider.GetRequiredService<IAuthorizationService>();
        return (await authorization.AuthorizeAsync(caller, policy)).Succeeded;
    }
}
