using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using Radzen;
using RevOps.Core.Ingestion;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Connections;
using RevOps.Web.Shared;

namespace RevOps.Web.Connections;

/// <summary>What is typed stays here until it is sent, and is never drawn again.</summary>
public sealed partial class PlatformCard(
    ConnectionDesk desk, ConnectionValues values, ConnectionActs acts, ConnectionQueries queries, DialogService dialogs, IStringLocalizer<ConnectionsTexts> text)
{
    private const string Kinds = ConnectionValues.Changed + "," + nameof(ConnectionCheck);

    private readonly Dictionary<string, string> typed = new(StringComparer.Ordinal);
    private IReadOnlyDictionary<string, string> problems = new Dictionary<string, string>(StringComparer.Ordinal);
    private LastCheck? check;
    private string? said, problem;
    private bool editing, busy, checking;
    private int round;

    [Parameter, EditorRequired]
    public IPlatformConnection Platform { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    private IStringLocalizer<ConnectionsTexts> Text => text;

    /// <summary>Live, Test or Sandbox; Missing where nothing is set, Part where something still lacks.</summary>
    private string State => Platform.Mode?.ToString() ?? (Platform.Fields.Any(needed => values.ValueOf(needed) is not null) ? "Part" : "Missing");

    /// <summary>The stand-in is connected, and nothing of ours.</summary>
    private bool Played => Platform.Mode == Mode.Sandbox && Platform.Fields.All(needed => values.ValueOf(needed) is null);

    private bool Entered => Platform.Fields.Any(needed => values.Stored(needed.Name) is not null);

    private List<ConnectionField> Open => [.. Platform.Fields.Where(needed => !values.IsLocked(needed))];

    private static Tone ToneOf(string state) => state switch { nameof(Mode.Live) => Tone.Good, "Part" => Tone.Attention, _ => Tone.Neutral };

    protected override async Task OnInitializedAsync()
    {
        // What is shown of a value that is no secret can be changed from there.
        foreach (var field in Platform.Fields.Where(field => !field.IsSecret))
            typed[field.Name] = values.Stored(field.Name) ?? "";
        await LoadAsync();
    }

    private async Task LoadAsync() => check = await desk.LastCheckAsync(Platform, CancellationToken.None);

    private async Task SaveAsync()
    {
        if (busy)
            return;
        (busy, said, problem) = (true, null, null);
        var outcome = await acts.SaveAsync(Platform, typed, (await SignedIn).User);
        (busy, problems) = (false, outcome.Problems);
        if (outcome is { Against: { } key, Live: { } live })
            problem = text["BesideLive", key, live];
        if (!outcome.IsSaved)
            return;

        // Fresh fields: nothing that was typed is left on the page.
        foreach (var field in Platform.Fields.Where(field => field.IsSecret))
            typed.Remove(field.Name);
        (round, editing) = (round + 1, false);
        said = text[Platform.Mode is null ? "SavedPart" : "SavedValues", Platform.Name];

        // Whether the account is fit for what it is connected for, its numbering among it, is asked at once.
        if (Platform.Mode is null)
            await LoadAsync();
        else
            await LookAsync();
    }

    private Task CheckAsync()
    {
        if (busy)
            return Task.CompletedTask;
        (said, problem) = (null, null);
        return LookAsync();
    }

    private async Task LookAsync()
    {
        (busy, checking) = (true, true);
        StateHasChanged();
        await acts.CheckAsync(Platform, (await SignedIn).User);
        (busy, checking) = (false, false);
        await LoadAsync();
    }

    private async Task DisconnectAsync()
    {
        var waiting = await queries.CountWaitingAsync(Platform.Name);
        var options = new ConfirmOptions { OkButtonText = text["DisconnectYes"], CancelButtonText = text["DisconnectNo"] };
        if (await dialogs.Confirm($"{text["DisconnectMeans" + Platform.Name]} {text["WaitingNow", waiting]}", text["DisconnectTitle", Platform.Name], options) != true)
            return;
        (busy, said, problem) = (true, null, null);
        await acts.DisconnectAsync(Platform, (await SignedIn).User);
        typed.Clear();
        (busy, editing, round) = (false, false, round + 1);
        said = text["Disconnected", Platform.Name];
        await LoadAsync();
    }
}
