using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Identity;
using RevOps.Tests.Testing;
using RevOps.Web.Identity;

namespace RevOps.Tests.Identity;

public sealed class SignInTests
{
    private const string Email = "first@example.com";
    private const string Password = "a sentence that is long";

    [Fact]
    public async Task SetUpLink_MakesTheFirstAdministratorOnce()
    {
        await using var host = new RevOpsHost();
        using var client = host.Client();
        var link = "/setup?token=" + host.Services.GetRequiredService<SetUpLink>().NewToken();

        using var made = await client.SubmitAsync(link, "setup", ("Input.Email", Email), ("Input.Password", Password));
        Assert.Equal(HttpStatusCode.Found, made.StatusCode);
        using var overview = await client.GetAsync("/");
        Assert.Equal(HttpStatusCode.OK, overview.StatusCode);

        using var stranger = host.Client();
        Assert.DoesNotContain("Input.Password", await stranger.GetStringAsync(link), StringComparison.Ordinal);

        // Even a fresh token opens nothing once somebody can sign in.
        var another = "/setup?token=" + host.Services.GetRequiredService<SetUpLink>().NewToken();
        Assert.DoesNotContain("Input.Password", await stranger.GetStringAsync(another), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "http://127.0.0.1")]
    [InlineData("https://revops.agency.example", "https://revops.agency.example/setup?token=")]
    public async Task SetUpLink_LeadsToWherePeopleReachUs(string given, string expected)
    {
        await using var host = new RevOpsHost { Settings = { ["Public:Address"] = given } };
        Assert.StartsWith(expected, host.Services.GetRequiredService<SetUpLink>().NewLink().AbsoluteUri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SetUpLink_SurvivesARefusedPassword()
    {
        await using var host = new RevOpsHost();
        using var client = host.Client();
        var link = "/setup?token=" + host.Services.GetRequiredService<SetUpLink>().NewToken();

        using var refused = await client.SubmitAsync(link, "setup", ("Input.Email", Email), ("Input.Password", "short"));
        Assert.Contains("role=\"alert\"", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        using var made = await client.SubmitAsync(link, "setup", ("Input.Email", Email), ("Input.Password", Password));
        Assert.Equal(HttpStatusCode.Found, made.StatusCode);
    }

    [Fact]
    public async Task SetUpLink_IsClosedToGuesses()
    {
        await using var host = new RevOpsHost();
        Assert.DoesNotContain("Input.Password", await host.Client().GetStringAsync("/setup?token=0000"), StringComparison.Ordinal);
        Assert.DoesNotContain("Input.Password", await host.Client().GetStringAsync("/setup"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Password_OpensAndAWrongOneSaysSo()
    {
        await using var host = new RevOpsHost();
        await MakeAsync(host, Roles.Finance);
        using var client = host.Client();

        using var wrong = await client.SubmitAsync("/signin", "signin", ("Input.Email", Email), ("Input.Password", "something else"));
        Assert.Contains("do not match", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        using var right = await client.SubmitAsync("/signin?return=%2Finvoices", "signin", ("Input.Email", Email), ("Input.Password", Password));
        Assert.Equal(new Uri(host.Address, "/invoices"), new Uri(host.Address, right.Headers.Location!));
    }

    [Theory]
    [InlineData("https://example.com/")]
    [InlineData("//example.com/")]
    [InlineData("/\\example.com")]
    public async Task SignIn_LeadsNowhereElse(string elsewhere)
    {
        await using var host = new RevOpsHost();
        await MakeAsync(host, Roles.Finance);
        using var client = host.Client();

        using var answer = await client.SubmitAsync("/signin?return=" + Uri.EscapeDataString(elsewhere), "signin", ("Input.Email", Email), ("Input.Password", Password));
        Assert.Equal(host.Address, new Uri(host.Address, answer.Headers.Location!));
    }

    [Fact]
    public async Task DemoButtons_StandThereOnlyInADemo()
    {
        await using var plain = new RevOpsHost();
        using var client = plain.Client();
        Assert.DoesNotContain("/signin/demo", await client.GetStringAsync("/signin"), StringComparison.Ordinal);
        using var tried = await client.PostFormAsync("/signin", "/signin/demo", ("role", Roles.Finance));
        Assert.NotEqual("/", tried.Headers.Location?.ToString());
        Assert.False(tried.Headers.Contains("Set-Cookie") && tried.Headers.GetValues("Set-Cookie").Any(cookie => cookie.StartsWith("revops=", StringComparison.Ordinal)));

        await using var demo = new RevOpsHost { Settings = { ["Demo:Enabled"] = "true" } };
        Assert.Contains("/signin/demo", await demo.Client().GetStringAsync("/signin"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TooManyTries_Are429WithRetryAfter()
    {
        await using var host = new RevOpsHost { Settings = { ["RateLimits:SignIn:PermitsPerMinute"] = "2" } };
        using var client = host.Client();
        for (var tried = 0; tried < 2; tried++)
            (await client.SubmitAsync("/signin", "signin", ("Input.Email", Email), ("Input.Password", "guess guess guess"))).Dispose();

        using var answer = await client.SubmitAsync("/signin", "signin", ("Input.Email", Email), ("Input.Password", "guess guess guess"));
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Contains("<h1 tabindex=\"-1\">Too many tries</h1>", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FormThatWasOpenTooLong_SaysSoInTheReadersLanguage()
    {
        // In Development the framework says in its own words what was missing.
        await using var host = new RevOpsHost { Environment = "Production", Settings = { ["Proxy:Trusted"] = "127.0.0.1,::1" } };
        using var client = host.Client();
        client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        client.DefaultRequestHeaders.Add("Accept-Language", "fr");
        using var answer = await client.PostAsync("/signin", new FormUrlEncodedContent([new("_handler", "signin"), new("Input.Email", Email), new("Input.Password", Password)]));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("Ce formulaire a expiré", WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()), StringComparison.Ordinal);
    }

    private static async Task MakeAsync(RevOpsHost host, string role)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<User>>();
        var user = new User { UserName = Email, Email = Email };
        Assert.True((await users.CreateAsync(user, Password)).Succeeded);
        Assert.True((await users.AddToRoleAsync(user, role)).Succeeded);
    }
}
