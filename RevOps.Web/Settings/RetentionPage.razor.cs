using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using RevOps.Core.Identity;
using RevOps.Core.Platform.Retention;
using RevOps.Web.Identity;
using RevOps.Web.Shared;

namespace RevOps.Web.Settings;

/// <summary>For how long each kind of data is kept.</summary>
public sealed partial class RetentionPage(RetentionRules rules, ActorNames actors, IStringLocalizer<SettingsTexts> text)
{
    private readonly Dictionary<RetainedKind, string> typed = [];
    private readonly HashSet<RetainedKind> wrong = [];
    private IReadOnlyList<RetentionRule>? history;
    private IReadOnlyDictionary<string, string> names = new Dictionary<string, string>(StringComparer.Ordinal);
    private string? said;
    private bool busy;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    private IStringLocalizer<SettingsTexts> Text => text;

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        var found = await rules.HistoryAsync();
        names = await actors.OfAsync(found.Select(rule => rule.EnteredBy));
        foreach (var kind in Enum.GetValues<RetainedKind>())
            typed[kind] = found[0].MonthsOf(kind).ToString(CultureInfo.InvariantCulture);
        history = found;
    }

    // What is being typed stays.
    private Task FollowAsync() => history is [var current, ..] && typed.Any(entry => Read(entry.Value) != current.MonthsOf(entry.Key)) ? Task.CompletedTask : LoadAsync();

    private async Task SaveAsync()
    {
        var user = (await SignedIn).User;
        if (busy || !user.May(Policies.Administration) || user.Actor() is not { } actor)
            return;
        wrong.Clear();
        wrong.UnionWith(typed.Where(entry => Read(entry.Value) is not (>= RetentionRules.Shortest and <= RetentionRules.Longest)).Select(entry => entry.Key));
        if (wrong.Count > 0)
        {
            said = text["NotSaved", wrong.Count];
            return;
        }

        busy = true;
        var saved = await rules.SaveAsync(typed.ToDictionary(entry => entry.Key, entry => Read(entry.Value)!.Value), actor, CancellationToken.None);
        busy = false;
        await LoadAsync();
        said = text[saved ? "RetentionSaved" : "NothingNew"];
    }

    private static int? Read(string months) => int.TryParse(months.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;
}
