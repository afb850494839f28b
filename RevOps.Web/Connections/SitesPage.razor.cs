using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using Radzen;
using RevOps.Core.Identity;
using RevOps.Core.Ingestion.Collector;
using RevOps.Web.Identity;
using RevOps.Web.Platform;
using RevOps.Web.Shared;

namespace RevOps.Web.Connections;

/// <summary>Public keys of websites, each with the origins that may use it, what its pages embed, and whether that works.</summary>
public sealed partial class SitesPage(
    SiteKeys store, CollectorQueries collector, ActorNames actors, DialogService dialogs, NavigationManager navigation, IServiceProvider services, IStringLocalizer<ConnectionsTexts> text)
{
    private const string Kinds = nameof(SiteKey) + "," + nameof(CollectorCount);

    private static readonly SiteState Nothing = new();

    private IReadOnlyList<SiteKey>? sites;
    private IReadOnlyDictionary<Guid, SiteState>? states;
    private IReadOnlyDictionary<string, string> names = new Dictionary<string, string>(StringComparer.Ordinal);
    private Guid? edited;
    private string? said;
    private int round;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    private IStringLocalizer<ConnectionsTexts> Text => text;

    private Uri Address => new(navigation.BaseUri);

    /// <summary>The website that the sandbox plays; null where there is none.</summary>
    private Uri? Sandbox => services.GetService<SandboxHost>()?.Servers?.Site is { } site ? new Uri(site, "/ads") : null;

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        var found = await store.ListAsync();
        states = await collector.SitesAsync();
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
