using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using RevOps.Tests.Testing;
using RevOps.Web.Platform;
using RevOps.Web.Platform.Verbs;

namespace RevOps.Tests.Shell;

/// <summary>
/// Verbs and bad settings: exit code, standard output, standard error. As a process where it is about the process, since one takes seconds
/// to start; else as its Main calls them.
/// </summary>
public sealed partial class VerbTests : IDisposable
{
    private readonly TempFolder folder = new();

    [Fact]
    public async Task KeyCreate_PrintsTheKeyAndNothingElse()
    {
        var migrated = await ChildProcess.RunAsync(folder.Path, "migrate");
        Assert.Equal((0, ""), (migrated.ExitCode, migrated.Errors));

        var made = await ChildProcess.RunAsync(folder.Path, "key", "create", "--scopes", "events:write,metrics:read", "--name", "site");
        Assert.Equal((0, ""), (made.ExitCode, made.Errors));
        Assert.Matches(Key(), made.Output);

        var seen = await ChildProcess.RunAsync(folder.Path, "doctor");
        Assert.Equal(0, seen.ExitCode);
        Assert.All(Lines(seen.Output), line => Assert.False(line.StartsWith("fail", StringComparison.Ordinal), line));
    }

    [Fact]
    public async Task Doctor_FailsBeforeTheFirstStart()
    {
        var seen = await RunAsync("doctor");
        Assert.Equal(1, seen.ExitCode);
        Assert.Contains("fail  database", seen.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mistakes_AreOneLineOnStandardError()
    {
        var scope = await RunAsync("key", "create", "--scopes", "everything");
        Assert.Equal((1, ""), (scope.ExitCode, scope.Output));
        Assert.Contains("events:write", Assert.Single(Lines(scope.Errors)), StringComparison.Ordinal);

        var unknown = await ChildProcess.RunAsync(folder.Path, "dance");
        Assert.Equal((2, ""), (unknown.ExitCode, unknown.Output));
        Assert.StartsWith("usage:", Assert.Single(Lines(unknown.Errors)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AdminReset_PrintsALinkAndMakesAnAdministratorWhereNobodyIsLeft()
    {
        var made = await RunAsync("admin", "reset", "--email", "ann@agency.example", "--Public:Address=https://revops.agency.example");
        Assert.Equal((0, ""), (made.ExitCode, made.Errors));
        Assert.StartsWith("https://revops.agency.example/reset?user=", Assert.Single(Lines(made.Output)), StringComparison.Ordinal);

        // Somebody else is nobody, now that there is one who can sign in once the link was used.
        await using var host = new RevOpsHost { Settings = { ["Data:Folder"] = folder.Path } };
        using var ann = host.Client();
        using var set = await ann.SubmitAsync(new Uri(Lines(made.Output)[0]).PathAndQuery, "password", ("Password", "a sentence that is long"));
        Assert.Equal(System.Net.HttpStatusCode.Found, set.StatusCode);
        using var signedIn = await ann.SubmitAsync("/signin", "signin", ("Input.Email", "ann@agency.example"), ("Input.Password", "a sentence that is long"));
        using var users = await ann.GetAsync("/users");
        Assert.Equal(System.Net.HttpStatusCode.OK, users.StatusCode);

        var nobody = await RunAsync("admin", "reset", "--email", "bob@agency.example");
        Assert.Equal((1, ""), (nobody.ExitCode, nobody.Output));
        Assert.Contains("Nobody signs in with", nobody.Errors, StringComparison.Ordinal);

        var given = await RunAsync("role", "give", "--email", "ann@agency.example", "--role", "Finance");
        Assert.Equal((0, "", ""), (given.ExitCode, given.Output, given.Errors));
        using var shutOut = await ann.GetAsync("/users");
        Assert.Equal(System.Net.HttpStatusCode.Found, shutOut.StatusCode);
        var again = await RunAsync("role", "give", "--email", "ann@agency.example", "--role", "Owner");
        Assert.Equal((1, ""), (again.ExitCode, again.Output));
    }

    [Fact]
    public async Task BadSetting_StopsTheStartInOneLine()
    {
        var start = await ChildProcess.RunAsync(folder.Path, "--Demo:Enabled=true", "--Meta:AccessToken=t");
        Assert.Equal((1, ""), (start.ExitCode, start.Output));
        Assert.StartsWith("Demo:Enabled", Assert.Single(Lines(start.Errors)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--SignIn:RequireTwoFactor=Finance,Owner", "SignIn:RequireTwoFactor", "Finance, Marketing")]
    [InlineData("--Public:Address=agency", "Public:Address", "address at which people open")]
    [InlineData("--Mail:Host=localhost", "Mail:From", "Mail:Host")]
    [InlineData("--Mail:Host=localhost --Mail:From=ann@agency.example", "Public:Address", "AllowedHosts")]
    [InlineData("--Mail:Host=localhost --Mail:From=ann@agency.example --AllowedHosts=*", "Public:Address", "Mail:Host")]
    [InlineData("--Mail:Security=SSL", "Mail:Security", "StartTls or Tls or None")]
    [InlineData("--Database:Provider=Oracle", "Database:Provider", "Sqlite or SqlServer")]
    [InlineData("--Demo:Enabled=maybe", "Demo:Enabled", "true or false")]
    [InlineData("--Sandbox:Enabled=2", "Sandbox:Enabled", "true or false")]
    [InlineData("--Company:TimeZone=Mars/Olympus", "Company:TimeZone", "Europe/Paris")]
    [InlineData("--Sandbox:Enabled=true --Stripe:ApiKey=sk_live_1", "Sandbox:Enabled", "Stripe:ApiKey")]
    [InlineData("--Stripe:ApiKey=sk_test_1", "Stripe:ApiKey", "Stripe:AllowTestKey")]
    [InlineData("--Demo:Enabled=true --Meta:AccessToken=t", "Demo:Enabled", "Meta:AccessToken")]
    public void BadSetting_NamesTheKeyAndWhatItTakes(string settings, string key, string expected)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = settings.Split(' '), EnvironmentName = Environments.Production });
        builder.AddSettings();
        var line = builder.FindBadSetting();
        Assert.StartsWith(key, line, StringComparison.Ordinal);
        Assert.Contains(expected, line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Development", "sk_live_1", false)]
    [InlineData("Development", "rk_test_1", true)]
    [InlineData("Staging", "rk_live_1", false)]
    [InlineData("Production", "sk_live_1", true)]
    [InlineData("Production", "sk_test_1", false)]
    [InlineData("Production", "sk_test_1", true, "--Stripe:AllowTestKey=true")]
    public void AStripeKey_IsTakenWhereItsMoneyBelongs(string environment, string key, bool isTaken, string other = "--Stripe:CallsPerSecond=9")
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = [$"--Stripe:ApiKey={key}", other], EnvironmentName = environment });
        (builder.Configuration["Sandbox:Enabled"], builder.Configuration["Demo:Enabled"]) = ("false", "false");
        builder.AddSettings();
        Assert.Equal(isTaken, builder.FindBadSetting() is null);
        Assert.Equal(isTaken, StripeKeys.From(builder.Configuration, builder.Environment).Takes(key));
    }

    public void Dispose() => folder.Dispose();

    private async Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] args)
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        var code = await Verbs.RunAsync([.. args, $"--Data:Folder={folder.Path}", "--environment=Production"], output, errors);
        return (code, output.ToString(), errors.ToString());
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex("^rk_[0-9a-f]{64}\r?\n$", RegexOptions.None, 1_000)]
    private static partial Regex Key();
}
