using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using RevOps.Core.Conversions;
using RevOps.Core.Conversions.Google;
using RevOps.Core.Data;
using RevOps.Core.Ingestion;
using RevOps.Core.Platform;
using RevOps.Web.Identity;
using RevOps.Web.Shared;

namespace RevOps.Web.Settings;

/// <summary>What each ad platform is told of a sale, and under which name.</summary>
public sealed partial class StagesPage(
    StageRules stages, GoogleActions google, CompanyProfile company, IDbContextFactory<RevOpsDb> databases, EventReceiver receiver, NavigationManager navigation, IStringLocalizer<SettingsTexts> text, IStringLocalizer<ConversionTexts> conversions)
{
    internal const string PreviewName = "preview";

    private IReadOnlyList<StageRow>? rows;
    private IReadOnlyList<GoogleAction> actions = [];
    private IReadOnlyDictionary<(ConversionStage Stage, AdPlatform Platform), string> problems = new Dictionary<(ConversionStage, AdPlatform), string>();
    private string? said;
    private bool busy;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    /// <summary>The stage and platform whose payload is shown, such as "meta.booked".</summary>
    [SupplyParameterFromQuery(Name = PreviewName)]
    private string? Preview { get; set; }

    /// <summary>Of which conversion.</summary>
    [SupplyParameterFromQuery(Name = StagePreview.OfName)]
    private string? Of { get; set; }

    private StageRow? Previewed => rows?.FirstOrDefault(row => string.Equals(StageField.WordOf(row.Rule), Preview, StringComparison.Ordinal));

    private IStringLocalizer<SettingsTexts> Text => text;

    private IStringLocalizer<ConversionTexts> Conversions => conversions;

    /// <summary>As it is chosen, saved or not: at Google a payment and a refund go under the booking's action.</summary>
    private StageRule RuleOf(StageRow row)
    {
        var named = row.Rule.Platform == AdPlatform.Google ? rows!.First(other => other.Rule.Platform == AdPlatform.Google && other.Rule.Stage == StageRules.ActionStageOf(row.Rule.Stage)) : row;
        var name = named.Rule.LockedBy is null && named.Rule.IsNamed && named.Name.Length > 0 ? named.Name : named.Rule.LockedBy is not null || named.Rule.IsSandbox || !named.Rule.IsNamed ? named.Rule.Name : "";
        return row.Chosen with { Name = name };
    }

    protected override async Task OnInitializedAsync()
    {
        await LoadAsync();

        // The page is there before Google has answered.
        StateHasChanged();
        actions = await google.ListAsync(CancellationToken.None);
    }

    private async Task LoadAsync()
    {
        await using var db = await databases.CreateDbContextAsync();
        var currency = (await company.CurrentAsync()).Currency;
        rows = [.. (await stages.ListAsync(db, CancellationToken.None)).Select(rule => new StageRow(rule, currency))];
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
