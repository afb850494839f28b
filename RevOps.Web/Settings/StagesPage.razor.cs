using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using RevOps.Core.Conversions;
using RevOps.Core.Data;
using RevOps.Core.Ingestion;
using RevOps.Web.Identity;
using RevOps.Web.Shared;

namespace RevOps.Web.Settings;

/// <summary>What each ad platform is told of a sale, and under which name.</summary>
public sealed partial class StagesPage(
    StageRules stages, IDbContextFactory<RevOpsDb> databases, EventReceiver receiver, IStringLocalizer<SettingsTexts> text, IStringLocalizer<ConversionTexts> conversions)
{
    private IReadOnlyList<StageRow>? rows;
    private IReadOnlyDictionary<(ConversionStage Stage, AdPlatform Platform), string> problems = new Dictionary<(ConversionStage, AdPlatform), string>();
    private string? said;
    private bool busy;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    private IStringLocalizer<SettingsTexts> Text => text;

    private IStringLocalizer<ConversionTexts> Conversions => conversions;

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        await using var db = await databases.CreateDbContextAsync();
        rows = [.. (await stages.ListAsync(db, CancellationToken.None)).Select(rule => new StageRow(rule))];
    }

    // What is being typed stays.
    private Task FollowAsync() => rows?.Any(row => row.IsChanged) == true ? Task.CompletedTask : LoadAsync();

    private async Task SaveAsync()
    {
        var user = (await SignedIn).User;
        if (busy || rows is null || !user.May(Policies.Administration) || user.Actor() is not { } actor)
            return;
        said = null;
        problems = StageRules.Check([.. rows.Select(row => row.Chosen)]);
        if (problems.Count > 0)
        {
            said = text["NotSaved", problems.Count];
            return;
        }

        if (!rows.Any(row => row.IsChanged))
        {
            said = text["NothingNew"];
            return;
        }

        busy = true;
        var chosen = rows.Select(row => row.ToStore).ToList();
        await receiver.ReceiveInternalAsync("revops", $"stages/{Guid.CreateVersion7()}", StagesChosen.Type, new StagesChosen(chosen, actor), CancellationToken.None);
        busy = false;
        await LoadAsync();
        said = text["StagesSaved"];
    }
}

/// <summary>One stage at one platform, while it is being chosen.</summary>
public sealed class StageRow(StageRule rule)
{
    // The stand-in's number is nobody's choice.
    private readonly string before = rule.IsSandbox || !rule.IsNamed ? "" : rule.Name;
    private string? name;

    public StageRule Rule => rule;

    public bool Sends { get; set; } = rule.Sends;

    public string Name
    {
        get => name ?? before;
        set => name = value.Trim();
    }

    public bool IsChanged => Sends != rule.Sends || Name != before;

    /// <summary>For the check of all of them together.</summary>
    public StageRule Chosen => rule with { Sends = Sends, Name = rule.IsNamed ? Name : "" };

    public ChosenStage ToStore => new(rule.Stage, rule.Platform, Sends, rule.LockedBy is null ? Chosen.Name : "");
}
