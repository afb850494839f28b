using System.Net;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Identity;
using RevOps.Tests.People;
using RevOps.Tests.Testing;
using RevOps.Web.Identity;

namespace RevOps.Tests.Identity;

/// <summary>Sign-ins are seen and can be ended, at once.</summary>
public sealed class SessionTests(IdentityGraphTests.OneHost one) : IClassFixture<IdentityGraphTests.OneHost>
{
    private const string Windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36";
    private const string Phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1";

    private readonly RevOpsHost host = one.Host;

    // One host for all, and somebody else in each.
    private readonly string email = $"ann.{Guid.NewGuid():N}@agency.example";

    [Fact]
    public async Task EndedSession_IsOutAtItsNextRequest()
    {
        var id = await host.HireAsync(email, Roles.Marketing);
        using var desk = await host.ComeInAsync(email, Windows);
        using var phone = await host.ComeInAsync(email, Phone);
        var page = await desk.GetStringAsync("/account/sessions");
        Assert.Contains("Chrome on Windows", page, StringComparison.Ordinal);
        Assert.Contains("Safari on iOS", page, StringComparison.Ordinal);
        Assert.True(await phone.IsInAsync());

        var theirs = (await host.Services.GetRequiredService<Sessions>().OfUserAsync(id)).Single(session => session.System == "iOS");
        (await desk.SubmitAsync("/account/sessions", "end", ("End", theirs.Id.ToString()))).Dispose();
        using var next = await phone.GetAsync("/journeys");
        Assert.Equal("/signin?return=%2Fjourneys", next.LeadsTo());
        Assert.True(await desk.IsInAsync());
    }

    [Fact]
    public async Task EndingTheOthers_KeepsThisOne()
    {
        await host.HireAsync(email, Roles.Marketing);
        using var first = await host.ComeInAsync(email);
        using var two = await host.ComeInAsync(email);
        using var three = await host.ComeInAsync(email);
        (await two.SubmitAsync("/account/sessions", "end", ("End", "others"))).Dispose();
        Assert.Equal((false, true, false), (await first.IsInAsync(), await two.IsInAsync(), await three.IsInAsync()));
    }

    [Fact]
    public async Task NobodyEndsTheSessionOfAnother()
    {
        var bob = await host.HireAsync("bob@agency.example", Roles.Marketing);
        await host.HireAsync(email, Roles.Marketing);
        using var theirs = await host.ComeInAsync("bob@agency.example");
        using var mine = await host.ComeInAsync(email);
        var session = (await host.Services.GetRequiredService<Sessions>().OfUserAsync(bob)).Single();
        (await mine.SubmitAsync("/account/sessions", "end", ("End", session.Id.ToString()))).Dispose();
        Assert.True(await theirs.IsInAsync());
    }

    [Fact]
    public async Task SigningOut_EndsTheRowSoThatACopiedCookieIsWorthNothing()
    {
        await host.HireAsync(email, Roles.Marketing);
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() };
        using var browser = new HttpClient(handler) { BaseAddress = host.Address };
        (await browser.TryPasswordAsync(email)).Dispose();
        var stolen = handler.CookieContainer.GetCookieHeader(host.Address);
        (await browser.SubmitAsync("/signout", "signout")).Dispose();

        using var thief = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = host.Address };
        thief.DefaultRequestHeaders.Add("Cookie", stolen);
        Assert.False(await thief.IsInAsync());
    }

    [Fact]
    public async Task NewPassword_EndsTheOthers()
    {
        await host.HireAsync(email, Roles.Marketing);
        using var mine = await host.ComeInAsync(email);
        using var other = await host.ComeInAsync(email);
        using var wrong = await mine.SubmitAsync("/account/password", "password", ("Input.Present", "not this one at all"), ("Input.Wanted", "another long sentence"));
        Assert.Contains("present password is not right", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.True(await other.IsInAsync());

        using var changed = await mine.SubmitAsync("/account/password", "password", ("Input.Present", Staff.Password), ("Input.Wanted", "another long sentence"));
        Assert.Equal("/account/password?said=password", changed.LeadsTo());
        Assert.Equal((true, false), (await mine.IsInAsync(), await other.IsInAsync()));
        using var again = await host.Client().TryPasswordAsync(email, "another long sentence");
        Assert.Equal("/", again.LeadsTo());
    }

    [Fact]
    public async Task LockOut_SaysForHowLongItStillLasts()
    {
        var id = await host.HireAsync(email, Roles.Marketing);
        using var mine = await host.ComeInAsync(email);
        await using (var db = await host.OpenDatabaseAsync())
        {
            (await db.Users.SingleAsync(user => user.Id == id)).LockoutEnd = TimeProvider.System.GetUtcNow().AddMinutes(2);
            await db.SaveChangesAsync();
        }

        using var answer = await mine.SubmitAsync("/account/password", "password", ("Input.Present", Staff.Password), ("Input.Wanted", "another long sentence"));
        Assert.Contains("You can try again in 2 min", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Row_HoldsNoAddressAndNoUserAgent()
    {
        var id = await host.HireAsync(email, Roles.Marketing);
        using var browser = await host.ComeInAsync(email, Windows);
        await using var db = await host.OpenDatabaseAsync();
        var row = await db.Set<Session>().AsNoTracking().SingleAsync(session => session.UserId == id);
        Assert.Equal(("Chrome", "Windows", SignInMethod.Password, false), (row.Browser, row.System, row.Method, row.IsStrong));
        Assert.NotNull((await host.UserAsync(id)).LastSeenAt);
    }

    [Fact]
    public async Task StaySignedIn_LastsLonger()
    {
        var id = await host.HireAsync(email, Roles.Marketing);
        using var browser = host.Client();
        using var answer = await browser.TryPasswordAsync(email, stay: true);
        var cookie = answer.Headers.GetValues("Set-Cookie").Single(one => one.StartsWith("revops=", StringComparison.Ordinal));
        Assert.Contains("expires=", cookie, StringComparison.OrdinalIgnoreCase);
        var session = (await host.Services.GetRequiredService<Sessions>().OfUserAsync(id)).Single();
        Assert.InRange(session.ExpiresAt - session.StartedAt, TimeSpan.FromDays(13), TimeSpan.FromDays(15));
    }

    [Fact]
    public async Task Stamp_CarriesTheSessionOverWhenItIsLookedAtAnew()
    {
        // A principal that is made anew from the database knows nothing of the sign-in by itself: without it the next request would be out.
        await using var eager = new RevOpsHost { Configure = services => services.Configure<Microsoft.AspNetCore.Identity.SecurityStampValidatorOptions>(options => options.ValidationInterval = TimeSpan.Zero) };
        await eager.HireAsync(email, Roles.Marketing);
        using var browser = await eager.ComeInAsync(email);
        Assert.True(await browser.IsInAsync());
        Assert.True(await browser.IsInAsync());
    }

    [Theory]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox", "Linux")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36 Edg/143.0.0.0", "Edge", "Windows")]
    [InlineData("Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Mobile Safari/537.36", "Chrome", "Android")]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15", "Safari", "macOS")]
    [InlineData(Phone, "Safari", "iOS")]
    [InlineData("curl/8.0", null, null)]
    public void Device_IsTwoWords(string userAgent, string? browser, string? system) => Assert.Equal((browser, system), Device.Of(userAgent));

    [Fact]
    public async Task OpenPage_IsAskedAboutItsSession()
    {
        var id = await host.HireAsync(email, Roles.Marketing);
        using var browser = await host.ComeInAsync(email);
        var session = (await host.Services.GetRequiredService<Sessions>().OfUserAsync(id)).Single();
        await using var scope = host.Services.CreateAsyncScope();
        var signIns = scope.ServiceProvider.GetRequiredService<SignIns>();
        var user = await signIns.CreateUserPrincipalAsync(await host.UserAsync(id));
        ((System.Security.Claims.ClaimsIdentity)user.Identity!).AddClaim(new(Caller.SessionClaim, session.Id.ToString()));

        var watch = new Watch(scope.ServiceProvider);
        Assert.True(await watch.LookAsync(user));
        await host.Services.GetRequiredService<Sessions>().EndAsync(id, session.Id, "system:test", CancellationToken.None);
        Assert.False(await watch.LookAsync(user));
    }

    /// <summary>What a circuit asks once a minute, asked now.</summary>
    private sealed class Watch(IServiceProvider services)
    {
        private readonly RevalidatingUser provider = ActivatorUtilities.CreateInstance<RevalidatingUser>(services);

        public Task<bool> LookAsync(System.Security.Claims.ClaimsPrincipal user) =>
            (Task<bool>)typeof(RevalidatingUser).GetMethod("ValidateAuthenticationStateAsync", System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic)!
                .Invoke(provider, [new AuthenticationState(user), CancellationToken.None])!;
    }
}
