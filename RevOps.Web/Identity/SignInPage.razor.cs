using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using RevOps.Web.Shared;

namespace RevOps.Web.Identity;

public sealed partial class SignInPage(SignIns signIns, NavigationManager navigation)
{
    private string? problem;

    [SupplyParameterFromForm(FormName = "signin")]
    private Credentials? Input { get; set; }

    /// <summary>What the browser's passkey answered.</summary>
    [SupplyParameterFromForm(FormName = "passkey", Name = PasskeyButton.Field)]
    private string? Passkey { get; set; }

    /// <summary>Where the person wanted to go.</summary>
    [SupplyParameterFromQuery(Name = "return")]
    private string? To { get; set; }

    /// <summary>What another page has just done.</summary>
    [SupplyParameterFromQuery(Name = "said")]
    private string? Said { get; set; }

    private async Task SignInAsync() => Go(await signIns.WithPasswordAsync(Input?.Email?.Trim() ?? "", Input?.Password ?? "", Input?.Stay ?? false));

    private async Task WithPasskeyAsync()
    {
        var outcome = await signIns.WithPasskeyAsync(Passkey ?? "");
        if (outcome.State == SignInState.Refused)
            problem = Text["PasskeyRefused"];
        else
            Go(outcome);
    }

    private void Go(SignInOutcome outcome)
    {
        if (outcome.State == SignInState.Done)
            navigation.NavigateTo(LocalPath.Of(To));
        else if (outcome.State == SignInState.NeedsSecondFactor)
            navigation.NavigateTo($"{Paths.SecondStep}?return={Uri.EscapeDataString(LocalPath.Of(To))}{(Input?.Stay is true ? "&stay=true" : "")}");
        else
            problem = Text.Problem(outcome);
    }

    private sealed class Credentials
    {
        public string? Email { get; set; }
        public string? Password { get; set; }
        public bool Stay { get; set; }
    }
}
