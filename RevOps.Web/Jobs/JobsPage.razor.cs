using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using RevOps.Core.Platform.Outbox;
using RevOps.Web.Shared;

namespace RevOps.Web.Jobs;

public sealed partial class JobsPage
{
    private const string TabName = "tab";
    private const string JobName = "job";
    private const string FindName = "find";
    private const int CsvSize = 1_000;

    private JobList? list;
    private DateTimeOffset? asOf;
    private string? said;
    private int turns;

    [Parameter]
    public Guid? Id { get; set; }

    [SupplyParameterFromQuery(Name = TabName)]
    private string? TabText { get; set; }

    [SupplyParameterFromQuery(Name = JobName)]
    private string? JobText { get; set; }

    [SupplyParameterFromQuery(Name = FindName)]
    private string? FindText { get; set; }

    [SupplyParameterFromQuery(Name = "sort")]
    private string? SortText { get; set; }

    [SupplyParameterFromQuery(Name = "dir")]
    private string? DirectionText { get; set; }

    [SupplyParameterFromQuery(Name = PageUrl.Page)]
    private string? PageText { get; set; }

    [Inject]
    private OutboxQueries Queries { get; set; } = null!;

    [Inject]
    private OutboxJobs Jobs { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Inject]
    private IStringLocalizer<JobsTexts> Text { get; set; } = null!;

    private JobFilter Filter => new(FromUrl.Choice<JobTab>(TabText))
    {
        Job = FromUrl.Given(JobText),
        Text = FromUrl.Given(FindText),
        Sort = FromUrl.Choice<JobSort>(SortText),
        Upwards = DirectionText is null ? null : DirectionText == "asc",
        Page = FromUrl.Page(PageText),
    };

    private bool IsNarrowed => Filter is not { Job: null, Text: null };

    private string WithoutFilters => Navigation.With([(JobName, null), (FindName, null)]);

    private IEnumerable<(string Value, string Text)> Kinds => Jobs.Names.Select(name => (Value: name, Text: Text.WordOf("Job.", name))).OrderBy(kind => kind.Text, StringComparer.CurrentCulture);

    private IEnumerable<TabLinks.Tab> Tabs => Enum.GetValues<JobTab>().Select(tab => new TabLinks.Tab(TabValue(tab), Text["Tab" + tab], list!.Counts[tab]));

    protected override Task OnParametersSetAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        var asked = Filter;
        var found = await Queries.ListAsync(asked);

        // Something else may have been asked for meanwhile.
        if (asked == Filter)
            (list, asOf) = (found, Clock.GetUtcNow());
    }

    private async Task<IReadOnlyList<JobRow>> FetchAsync(int page) => (await Queries.ListAsync(Filter with { Page = page, Size = CsvSize })).Rows;

    /// <summary>Rows that were acted on may be gone from this heading: the table begins anew, without a selection.</summary>
    private void Acted(string what) => (said, turns) = (what, turns + 1);

    private static string? TabValue(JobTab tab) => tab == JobTab.Waiting ? null : PageUrl.Word(tab);
}
