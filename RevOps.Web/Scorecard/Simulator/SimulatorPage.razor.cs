using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using RevOps.Core.Platform;
using RevOps.Core.Scorecard;
using RevOps.Core.Scorecard.Checks;
using RevOps.Core.Scorecard.Claims;
using RevOps.Core.Scorecard.Notes;
using RevOps.Core.Scorecard.Simulation;
using RevOps.Web.Shared;

namespace RevOps.Web.Scorecard.Simulator;

public sealed partial class SimulatorPage
{
    internal const string ScenarioName = "scenario";
    internal const string LeversName = "levers";
    internal const string SeedName = "seed";
    private const long UsualSeed = 177;

    // The first view is read again as soon as the page is live.
    private static readonly TimeSpan FirstViewMayBeOld = TimeSpan.FromMinutes(1);

    private Prefill? prefill;
    private SimulationInputs? inputs;
    private SimulationResult? result;
    private ScorecardView? view;
    private Mode measured;
    private Score? after;
    private Levers levers;
    private long seed;
    private SavedScenario? scenario;
    private string? wrong;
    private bool failed;
    private IReadOnlyList<SavedScenario> saved = [];
    private IReadOnlyList<ClaimLine> claims = [];
    private IReadOnlyList<AnnotationView> remembered = [];

    [Inject] private PrefillQueries Prefills { get; set; } = null!;
    [Inject] private RecentSimulations Simulations { get; set; } = null!;
    [Inject] private ScenarioDesk Desk { get; set; } = null!;
    [Inject] private ScorecardQueries Scores { get; set; } = null!;
    [Inject] private Annotations Notes { get; set; } = null!;
    [Inject] private ClaimQueries Claims { get; set; } = null!;
    [Inject] private IStringLocalizer<SimulatorTexts> Text { get; set; } = null!;

    [SupplyParameterFromQuery(Name = ScenarioName)] private string? ScenarioText { get; set; }
    [SupplyParameterFromQuery(Name = LeversName)] private string? LeversText { get; set; }
    [SupplyParameterFromQuery(Name = SeedName)] private string? SeedText { get; set; }

    /// <summary>A saved scenario's own; without one, of the figures that it begins with.</summary>
    private Mode Mode => scenario?.Mode ?? prefill!.Mode;

    protected override Task OnParametersSetAsync() => ReadAsync();

    private async Task ReadAsync()
    {
        try
        {
            await ReadAllAsync();
            failed = false;
        }
        catch (Exception failure) when (failure is InvalidOperationException or System.Data.Common.DbException or System.Text.Json.JsonException)
        {
            failed = true;
        }
    }

    private async Task ReadAllAsync()
    {
        prefill ??= await Prefills.NowAsync(RendererInfo.IsInteractive ? TimeSpan.Zero : FirstViewMayBeOld, CancellationToken.None);
        await LoadAsync();
    }

    /// <summary>What a saved scenario says, changed by the address; without one, what is known of the company.</summary>
    private async Task LoadAsync()
    {
        saved = await Desk.ListAsync(CancellationToken.None);
        scenario = saved.FirstOrDefault(one => one.Id == FromUrl.Id(ScenarioText));

        // What was measured stands beside what was projected of the same rows.
        if (view is null || measured != Mode)
            (view, measured) = (await Scores.OfAsync(Mode, CancellationToken.None), Mode);
        claims = await Claims.OfLeversAsync(Mode, Realised.Claims, CancellationToken.None);
        var days = claims.SelectMany(line => line.Days).Select(day => day.Day).ToList();
        remembered = days.Count == 0 ? [] : await Notes.OfAsync(AnnotationTopic.Management, Mode, days.Min(), days.Max(), CancellationToken.None);
        levers = int.TryParse(LeversText, NumberStyles.None, CultureInfo.InvariantCulture, out var flags) ? (Levers)flags & Levers.All : scenario?.Levers ?? Levers.All;
        seed = long.TryParse(SeedText, NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : scenario?.Seed ?? UsualSeed;

        // What was kept before inputs had limits may lie beyond them: its name is told, and nothing is reckoned with it.
        var kept = scenario?.Inputs is { Wrong: null } sound ? sound : prefill!.Inputs;
        (inputs, wrong) = InputAddress.Onto(kept, Navigation.Query);
        wrong ??= scenario?.Inputs.Wrong;
        result = Simulations.Of(inputs, levers, (ulong)seed);
        after = AfterOf(view!, levers);
    }

    /// <summary>What the score would be with the levers' checks won.</summary>
    internal static Score AfterOf(ScorecardView view, Levers levers)
    {
        var won = LeverChecks.Of(levers).ToHashSet(StringComparer.Ordinal);
        double Sum(Discipline discipline) => view.Lines.Where(line => line.Rule.Discipline == discipline).Sum(line => won.Contains(line.Rule.Id) ? line.Rule.Weight : line.Points);
        return Score.Of(Sum(Discipline.RevEng), Sum(Discipline.MarEng));
    }
}
