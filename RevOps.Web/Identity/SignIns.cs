using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using RevOps.Core.Identity;
using RevOps.Web.Shell;

namespace RevOps.Web.Identity;

/// <summary>
/// Identity's sign-in, and what the product adds to it: each sign-in is a stored session, the cookie says how it came about, whoever has
/// a role that needs two factors is asked for both, and language and theme come along.
/// </summary>
public sealed class SignIns(UserManager<User> users, IHttpContextAccessor http, IUserClaimsPrincipalFactory<User> claims, IOptions<IdentityOptions> options,
    ILogger<SignInManager<User>> log, IAuthenticationSchemeProvider schemes, IUserConfirmation<User> confirmation, Sessions sessions, TwoFactorRule rule,
    UnknownNames unknown)
    : SignInManager<User>(users, http, claims, options, log, schemes, confirmation)
{
    // A hash of nothing in particular: whether somebody exists must not be told by how long a no takes.
    private static readonly string Decoy = new PasswordHasher<User>().HashPassword(new User(), Guid.NewGuid().ToString());

    private SignInMethod method = SignInMethod.Password;
    private Session? current;

    public async Task<SignInOutcome> WithPasswordAsync(string email, string password, bool stay)
    {
        var user = await UserManager.FindByNameAsync(email);
        return user is null || IsLockedByHand(user)
            ? await RefuseAsync(user, email, password)
            : Outcome(await PasswordSignInAsync(user, password, stay, lockoutOnFailure: true), user);
    }

    public async Task<SignInOutcome> WithCodeAsync(string code, bool stay, bool rememberBrowser)
    {
        method = SignInMethod.AuthenticatorCode;
        var user = await GetTwoFactorAuthenticationUserAsync();
        return Outcome(await TwoFactorAuthenticatorSignInAsync(Digits(code), stay, rememberBrowser && user is not null && !await MustShowBothAsync(user)), user);
    }

    public async Task<SignInOutcome> WithRecoveryCodeAsync(string code)
    {
        method = SignInMethod.RecoveryCode;
        var user = await GetTwoFactorAuthenticationUserAsync();
        return Outcome(await TwoFactorRecoveryCodeSignInAsync(code.Trim()), user);
    }

    /// <summary>A passkey is asked to verify its user, so it counts as two factors.</summary>
    public async Task<SignInOutcome> WithPasskeyAsync(string credential)
    {
        var assertion = await AssertAsync(credential);
        if (assertion is not { Succeeded: true })
            return SignInOutcome.Refused;
        if (IsLockedByHand(assertion.User))
            return SignInOutcome.LockedByHand;
        if (await PreSignInCheck(assertion.User) is { } no)
            return Outcome(no, assertion.User);

        // The passkey counts its uses.
        if (!(await UserManager.AddOrUpdatePasskeyAsync(assertion.User, assertion.Passkey)).Succeeded)
            return SignInOutcome.Refused;
        method = SignInMethod.Passkey;
        await SignInAsync(assertion.User, isPersistent: false);
        return SignInOutcome.Done;
    }

    /// <summary>After a link that only its owner had.</summary>
    public Task WithLinkAsync(User user) => SignInAsync(user, SignInMethod.Link);

    public Task AsDemoAsync(User user) => SignInAsync(user, SignInMethod.Demo);

    /// <summary>The second factor was just made in this session: from here on it counts as shown.</summary>
    public async Task StrengthenAsync(User user, SignInMethod shown)
    {
        if (Context.User.SessionId() is { } id)
            await sessions.StrengthenAsync(id, shown, Context.RequestAborted);
        await RefreshSignInAsync(user);
    }

    /// <summary>True where a password alone must not do.</summary>
    public async Task<bool> MustShowBothAsync(User user) => rule.Covers(await UserManager.GetRolesAsync(user));

    /// <summary>Also asked of whoever has a passkey and no app, when their role needs two factors.</summary>
    public override async Task<bool> IsTwoFactorEnabledAsync(User user) =>
        await base.IsTwoFactorEnabledAsync(user) || (await MustShowBothAsync(user) && (await UserManager.GetPasskeysAsync(user)).Count > 0);

    public override async Task<bool> IsTwoFactorClientRememberedAsync(User user) => await base.IsTwoFactorClientRememberedAsync(user) && !await MustShowBothAsync(user);

    /// <summary>A new cookie for the same sign-in, after something that it says has changed.</summary>
    public override async Task RefreshSignInAsync(User user)
    {
        current = Context.User.SessionId() is { } id ? await sessions.FindLiveAsync(id, user.Id, Context.RequestAborted) : null;
        await base.RefreshSignInAsync(user);
        current = null;
    }

    public override async Task SignInWithClaimsAsync(User user, AuthenticationProperties? authenticationProperties, IEnumerable<Claim> additionalClaims)
    {
        var properties = authenticationProperties ?? new();
        var session = current ?? await StartAsync(user, properties.IsPersistent);
        if (properties.IsPersistent && current is null)
            properties.ExpiresUtc = TimeProvider.System.GetUtcNow() + Sessions.Kept;
        await base.SignInWithClaimsAsync(user, properties, [new(Caller.SessionClaim, session.Id.ToString()), new(Caller.MethodClaim, MethodOf(session))]);
        Context.Bring(user.Language, user.Theme);
    }

    public override async Task SignOutAsync()
    {
        if (Context.User.SessionId() is { } id)
            await sessions.SignOutAsync(id, Context.RequestAborted);
        await base.SignOutAsync();
    }

    public static bool IsLockedByHand(User user) => user.LockoutEnd > TimeProvider.System.GetUtcNow().AddYears(1);

    private static string MethodOf(Session session) =>
        session.Method == SignInMethod.Demo ? Caller.DemoUser : session.IsStrong ? Caller.TwoFactors : Caller.OneFactor;

    private static SignInOutcome Outcome(SignInResult result, User? user) => result switch
    {
        { Succeeded: true } => SignInOutcome.Done,
        { RequiresTwoFactor: true } => SignInOutcome.NeedsSecondFactor,
        { IsLockedOut: true } => new(SignInState.LockedOut, user?.LockoutEnd),
        _ => SignInOutcome.Refused,
    };

    /// <summary>Nobody signs in by this name, and wrong tries are answered as if somebody did.</summary>
    private async Task<SignInOutcome> RefuseAsync(User? lockedByHand, string email, string password)
    {
        var name = UserManager.NormalizeName(email);
        if (unknown.LockedUntil(name) is { } until)
            return new(SignInState.LockedOut, until);
        if (lockedByHand is null)
            UserManager.PasswordHasher.VerifyHashedPassword(new User(), Decoy, password);

        // That an account is locked by hand is said to whoever knows its password, and to nobody else.
        else if (await UserManager.CheckPasswordAsync(lockedByHand, password))
            return SignInOutcome.LockedByHand;
        return unknown.Count(name) is { } end ? new(SignInState.LockedOut, end) : SignInOutcome.Refused;
    }

    // People type the code as the app shows it, in two groups.
    private static string Digits(string code) => string.Concat(code.Where(char.IsAsciiDigit));

    private Task SignInAsync(User user, SignInMethod way)
    {
        method = way;
        return SignInAsync(user, isPersistent: false);
    }

    private async Task<PasskeyAssertionResult<User>?> AssertAsync(string credential)
    {
        try
        {
            return await PerformPasskeyAssertionAsync(credential);
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException)
        {
            // Nobody asked for one in this browser, or it is too long ago; or the form came without an answer.
            return null;
        }
    }

    private async Task<Session> StartAsync(User user, bool kept)
    {
        // Whoever signs in over another sign-in has left that.
        if (Context.User.SessionId() is { } before)
            await sessions.SignOutAsync(before, Context.RequestAborted);
        return await sessions.StartAsync(user.Id, method, kept, Device.Of(Context.Request.Headers.UserAgent.ToString()), Context.RequestAborted);
    }
}

public enum SignInState
{
    Done,
    NeedsSecondFactor,
    Refused,

    /// <summary>For some minutes, after too many wrong tries.</summary>
    LockedOut,

    /// <summary>By an administrator.</summary>
    LockedByHand,
}

/// <param name="Until">When a lock-out ends.</param>
public sealed record SignInOutcome(SignInState State, DateTimeOffset? Until = null)
{
    public static readonly SignInOutcome Done = new(SignInState.Done);
    public static readonly SignInOutcome NeedsSecondFactor = new(SignInState.NeedsSecondFactor);
    public static readonly SignInOutcome Refused = new(SignInState.Refused);
    public static readonly SignInOutcome LockedByHand = new(SignInState.LockedByHand);
}
