using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using RevOps.Core.Attribution;
using RevOps.Core.Identity;
using RevOps.Web.Identity;
using RevOps.Web.Shared;

namespace RevOps.Web.Settings;

/// <summary>What makes a qualified lead, and what another rule would have made of the last 30 days.</summary>
public sealed partial class BantPage(BantRules rules, ActorNames actors, IStringLocalizer<SettingsTexts> text)
{
    private readonly HashSet<VoiceOutcome> excluded = [];
    private IReadOnlyList<BantRule>? history;
    private IReadOnlyDictionary<string, string> names = new Dictionary<string, string>(StringComparer.Ordinal);
    private BantPreview? preview;
    private int least;
    private string? said;
    private bool busy;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    private IStringLocalizer<SettingsTexts> Text => text;

    private bool IsChanged => history is [var current, ..] && (least != current.LeastMet || !excluded.SetEquals(current.ExcludedOutcomes));

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        history = await rules.HistoryAsync();
        names = await actors.OfAsync(history.Select(rule => rule.EnteredBy));
        (least, var outcomes) = (history[0].LeastMet, history[0].ExcludedOutcomes);
        excluded.Clear();
        excluded.UnionWith(outcomes);
        await PreviewAsync();
    }

    // What is being chosen stays; what it would do is counted anew.
    private Task FollowAsync() => IsChanged ? PreviewAsync() : LoadAsync();

    private async Task PreviewAsync() => preview = await rules.PreviewAsync(least, [.. excluded]);

    private Task ChooseAsync(int count)
    {
        least = count;
        return PreviewAsync();
    }

    private Task ExcludeAsync(VoiceOutcome outcome, bool isExcluded)
    {
        if (isExcluded)
            excluded.Add(outcome);
        else
            excluded.Remove(outcome);
        return PreviewAsync();
    }

    private async Task SaveAsync()
    {
        var user = (await SignedIn).User;
        if (busy || !user.May(Policies.Administration) || user.Actor() is not { } actor)
            return;
        busy = true;
        var saved = await rules.SaveAsync(least, [.. excluded], actor, CancellationToken.None);
        busy = false;
        await LoadAsync();
        said = text[saved ? "BantSaved" : "NothingNew"];
    }

    private string ExcludedBy(BantRule rule) => rule.ExcludedOutcomes.Count == 0 ? text["Nothing"] : string.Join(", ", rule.ExcludedOutcomes.Select(outcome => text["Outcome" + outcome].Value));
}
