using System.Net;
using System.Security.Claims;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Billing;
using RevOps.Core.Identity;
using RevOps.Tests.Testing;
using RevOps.Web.Identity;
using RevOps.Web.Platform;

namespace RevOps.Tests.Identity;

/// <summary>Whoever has a role that needs a second factor reaches nothing without one.</summary>
public sealed partial class ObligationTests : IAsyncDisposable
{
    private const string Email = "finance@agency.example";
    private readonly RevOpsHost host = new() { Settings = { ["SignIn:RequireTwoFactor"] = "Finance,Admin" } };

    [Theory]
    [InlineData("Production", "Finance,Admin")]
    [InlineData("Development", "")]
    [InlineData("Staging", "")]
    public void Rule_IsForFinanceAndAdminInProduction(string environment, string expected)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.AddSettings();
        Assert.Equal(expected, string.Join(',', TwoFactorRule.From(builder.Configuration).Roles));
    }

    [Fact]
    public async Task EveryDoor_LeadsToTheSetUp()
    {
        await host.HireAsync(Email, Roles.Finance);
        using var browser = await host.ComeInAsync(Email);
        foreach (var path in new[] { "/", "/approvals", "/invoices?page=2", "/account", "/account/password", "/account/sessions" })
        {
            using var answer = await browser.GetAsync(path);
            Assert.Equal("/account/two-factor?return=" + Uri.EscapeDataString(path), answer.LeadsTo());
        }

        using var api = await browser.GetAsync("/api/v1/metrics");
        Assert.Equal(HttpStatusCode.Forbidden, api.StatusCode);
        using var denied = await browser.GetAsync("/denied");
        Assert.Equal("/account/two-factor", denied.LeadsTo());

        // No room is shown that would not open.
        var page = await browser.GetStringAsync("/account/two-factor");
        Assert.Contains("Your role needs a second factor", page, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"/invoices\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SetUp_ShowsCodesOnceAndOpensTheRest()
    {
        var id = await host.HireAsync(Email, Roles.Finance);
        using var browser = await host.ComeInAsync(Email);
        const string Page = "/account/two-factor?return=%2Finvoices";
        var (key, sealedKey) = KeyIn(await browser.GetStringAsync(Page));

        using var wrong = await browser.SubmitAsync(Page, "app", ("App.Key", sealedKey), ("App.Code", "000000"));
        var again = await wrong.Content.ReadAsStringAsync();
        Assert.Contains("That code is not right", again, StringComparison.Ordinal);
        Assert.Equal(key, KeyIn(again).Key);
        Assert.False((await host.UserAsync(id)).TwoFactorEnabled);

        using var right = await browser.SubmitAsync(Page, "app", ("App.Key", sealedKey), ("App.Code", Staff.CodeNow(key)));
        var shown = await right.Content.ReadAsStringAsync();
        var codes = Codes().Matches(shown).Select(match => match.Groups["code"].Value).ToList();
        Assert.Equal(10, codes.Count);
        Assert.Contains("href=\"/invoices\"", shown, StringComparison.Ordinal);

        using var invoices = await browser.GetAsync("/invoices");
        Assert.Equal(HttpStatusCode.OK, invoices.StatusCode);
        Assert.DoesNotContain(codes[0], await browser.GetStringAsync("/account/two-factor"), StringComparison.Ordinal);
        Assert.Contains(await host.MailsAsync(), mail => mail.Subject == "An authenticator app was set up");
    }

    [Fact]
    public async Task SetUp_IsNotForWhoHasOneAndDidNotShowIt()
    {
        var id = await host.HireAsync(Email, Roles.Marketing);
        using var browser = await host.ComeInAsync(Email);
        await host.GiveAppAsync(id);

        // A sign-in from before, by the password alone: it may not put another app in the place of the one that is there.
        var page = await browser.GetStringAsync("/account/two-factor");
        Assert.Contains("this sign-in has not used it", page, StringComparison.Ordinal);
        Assert.DoesNotContain("App.Code", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LastFactor_StaysWhereARoleNeedsIt()
    {
        var id = await host.HireAsync(Email, Roles.Finance);
        var (key, _) = await host.GiveAppAsync(id);
        using var browser = await host.ComeInWithCodeAsync(Email, key);
        (await browser.SubmitAsync("/account/two-factor", "app-off")).Dispose();
        Assert.True((await host.UserAsync(id)).TwoFactorEnabled);
    }

    [Fact]
    public async Task OpenPages_AskTheSamePolicies()
    {
        await using var scope = host.Services.CreateAsyncScope();
        var authorization = scope.ServiceProvider.GetRequiredService<IAuthorizationService>();
        foreach (var policy in Policies.RolesOf.Where(one => one.Value.Contains(Roles.Finance)).Select(one => one.Key).Append(Policies.Account))
        {
            Assert.False((await authorization.AuthorizeAsync(Finance(Caller.OneFactor), policy)).Succeeded, policy);
            Assert.True((await authorization.AuthorizeAsync(Finance(Caller.TwoFactors), policy)).Succeeded, policy);
        }

        Assert.True((await authorization.AuthorizeAsync(Finance(Caller.OneFactor), Policies.SecondFactor)).Succeeded);
    }

    [Fact]
    public async Task Money_IsApprovedAfterBothFactorsOnly()
    {
        var id = await host.HireAsync(Email, Roles.Finance);
        using var weak = await host.ComeInAsync(Email);
        var (key, _) = await host.GiveAppAsync(id);
        using var strong = await host.ComeInWithCodeAsync(Email, key);
        await using var db = await host.OpenDatabaseAsync();
        var stamp = (await host.UserAsync(id)).SecurityStamp;
        var sessions = await db.Set<Session>().Where(session => session.UserId == id).OrderBy(session => session.StartedAt).ToListAsync();
        var rule = host.Services.GetRequiredService<TwoFactorRule>();

        Assert.Equal([false, true], sessions.Select(session => session.IsStrong));
        Assert.False(await new Approver(id, stamp, sessions[0].Id).MayDecideAsync(db, rule, CancellationToken.None));
        Assert.False(await new Approver(id, stamp).MayDecideAsync(db, rule, CancellationToken.None));
        Assert.True(await new Approver(id, stamp, sessions[1].Id).MayDecideAsync(db, rule, CancellationToken.None));
        Assert.True(await new Approver(id, stamp, sessions[0].Id).MayDecideAsync(db, new TwoFactorRule([]), CancellationToken.None));

        await host.Services.GetRequiredService<Sessions>().EndOthersAsync(id, but: null, "system:test", CancellationToken.None);
        Assert.False(await new Approver(id, stamp, sessions[1].Id).MayDecideAsync(db, rule, CancellationToken.None));
    }

    [Fact]
    public async Task OtherRoles_AreNotAsked()
    {
        await host.HireAsync(Email, Roles.Marketing);
        using var browser = await host.ComeInAsync(Email);
        using var journeys = await browser.GetAsync("/journeys");
        Assert.Equal(HttpStatusCode.OK, journeys.StatusCode);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    private static ClaimsPrincipal Finance(string method) =>
        new(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, Guid.NewGuid().ToString()), new(ClaimTypes.Role, Roles.Finance), new(Caller.MethodClaim, method)], "cookie"));

    private static (string Key, string Sealed) KeyIn(string html) =>
        (string.Concat(Key().Match(html).Groups["key"].Value.Where(sign => sign != ' ')), SealedKey().Match(html).Groups["key"].Value);

    [GeneratedRegex("<code[^>]*>(?<key>[A-Z2-7 ]{39})</code>", RegexOptions.None, 1_000)]
    private static partial Regex Key();

    [GeneratedRegex("name=\"App.Key\" value=\"(?<key>[^\"]+)\"", RegexOptions.None, 1_000)]
    private static partial Regex SealedKey();

    [GeneratedRegex("<li[^>]*><code[^>]*>(?<code>[^<]+)</code>", RegexOptions.None, 1_000)]
    private static partial Regex Codes();
}
