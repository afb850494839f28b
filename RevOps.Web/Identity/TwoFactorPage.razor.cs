using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;
using RevOps.Core.Identity;
using RevOps.Web.Shared;

namespace RevOps.Web.Identity;

/// <summary>The second step, for whom the first has just been right in this browser.</summary>
public sealed partial class TwoFactorPage(SignIns signIns, UserManager<User> users, NavigationManager navigation)
{
    private string? problem;
    private bool isKnown, hasApp, mustShowBoth;

    [SupplyParameterFromForm(FormName = "code")]
    private Answer? Input { get; set; }

    [SupplyParameterFromForm(FormName = "recovery")]
    private string? Recovery { get; set; }

    [SupplyParameterFromForm(FormName = "passkey", Name = PasskeyButton.Field)]
    private string? Passkey { get; set; }

    [SupplyParameterFromQuery(Name = "return")]
    private string? To { get; set; }

    [SupplyParameterFromQuery(Name = "stay")]
    private bool Stay { get; set; }

    protected override async Task OnInitializedAsync()
    {
        var user = await signIns.GetTwoFactorAuthenticationUserAsync();
        isKnown = user is not null;
        if (user is not null)
            (hasApp, mustShowBoth) = (await users.GetTwoFactorEnabledAsync(user), await signIns.MustShowBothAsync(user));

        // A passkey needs no first step: asking for one has taken its place in this browser.
        else if (Passkey is null)
            navigation.NavigateTo($"{Paths.SignIn}?return={Uri.EscapeDataString(LocalPath.Of(To))}");
    }

    private async Task WithCodeAsync() => Go(await signIns.WithCodeAsync(Input?.Code ?? "", Stay, Input?.Remember ?? false), "CodeWrong");

    private async Task WithRecoveryCodeAsync() => Go(await signIns.WithRecoveryCodeAsync(Recovery ?? ""), "RecoveryCodeWrong");

    private async Task WithPasskeyAsync() => Go(await signIns.WithPasskeyAsync(Passkey ?? ""), "PasskeyRefused");

    private void Go(SignInOutcome outcome, string refused)
    {
        if (outcome.State == SignInState.Done)
            navigation.NavigateTo(LocalPath.Of(To));
        else
            problem = Text.Problem(outcome, refused);
    }

    private sealed class Answer
    {
        public string? Code { get; set; }
        public bool Remember { get; set; }
    }
}
