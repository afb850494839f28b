using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using Radzen;
using RevOps.Core.Ingestion;
using RevOps.Core.Platform.Demo;
using RevOps.Core.Platform.Live;
using RevOps.Core.Platform.Outbox;
using RevOps.Web.Identity;
using RevOps.Web.Platform;
using RevOps.Web.Shared;

namespace RevOps.Web.Demo;

/// <summary>What can be done with the demo: play one booking, be shown around, break the platforms and watch, take it away.</summary>
public sealed partial class DemoPage(
    DemoProgress progress, BookingPlay play, DemoRuns runs, Tour tour, RemoveDemo removeDemo, ChangeFeed feed, OutboxQueries jobs, OutboxDesk desk, IServiceProvider services, AuthenticationStateProvider signedIn, DialogService dialogs, NavigationManager navigation,
    IStringLocalizer<DemoTexts> text)
{
    private const int MostToWake = 1_000;

    private bool busy, refused;
    private RemovedDemo? removed;

    private DemoProgress Progress => progress;

    private BookingPlay Play => play;

    private Tour Tour => tour;

    private IStringLocalizer<DemoTexts> Text => text;

    /// <summary>Null where this installation has no stand-ins, and so no demo.</summary>
    private SandboxHost? Sandbox => services.GetService<SandboxHost>();

    private bool IsUp => Sandbox?.Servers is not null;

    private bool MayPlay => services.GetService<PlayBooking>()?.MayStart is true;

    private void PlayAsync()
    {
        if (services.GetService<PlayBooking>()?.Start() is true)
            navigation.NavigateTo("/");
    }

    /// <summary>Does what the button said, whatever another window did meanwhile.</summary>
    private async Task SetSandboxAsync(bool up)
    {
        if (busy || Sandbox is not { } sandbox)
            return;
        busy = true;
        try
        {
            if (up)
                await StartAgainAsync(sandbox);
            else
                await sandbox.PauseAsync();
        }
        finally
        {
            busy = false;
            feed.Publish(nameof(DemoRun));
        }
    }

    /// <summary>
    /// What waits for its next try need not wait any longer. Where a platform is connected for real, running jobs again is an
    /// administrator's, on the Jobs page.
    /// </summary>
    private async Task StartAgainAsync(SandboxHost sandbox)
    {
        await sandbox.ResumeAsync(CancellationToken.None);
        if (!MayPlay || (await signedIn.GetAuthenticationStateAsync()).User.Actor() is not { } actor)
            return;
        var failing = await jobs.ListAsync(new(JobTab.Failing) { Size = MostToWake });
        await desk.RetryAsync([.. failing.Rows.Select(row => row.Id)], actor, CancellationToken.None);
    }

    private async Task RemoveAsync()
    {
        // A second click may be on its way before the button is seen to be disabled.
        if (busy)
            return;
        busy = true;
        try
        {
            await AskAndRemoveAsync();
        }
        finally
        {
            busy = false;
        }
    }

    private async Task AskAndRemoveAsync()
    {
        var user = (await signedIn.GetAuthenticationStateAsync()).User;
        var options = new ConfirmOptions { OkButtonText = text["RemoveYes"], CancelButtonText = text["RemoveNo"] };
        if (!user.May(Policies.Administration) || user.Actor() is not { } actor || await dialogs.Confirm(text["RemoveMeans"], text["RemoveTitle"], options) != true)
            return;
        var gone = await removeDemo.RunAsync(actor, CancellationToken.None);
        refused = gone is null;

        // Nothing went where another window was faster: what came since is nobody's demo.
        if (gone is null or { People: 0, Invoices: 0, Events: 0 })
            return;
        removed = gone;

        // Stopped, they could not forget, and nobody would find the button to start them.
        if (Sandbox is { } sandbox)
        {
            await sandbox.ResumeAsync(CancellationToken.None);
            sandbox.Servers?.Forget();
        }

        progress.Tell(await runs.FindAsync(CancellationToken.None));
    }
}
