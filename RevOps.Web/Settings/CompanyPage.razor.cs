using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using Radzen;
using RevOps.Core.Identity;
using RevOps.Core.Ingestion;
using RevOps.Core.Platform;
using RevOps.Web.Identity;
using RevOps.Web.Shared;

namespace RevOps.Web.Settings;

/// <summary>The company as it stands on invoices: typed here, kept as versions.</summary>
public sealed partial class CompanyPage(
    CompanyProfile profile, CompanyQueries queries, ActorNames actors, EnterCompany enter, DialogService dialogs, TimeProvider clock, IStringLocalizer<SettingsTexts> text)
{
    private CompanyVersion? current, preview;
    private IReadOnlyList<CompanyHistoryRow>? history;
    private IReadOnlyDictionary<string, string> names = new Dictionary<string, string>(StringComparer.Ordinal);
    private IReadOnlyDictionary<string, string> problems = new Dictionary<string, string>(StringComparer.Ordinal);
    private CompanyEntry entry = new();
    private string from = "";
    private string? fromProblem, said;
    private bool busy, stale;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    private IStringLocalizer<SettingsTexts> Text => text;

    private CompanyHistoryRow? Planned => history?.FirstOrDefault(row => row.Standing == VersionStanding.Planned);

    private DateOnly Tomorrow => current!.DayOf(clock.GetUtcNow()).AddDays(1);

    protected override Task OnInitializedAsync() => ReloadAsync();

    private async Task ReloadAsync()
    {
        current = await profile.CurrentAsync();
        (entry, preview, from, fromProblem, stale) = (CompanyEntry.Of(current), null, "", null, false);
        problems = new Dictionary<string, string>(StringComparer.Ordinal);
        await ReadHistoryAsync();
    }

    private async Task ReadHistoryAsync()
    {
        history = await queries.HistoryAsync();
        names = await actors.OfAsync(history.Select(row => row.EnteredBy));
    }

    /// <summary>Somebody saved: what is being typed here stays, and says that it is built on what was.</summary>
    private async Task FollowAsync()
    {
        if (busy)
            return;
        if (current is null || !IsTyped)
        {
            await ReloadAsync();
            return;
        }

        stale = (await profile.CurrentAsync()).Id != current.Id;
        await ReadHistoryAsync();
    }

    private bool IsTyped => !entry.ToVersion(Guid.Empty, default, "").SaysTheSameAs(current!);

    private void Preview() => preview = entry.ToVersion(Guid.Empty, default, "");

    private async Task SaveAsync()
    {
        var user = (await SignedIn).User;
        if (busy || !user.May(Policies.Administration) || user.Actor() is not { } actor)
            return;
        var start = FromUrl.Day(from);
        (problems, said) = (CompanyRules.Check(entry), null);
        fromProblem = from.Length > 0 && !(start >= Tomorrow) ? text["Problem.from"].Value : null;
        if (problems.Count > 0 || fromProblem is not null)
        {
            said = text["NotSaved", problems.Count + (fromProblem is null ? 0 : 1)];
            return;
        }

        busy = true;
        var result = await enter.SaveAsync(entry, current!.Id, start, actor, CancellationToken.None);
        busy = false;
        await EndAsync(result, start is { } day ? text["SavedFrom", day.ToString("d", System.Globalization.CultureInfo.CurrentCulture)] : text["Saved"]);
    }

    private async Task DropAsync(CompanyHistoryRow planned)
    {
        var user = (await SignedIn).User;
        if (busy || !user.May(Policies.Administration) || user.Actor() is not { } actor)
            return;
        var options = new ConfirmOptions { OkButtonText = text["DropPlan"], CancelButtonText = text["DropPlanNo"] };
        if (await dialogs.Confirm(text["DropPlanMeans"], text["DropPlanTitle"], options) != true)
            return;
        busy = true;
        var result = await enter.DropPlanAsync(planned.Id, actor, CancellationToken.None);
        busy = false;
        await EndAsync(result, text["PlanDropped"]);
    }

    private async Task EndAsync(EnterResult result, string done)
    {
        if (result == EnterResult.Outdated)
        {
            stale = true;
            await ReadHistoryAsync();
            return;
        }

        await ReloadAsync();
        said = result == EnterResult.Saved ? done : text["NothingNew"];
    }
}
