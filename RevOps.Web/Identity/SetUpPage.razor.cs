using Microsoft.AspNetCore.Components;
using RevOps.Core.Identity;
using RevOps.Web.Shared;

namespace RevOps.Web.Identity;

public sealed partial class SetUpPage(SetUpLink link, SignIns signIns, NavigationManager navigation)
{
    private bool opens;
    private string? problem;

    [SupplyParameterFromForm]
    private FirstAdministrator? Input { get; set; }

    [SupplyParameterFromQuery]
    private string? Token { get; set; }

    protected override async Task OnInitializedAsync() => opens = await link.OpensAsync(Token, CancellationToken.None);

    private async Task CreateAsync()
    {
        var (email, password) = (Input?.Email ?? "", Input?.Password ?? "");
        var result = await link.UseAsync(Token, email, password, CancellationToken.None);
        if (result.Succeeded)
        {
            await signIns.WithPasswordAsync(email, password, stay: false);
            navigation.NavigateTo(LocalPath.Home);
            return;
        }

        opens = await link.OpensAsync(Token, CancellationToken.None);
        problem = Text.Refusal(result);
    }

    private sealed class FirstAdministrator
    {
        public string? Email { get; set; }
        public string? Password { get; set; }
    }
}
