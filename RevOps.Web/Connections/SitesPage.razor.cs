using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using Radzen;
using RevOps.Core.Identity;
using RevOps.Web.Identity;
using RevOps.Web.Shared;

namespace RevOps.Web.Connections;

/// <summary>Public keys of websites, each with the origins that may use it.</summary>
public sealed partial class SitesPage(SiteKeys store, ActorNames actors, DialogService dialogs, IStringLocalizer<ConnectionsTexts> text)
{
    private IReadOnlyList<SiteKey>? sites;
    private IReadOnlyDictionary<string, string> names = new Dictionary<string, string>(StringComparer.Ordinal);
    private Guid? edited;
    private string? said;
    private int round;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    private IStringLocalizer<ConnectionsTexts> Text => text;

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        var found = await store.ListAsync();
        names = await actors.OfAsync(found.Select(site => site.CreatedBy));
        sites = found;
    }

    private async Task CreateAsync(SiteEntry entry)
    {
        if (await ActorAsync() is not { } actor)
            return;
        await store.CreateAsync(entry.Name, entry.Origins, actor, CancellationToken.None);
        (round, said) = (round + 1, text["SiteMade", entry.Name]);
        await LoadAsync();
    }

    private async Task ChangeAsync(SiteKey site, SiteEntry entry, bool isEnabled)
    {
        if (await ActorAsync() is not { } actor || !await store.ChangeAsync(site.Id, entry.Name, entry.Origins, isEnabled, actor, CancellationToken.None))
            return;
        (edited, said) = (null, text["SiteSaved", entry.Name]);
        await LoadAsync();
    }

    private async Task SwitchAsync(SiteKey site)
    {
        var options = new ConfirmOptions { OkButtonText = text["DisableYes"], CancelButtonText = text["DisableNo"] };
        if (site.IsEnabled && await dialogs.Confirm(text["DisableMeans", site.Name], text["DisableTitle"], options) != true)
            return;
        await ChangeAsync(site, new(site.Name, [.. site.OriginList]), !site.IsEnabled);
    }

    private async Task<string?> ActorAsync()
    {
        var user = (await SignedIn).User;
        return user.May(Policies.Administration) ? user.Actor() : null;
    }
}

/// <param name="Origins">Normalised.</param>
public sealed record SiteEntry(string Name, IReadOnlyCollection<string> Origins);
