using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using RevOps.Core.Identity;
using RevOps.Web.Shared;

namespace RevOps.Web.Identity;

public sealed partial class PasswordPage(SignInLinks links, AccountDesk desk, SignIns signIns, NavigationManager navigation)
{
    private User? user;
    private string? problem;

    [SupplyParameterFromForm(FormName = "password")]
    private string? Password { get; set; }

    [SupplyParameterFromQuery(Name = "user")]
    private string? UserId { get; set; }

    [SupplyParameterFromQuery]
    private string? Token { get; set; }

    private bool IsInvitation => new Uri(navigation.Uri).AbsolutePath.Equals("/invitation", StringComparison.OrdinalIgnoreCase);

    private string Title => Text[IsInvitation ? "InvitationTitle" : "ResetTitle"];

    protected override async Task OnInitializedAsync() => user = await links.OpenAsync(FromUrl.Id(UserId), Token, IsInvitation);

    private async Task SetAsync()
    {
        if (user is null || SignIns.IsLockedByHand(user))
        {
            user = null;
            return;
        }

        var result = await desk.SetPasswordAsync(user, Password ?? "", IsInvitation, CancellationToken.None);
        if (!result.Succeeded)
        {
            problem = Text.Refusal(result);
            return;
        }

        if (IsInvitation)
            await signIns.WithLinkAsync(user);
        navigation.NavigateTo(IsInvitation ? LocalPath.Home : $"{Paths.SignIn}?said=reset");
    }
}
