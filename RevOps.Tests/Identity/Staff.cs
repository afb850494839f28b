using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Identity;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Identity;

/// <summary>People of an agency and what they do at the door, through the forms.</summary>
internal static partial class Staff
{
    public const string Password = "a sentence that is long";

    public static async Task<Guid> HireAsync(this RevOpsHost host, string email, params string[] roles)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<User>>();
        var user = new User { UserName = email, Email = email };
        Assert.True((await users.CreateAsync(user, Password)).Succeeded);
        Assert.True((await users.AddToRolesAsync(user, roles)).Succeeded);
        return user.Id;
    }

    /// <summary>Gives somebody an authenticator app; its key.</summary>
    public static async Task<(string Key, IReadOnlyList<string> Codes)> GiveAppAsync(this RevOpsHost host, Guid id)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<User>>();
        var desk = scope.ServiceProvider.GetRequiredService<AccountDesk>();
        var (user, key) = ((await users.FindByIdAsync(id.ToString()))!, Totp.NewKey());
        Assert.True((await desk.UseAuthenticatorAsync(user, key, CancellationToken.None)).Succeeded);
        return (key, await desk.NewRecoveryCodesAsync(user, CancellationToken.None));
    }

    public static string CodeNow(string key) => Totp.CodeAt(key, TimeProvider.System.GetUtcNow());

    public static Task<HttpResponseMessage> TryPasswordAsync(this HttpClient browser, string email, string password = Password, string query = "", bool stay = false) =>
        browser.SubmitAsync("/signin" + query, "signin", [("Input.Email", email), ("Input.Password", password), .. stay ? [("Input.Stay", "true")] : Array.Empty<(string, string)>()]);

    /// <summary>Comes in by the password alone.</summary>
    public static async Task<HttpClient> ComeInAsync(this RevOpsHost host, string email, string userAgent = "")
    {
        var browser = host.Client();
        if (userAgent.Length > 0)
            browser.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", userAgent);
        using var answer = await browser.TryPasswordAsync(email);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        return browser;
    }

    /// <summary>Comes in by password and code.</summary>
    public static async Task<HttpClient> ComeInWithCodeAsync(this RevOpsHost host, string email, string key)
    {
        var browser = await host.ComeInAsync(email);
        using var answer = await browser.SubmitAsync("/signin/two-factor", "code", ("Input.Code", CodeNow(key)));
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        return browser;
    }

    /// <summary>Where an answer leads to, as a path; null when it does not.</summary>
    public static string? LeadsTo(this HttpResponseMessage answer) =>
        answer.Headers.Location is { } to ? to.IsAbsoluteUri ? to.PathAndQuery : to.ToString() : null;

    public static async Task<bool> IsInAsync(this HttpClient browser)
    {
        using var answer = await browser.GetAsync("/account");
        return answer.StatusCode == HttpStatusCode.OK;
    }

    public static async Task<T> AtDeskAsync<T>(this RevOpsHost host, Func<UserDesk, Task<T>> doAsync)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await doAsync(scope.ServiceProvider.GetRequiredService<UserDesk>());
    }

    public static async Task<User> UserAsync(this RevOpsHost host, Guid id)
    {
        await using var db = await host.OpenDatabaseAsync();
        return await db.Set<User>().AsNoTracking().SingleAsync(user => user.Id == id);
    }

    /// <summary>Sends what waits, and reads what was written into the mail folder, oldest first.</summary>
    public static async Task<IReadOnlyList<MimeKit.MimeMessage>> MailsAsync(this RevOpsHost host)
    {
        await host.DrainAsync();
        var folder = new DirectoryInfo(Path.Combine(host.DataFolder, "mail"));
        return folder.Exists ? [.. folder.EnumerateFiles("*.eml").Select(file => MimeKit.MimeMessage.Load(file.FullName)).OrderBy(mail => mail.Date)] : [];
    }

    /// <summary>The path of the link in a mail.</summary>
    public static string LinkIn(MimeKit.MimeMessage mail) => new Uri(Link().Match(mail.TextBody!).Value).PathAndQuery;

    [GeneratedRegex(@"https?://\S+", RegexOptions.None, 1_000)]
    private static partial Regex Link();
}
