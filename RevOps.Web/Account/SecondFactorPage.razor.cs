using System.Security.Cryptography;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using RevOps.Core.Identity;
using RevOps.Web.Identity;

namespace RevOps.Web.Account;

/// <summary>Authenticator app, passkeys and recovery codes of whoever is signed in.</summary>
public sealed partial class SecondFactorPage(UserManager<User> users, SignIns signIns, AccountDesk desk, Sessions sessions, TwoFactorRule rule, IDataProtectionProvider protection, NavigationManager navigation)
{
    // Long enough to install an app first.
    private static readonly TimeSpan KeyLasts = TimeSpan.FromMinutes(30);

    private User? user;
    private IReadOnlyList<UserPasskeyInfo> passkeys = [];
    private IReadOnlyList<string>? codes;
    private string key = Totp.NewKey();
    private string? problem;
    private bool hasApp, mustHave, isAppAsked;
    private int codesLeft;

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromQuery]
    private string? Said { get; set; }

    /// <summary>Where the person wanted to go when this was asked of them.</summary>
    [SupplyParameterFromQuery(Name = "return")]
    private string? To { get; set; }

    [SupplyParameterFromForm(FormName = AuthenticatorPart.Form)]
    private AuthenticatorPart.Answer? App { get; set; }

    [SupplyParameterFromForm(FormName = PasskeysPart.AddForm)]
    private PasskeysPart.Answer? New { get; set; }

    /// <summary>Each passkey has a form of its own.</summary>
    [SupplyParameterFromForm]
    private PasskeysPart.Answer? Old { get; set; }

    private bool HasFactor => hasApp || passkeys.Count > 0;

    private bool Owes => Http.User.OwesSecondFactor(rule);

    /// <summary>Who came in by a password alone makes a first factor, but touches none that is there: that takes one of them.</summary>
    private bool MayChange => !HasFactor || Http.User.HasSecondFactor();

    private string SuggestedName => Device.Of(Http.Request.Headers.UserAgent.ToString()) is ({ } browser, { } system) ? Text["PasskeyOn", browser, system] : Text["Passkey"];

    protected override async Task OnInitializedAsync()
    {
        if (await users.GetUserAsync(Http.User) is not { } found)
            return;
        user = found;
        hasApp = await users.GetTwoFactorEnabledAsync(found);
        passkeys = [.. (await users.GetPasskeysAsync(found)).OrderBy(passkey => passkey.CreatedAt)];
        codesLeft = await users.CountRecoveryCodesAsync(found);
        mustHave = await signIns.MustShowBothAsync(found);
        key = Unseal(App?.Key) ?? key;
    }

    private void AskForApp() => isAppAsked = true;

    private async Task UseAppAsync()
    {
        if (!MayActOn(out var owner))
            return;
        isAppAsked = hasApp;
        var code = string.Concat((App?.Code ?? "").Where(char.IsAsciiDigit));
        if (Unseal(App?.Key) is not { } asked || !Totp.Fits(asked, code, TimeProvider.System.GetUtcNow()))
        {
            problem = Words["CodeWrong"];
            return;
        }

        if (await DidAsync(desk.UseAuthenticatorAsync(owner, asked, Http.RequestAborted)))
        {
            codes = await desk.NewRecoveryCodesAsync(owner, Http.RequestAborted);
            await SettleAsync(owner, SignInMethod.AuthenticatorCode);
        }
    }

    private async Task DropAppAsync()
    {
        if (MayActOn(out var owner) && (!mustHave || passkeys.Count > 0) && await DidAsync(desk.DropAuthenticatorAsync(owner, Http.RequestAborted)))
            await SettleAsync(owner, null, "app-off");
    }

    private async Task AddPasskeyAsync()
    {
        if (!MayActOn(out var owner))
            return;
        if (await AttestAsync(New?.Credential ?? "") is not { Succeeded: true } made || made.UserEntity.Id != owner.Id.ToString())
        {
            problem = Words["PasskeyFailed"];
            return;
        }

        if (!await DidAsync(desk.AddPasskeyAsync(owner, made.Passkey, NameOf(New?.Name), Http.RequestAborted)))
            return;
        codes = codesLeft == 0 ? await desk.NewRecoveryCodesAsync(owner, Http.RequestAborted) : null;
        await SettleAsync(owner, SignInMethod.Passkey, codes is null ? "passkey-added" : null);
    }

    private async Task ChangePasskeyAsync()
    {
        if (!MayActOn(out var owner) || Old is null || PasskeysPart.CredentialOf(Old.Remove ?? Old.Rename) is not { } credential)
            return;
        var removes = Old.Remove is not null;
        if (removes && mustHave && !hasApp && passkeys.Count <= 1)
            return;
        var change = removes ? desk.RemovePasskeyAsync(owner, credential, Http.RequestAborted) : desk.RenamePasskeyAsync(owner, credential, NameOf(Old.Name), Http.RequestAborted);
        if (await DidAsync(change))
            await SettleAsync(owner, null, removes ? "passkey-removed" : "passkey-renamed");
    }

    private async Task RenewCodesAsync()
    {
        if (!MayActOn(out var owner) || !HasFactor)
            return;
        codes = await desk.NewRecoveryCodesAsync(owner, Http.RequestAborted);
    }

    private async Task SignInAgainAsync()
    {
        // A browser that is remembered would not be asked again either.
        await signIns.ForgetTwoFactorClientAsync();
        await signIns.SignOutAsync();
        navigation.NavigateTo($"{Paths.SignIn}?return={Uri.EscapeDataString(Paths.SecondFactor)}");
    }

    private bool MayActOn(out User owner)
    {
        owner = user!;
        return user is not null && MayChange && !Http.User.IsDemo();
    }

    private async Task<bool> DidAsync(Task<IdentityResult> change)
    {
        var result = await change;
        problem = result.Succeeded ? null : Words.Refusal(result);
        return result.Succeeded;
    }

    /// <summary>This session goes on under the new terms; every other one signs in again.</summary>
    private async Task SettleAsync(User owner, SignInMethod? shown, string? said = null)
    {
        await sessions.EndOthersAsync(owner.Id, Http.User.SessionId(), Http.User.Actor()!, Http.RequestAborted);
        if (shown is { } method && !Http.User.HasSecondFactor())
            await signIns.StrengthenAsync(owner, method);
        else
            await signIns.RefreshSignInAsync(owner);
        if (said is not null)
            navigation.NavigateTo($"{Paths.SecondFactor}?said={said}");
    }

    private async Task<PasskeyAttestationResult?> AttestAsync(string credential)
    {
        try
        {
            return await signIns.PerformPasskeyAttestationAsync(credential);
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException)
        {
            // It was not asked for in this browser, or too long ago; or the form came without an answer.
            return null;
        }
    }

    private string NameOf(string? given) => given?.Trim() is { Length: > 0 } name ? name[..Math.Min(name.Length, 60)] : SuggestedName;

    // The key of a set-up under way travels with the form, readable by us alone and for this user alone: nothing is stored until it works.
    private ITimeLimitedDataProtector Protector => protection.CreateProtector("RevOps.Web.Account.AuthenticatorKey", user?.Id.ToString() ?? "").ToTimeLimitedDataProtector();

    private string Seal(string secret) => Protector.Protect(secret, KeyLasts);

    private string? Unseal(string? sealedKey)
    {
        try
        {
            return sealedKey is null ? null : Protector.Unprotect(sealedKey);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
