using System.Net;
using System.Text.RegularExpressions;
using RevOps.Core.Identity;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Identity;

/// <summary>What is asked after the password.</summary>
public sealed partial class SecondStepTests : IAsyncDisposable
{
    private const string Email = "ann@agency.example";
    private readonly RevOpsHost host = new();

    [Fact]
    public async Task Code_IsAskedAndOpens()
    {
        var (key, _) = await host.GiveAppAsync(await host.HireAsync(Email, Roles.Finance));
        using var browser = host.Client();
        using var first = await browser.TryPasswordAsync(Email, query: "?return=%2Finvoices");
        Assert.Equal("/signin/two-factor?return=%2Finvoices", first.LeadsTo());
        Assert.False(await browser.IsInAsync());

        using var wrong = await browser.SubmitAsync(first.LeadsTo()!, "code", ("Input.Code", "000000"));
        Assert.Contains("That code is not right", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.False(await browser.IsInAsync());

        var code = Staff.CodeNow(key);
        using var right = await browser.SubmitAsync(first.LeadsTo()!, "code", ("Input.Code", $"{code[..3]} {code[3..]}"));
        Assert.Equal("/invoices", right.LeadsTo());
        Assert.True(await browser.IsInAsync());
    }

    [Fact]
    public async Task RecoveryCode_OpensOnce()
    {
        var (_, codes) = await host.GiveAppAsync(await host.HireAsync(Email, Roles.Finance));
        Assert.Equal(10, codes.Distinct().Count());
        for (var use = 0; use < 2; use++)
        {
            using var browser = await host.ComeInAsync(Email);
            using var answer = await browser.SubmitAsync("/signin/two-factor", "recovery", ("Recovery", codes[0]));
            Assert.Equal(use == 0, answer.LeadsTo() == "/");
            Assert.Equal(use == 0, await browser.IsInAsync());
        }
    }

    [Fact]
    public async Task SecondStep_IsForWhoKnewThePassword()
    {
        await host.GiveAppAsync(await host.HireAsync(Email, Roles.Finance));
        using var answer = await host.Client().GetAsync("/signin/two-factor?return=%2Fusers");
        Assert.Equal("/signin?return=%2Fusers", answer.LeadsTo());
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("Finance,Admin", false)]
    public async Task Browser_IsRememberedUnlessTheRoleNeedsBoth(string rule, bool remembered)
    {
        host.Settings["SignIn:RequireTwoFactor"] = rule;
        var (key, _) = await host.GiveAppAsync(await host.HireAsync(Email, Roles.Finance));
        using var browser = await host.ComeInAsync(Email);
        Assert.Equal(remembered, (await browser.GetStringAsync("/signin/two-factor")).Contains("Input.Remember", StringComparison.Ordinal));
        (await browser.SubmitAsync("/signin/two-factor", "code", ("Input.Code", Staff.CodeNow(key)), ("Input.Remember", "true"))).Dispose();
        (await browser.SubmitAsync("/signout", "signout")).Dispose();

        using var again = await browser.TryPasswordAsync(Email);
        Assert.Equal(remembered ? "/" : "/signin/two-factor?return=%2F", again.LeadsTo());
    }

    [Fact]
    public async Task TooManyWrongTries_LockOutAndSayForHowLong()
    {
        await host.HireAsync(Email, Roles.Finance);
        using var browser = host.Client();
        for (var tried = 0; tried < 8; tried++)
            (await browser.TryPasswordAsync(Email, "guess guess guess")).Dispose();

        using var right = await browser.TryPasswordAsync(Email);
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
        Assert.Contains("You can try again in 5 min", await right.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    /// <summary>Nor does it tell who is locked by hand.</summary>
    [Fact]
    public async Task WrongTries_AreAnsweredAlikeWhetherSomebodyExists()
    {
        var (_, admin, locked) = (await host.HireAsync(Email, Roles.Finance), await host.HireAsync("admin@agency.example", Roles.Admin), await host.HireAsync("bob@agency.example", Roles.Finance));
        await host.AtDeskAsync(desk => desk.LockAsync(locked, admin, CancellationToken.None));
        var known = await GuessAsync(Email, Email);
        Assert.Equal(2, known.Distinct().Count());
        Assert.Equal(known, await GuessAsync("nobody@agency.example", "NOBODY@agency.example"));
        Assert.Equal(known, await GuessAsync("bob@agency.example", "BOB@agency.example"));

        using var another = await host.Client().TryPasswordAsync("somebody.else@agency.example", "guess guess guess");
        Assert.Contains("do not match", await another.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WrongCodes_LockOutToo()
    {
        var (key, _) = await host.GiveAppAsync(await host.HireAsync(Email, Roles.Finance));
        using var browser = await host.ComeInAsync(Email);
        for (var tried = 0; tried < 8; tried++)
            (await browser.SubmitAsync("/signin/two-factor", "code", ("Input.Code", "000000"))).Dispose();

        using var right = await browser.SubmitAsync("/signin/two-factor", "code", ("Input.Code", Staff.CodeNow(key)));
        Assert.Contains("You can try again in 5 min", await right.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task LockByHand_IsToldToWhoKnowsThePasswordOnly()
    {
        var (id, admin) = (await host.HireAsync(Email, Roles.Finance), await host.HireAsync("admin@agency.example", Roles.Admin));
        Assert.Equal(UserResult.Done, await host.AtDeskAsync(desk => desk.LockAsync(id, admin, CancellationToken.None)));

        using var knowing = await host.Client().TryPasswordAsync(Email);
        Assert.Contains("This account is locked", await knowing.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var guessing = await host.Client().TryPasswordAsync(Email, "guess guess guess");
        Assert.Contains("do not match", await guessing.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secrets_LieSealedInTheDatabase()
    {
        var (key, codes) = await host.GiveAppAsync(await host.HireAsync(Email, Roles.Finance));
        await using var db = await host.OpenDatabaseAsync();
        var stored = db.UserTokens.Select(token => token.Value).ToList();
        Assert.Equal(2, stored.Count);
        Assert.DoesNotContain(stored, value => value!.Contains(key, StringComparison.Ordinal) || value.Contains(codes[0], StringComparison.Ordinal));
    }

    /// <summary>What nine wrong tries are told, written in the one way and the other.</summary>
    private async Task<List<string>> GuessAsync(params string[] ways)
    {
        var told = new List<string>();
        using var browser = host.Client();
        for (var tried = 0; tried < 9; tried++)
        {
            using var answer = await browser.TryPasswordAsync(ways[tried % ways.Length], "guess guess guess");
            told.Add($"{(int)answer.StatusCode} {Alert().Match(await answer.Content.ReadAsStringAsync()).Groups["said"].Value}");
        }

        return told;
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [GeneratedRegex("class=\"problem\" role=\"alert\"(?! hidden)[^>]*>(?<said>[^<]+)<", RegexOptions.None, 1_000)]
    private static partial Regex Alert();
}
