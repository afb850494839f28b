using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using RevOps.Core.Data;
using RevOps.Core.Identity;
using RevOps.Core.Ingestion;
using RevOps.Core.People;
using RevOps.Web.Identity;
using RevOps.Web.Shared;

namespace RevOps.Web.Settings;

/// <summary>What an answer about ads means, or none, where the law leaves it to the company.</summary>
public sealed partial class ConsentPage(IDbContextFactory<RevOpsDb> databases, EventReceiver receiver, ActorNames actors, IStringLocalizer<SettingsTexts> text)
{
    private IReadOnlyList<ConsentRule>? history;
    private IReadOnlyDictionary<string, string> names = new Dictionary<string, string>(StringComparer.Ordinal);
    private string? said;
    private bool holdsMissing, limitsRefused, busy;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    private IStringLocalizer<SettingsTexts> Text => text;

    private bool IsChanged => history is [var current, ..] && (holdsMissing, limitsRefused) != (current.HoldsMissing, current.LimitsRefused);

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        await using var db = await databases.CreateDbContextAsync();
        var found = await db.Set<ConsentRule>().AsNoTracking().OrderByDescending(rule => rule.ValidFrom).ToListAsync();
        names = await actors.OfAsync(found.Select(rule => rule.EnteredBy));
        (holdsMissing, limitsRefused, history) = (found[0].HoldsMissing, found[0].LimitsRefused, found);
    }

    // What is being chosen stays.
    private Task FollowAsync() => IsChanged ? Task.CompletedTask : LoadAsync();

    private async Task SaveAsync()
    {
        var user = (await SignedIn).User;
        if (busy || history is null || !user.May(Policies.Administration) || user.Actor() is not { } actor)
            return;
        if (!IsChanged)
        {
            said = text["NothingNew"];
            return;
        }

        busy = true;
        await receiver.ReceiveInternalAsync("revops", $"consent/{Guid.CreateVersion7()}", ConsentChosen.Type, new ConsentChosen(holdsMissing, limitsRefused, actor), CancellationToken.None);
        busy = false;
        await LoadAsync();
        said = text["ConsentSaved"];
    }
}
