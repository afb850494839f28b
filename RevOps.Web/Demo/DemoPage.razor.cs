using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using Radzen;
using RevOps.Core.Ingestion;
using RevOps.Core.Platform.Demo;
using RevOps.Web.Identity;
using RevOps.Web.Platform;
using RevOps.Web.Shared;

namespace RevOps.Web.Demo;

/// <summary>What can be done with the demo: play one booking, be shown around, break the platforms and watch, take it away.</summary>
public sealed partial class DemoPage(
    DemoProgress progress, BookingPlay play, DemoRuns runs, Tour tour, RemoveDemo removeDemo, IServiceProvider services, AuthenticationStateProvider signedIn, DialogService dialogs, NavigationManager navigation,
    IStringLocalizer<DemoTexts> text)
{
    private bool busy, refused;

    private DemoProgress Progress => progress;

    private BookingPlay Play => play;

    private Tour Tour => tour;

    private IStringLocalizer<DemoTexts> Text => text;

    /// <summary>Null where this installation has no stand-ins, and so no demo.</summary>
    private SandboxHost? Sandbox => services.GetService<SandboxHost>();

    private bool IsUp => Sandbox?.Servers is not null;

    private void PlayAsync()
    {
        if (services.GetService<PlayBooking>()?.Start() is true)
            navigation.NavigateTo("/");
    }

    private async Task ToggleSandboxAsync()
    {
        if (Sandbox is not { } sandbox)
            return;
        busy = true;
        await (IsUp ? sandbox.PauseAsync() : sandbox.ResumeAsync(CancellationToken.None));
        busy = false;
    }

    private async Task RemoveAsync()
    {
        var user = (await signedIn.GetAuthenticationStateAsync()).User;
        var options = new ConfirmOptions { OkButtonText = text["RemoveYes"], CancelButtonText = text["RemoveNo"] };
        if (!user.May(Policies.Administration) || user.Actor() is not { } actor || await dialogs.Confirm(text["RemoveMeans"], text["RemoveTitle"], options) != true)
            return;
        busy = true;
        refused = await removeDemo.RunAsync(actor, CancellationToken.None) is null;
        busy = false;
        if (refused)
            return;
        Sandbox?.Servers?.Forget();
        progress.Tell(await runs.FindAsync(CancellationToken.None));
    }
}
