using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RevOps.Core.Identity;
using RevOps.Tests.Testing;
using RevOps.Web.Identity;

namespace RevOps.Tests.Identity;

/// <summary>Cookies, forms, and what comes along with whoever signs in.</summary>
public sealed class DoorTests
{
    private const string Email = "ann@agency.example";

    [Fact]
    public async Task Cookies_AreForOurPagesOverTlsOnly()
    {
        await using var host = new RevOpsHost { Environment = "Production", Settings = { ["Proxy:Trusted"] = "127.0.0.1,::1" } };
        using var client = host.Client();
        client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        using var answer = await client.GetAsync("/signin");
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith("__Host-revops-form=", cookie, StringComparison.Ordinal);
        foreach (var word in new[] { "secure", "httponly", "samesite=strict", "path=/" })
            Assert.Contains(word, cookie, StringComparison.OrdinalIgnoreCase);

        var cookies = host.Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>();
        foreach (var scheme in new[] { IdentityConstants.ApplicationScheme, IdentityConstants.TwoFactorUserIdScheme, IdentityConstants.TwoFactorRememberMeScheme })
        {
            var options = cookies.Get(scheme).Cookie;
            Assert.StartsWith("__Host-", options.Name, StringComparison.Ordinal);
            Assert.Equal((CookieSecurePolicy.Always, SameSiteMode.Lax, true), (options.SecurePolicy, options.SameSite, options.HttpOnly));
        }
    }

    [Fact]
    public async Task LanguageAndTheme_ComeAlongToAnotherBrowser()
    {
        await using var host = new RevOpsHost();
        var id = await host.HireAsync(Email, Roles.Marketing);
        using (var desk = await host.ComeInAsync(Email))
        {
            (await desk.GetAsync("/culture?to=fr&return=/account")).Dispose();
            (await desk.GetAsync("/theme?to=dark&return=/account")).Dispose();
        }

        Assert.Equal(("fr", "dark"), ((await host.UserAsync(id)).Language, (await host.UserAsync(id)).Theme));
        using var phone = host.Client();
        (await phone.GetAsync("/theme?to=light&return=/signin")).Dispose();
        (await phone.TryPasswordAsync(Email)).Dispose();
        var page = await phone.GetStringAsync("/account");
        Assert.Contains("<html lang=\"fr\" data-theme=\"dark\"", page, StringComparison.Ordinal);

        // "As the system" is a choice too.
        (await phone.GetAsync("/theme?to=system&return=/account")).Dispose();
        using var third = host.Client();
        (await third.GetAsync("/theme?to=light&return=/signin")).Dispose();
        (await third.TryPasswordAsync(Email)).Dispose();
        Assert.DoesNotContain("data-theme=", await third.GetStringAsync("/account"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Strangers_KeepTheirChoiceWhereTheAccountHasNone()
    {
        await using var host = new RevOpsHost();
        await host.HireAsync(Email, Roles.Marketing);
        using var browser = host.Client();
        (await browser.GetAsync("/culture?to=fr&return=/signin")).Dispose();
        (await browser.TryPasswordAsync(Email)).Dispose();
        Assert.Contains("<html lang=\"fr\"", await browser.GetStringAsync("/account"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Denied_SaysWhoAndWhichRole_AndSigningOutEndsTheSignIn()
    {
        await using var host = new RevOpsHost { Settings = { ["Demo:Enabled"] = "true" } };
        using var client = await host.SignedInAsync(Roles.Marketing);
        using var denied = await client.GetAsync("/denied");
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, denied.StatusCode);
        Assert.Contains("demo-marketing with the role Marketing", await denied.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        (await client.SubmitAsync("/signout", SignOutPage.Form)).Dispose();
        using var answer = await client.GetAsync("/");
        Assert.StartsWith("/signin", answer.LeadsTo(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task DemoUser_IsNobodysOwn()
    {
        await using var host = new RevOpsHost { Settings = { ["Demo:Enabled"] = "true", ["SignIn:RequireTwoFactor"] = "Finance,Admin" } };
        using var demo = await host.SignedInAsync(Roles.Finance);
        Assert.True(await demo.IsInAsync());
        foreach (var path in new[] { "/account/password", "/account/two-factor" })
            Assert.Contains("shared by all who look around", await demo.GetStringAsync(path), StringComparison.Ordinal);
        (await demo.GetAsync("/theme?to=dark&return=/")).Dispose();
        await using var db = await host.OpenDatabaseAsync();
        Assert.Equal([null], db.Users.Select(user => user.Theme).ToList());
    }

    [Fact]
    public async Task Roleless_StillReachTheirAccount()
    {
        await using var host = new RevOpsHost();
        await host.HireAsync(Email);
        using var browser = await host.ComeInAsync(Email);
        Assert.True(await browser.IsInAsync());
        using var overview = await browser.GetAsync("/");
        Assert.StartsWith("/denied", overview.LeadsTo(), StringComparison.Ordinal);
    }
}
