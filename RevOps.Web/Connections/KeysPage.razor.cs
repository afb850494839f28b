using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using Radzen;
using RevOps.Core.Identity;
using RevOps.Web.Identity;
using RevOps.Web.Shared;

namespace RevOps.Web.Connections;

/// <summary>Keys of the systems that speak to ours. The text of a key is shown once, to whoever made it.</summary>
public sealed partial class KeysPage(ApiKeys store, ActorNames actors, DialogService dialogs, IStringLocalizer<ConnectionsTexts> text)
{
    private const string Kinds = nameof(ApiKey) + "," + ApiKeys.Used;

    private readonly HashSet<string> scopes = new(StringComparer.Ordinal) { ApiKey.EventsWrite };
    private IReadOnlyList<ApiKey>? keys;
    private IReadOnlyDictionary<string, string> names = new Dictionary<string, string>(StringComparer.Ordinal);
    private string name = "", madeName = "";
    private string? made, said, nameProblem, scopesProblem;
    private bool busy;
    private int round;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    private IStringLocalizer<ConnectionsTexts> Text => text;

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        var found = await store.ListAsync();
        names = await actors.OfAsync(found.Select(key => key.CreatedBy));
        keys = found;
    }

    private void Choose(string scope, bool isChosen) => _ = isChosen ? scopes.Add(scope) : scopes.Remove(scope);

    private async Task CreateAsync()
    {
        if (busy || await ActorAsync() is not { } actor)
            return;
        (said, nameProblem, scopesProblem) = (null, name.Trim().Length == 0 ? text["Problem.name"].Value : null, scopes.Count == 0 ? text["Problem.scopes"].Value : null);
        if (nameProblem is not null || scopesProblem is not null)
            return;
        busy = true;
        (made, madeName) = (await store.CreateAsync(name.Trim(), [.. ApiKey.AllScopes.Where(scopes.Contains)], actor, CancellationToken.None), name.Trim());
        (busy, name, round) = (false, "", round + 1);
        await LoadAsync();
    }

    private async Task RevokeAsync(ApiKey key)
    {
        var options = new ConfirmOptions { OkButtonText = text["RevokeYes"], CancelButtonText = text["RevokeNo"] };
        if (await dialogs.Confirm(text["RevokeMeans", key.Name], text["RevokeTitle"], options) != true || await ActorAsync() is not { } actor)
            return;
        await store.RevokeAsync(key.Id, actor, CancellationToken.None);
        said = text["Revoked", key.Name];
        await LoadAsync();
    }

    private async Task<string?> ActorAsync()
    {
        var user = (await SignedIn).User;
        return user.May(Policies.Administration) ? user.Actor() : null;
    }
}
