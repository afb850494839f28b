using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using RevOps.Core.Identity;
using RevOps.Core.Ingestion;
using RevOps.Core.Platform;
using RevOps.Web.Shared;
using RevOps.Web.Shared.Tables;

namespace RevOps.Web.Audit;

public sealed partial class AuditPage
{
    private const string ActionName = "action";
    private const string WhoName = "who";
    private const string SubjectName = "subject";
    private const string IdName = "id";
    private const int CsvSize = 1_000;

    private readonly Dictionary<Subject, string> names = [];
    private IReadOnlyList<Column<AuditRow>> columns = [];
    private AuditChoices choices = new([], [], []);
    private AuditList? list;
    private DateTimeOffset? asOf;
    private DateOnly today;

    [Parameter]
    public long? Sequence { get; set; }

    [SupplyParameterFromQuery(Name = ActionName)]
    private string? ActionText { get; set; }

    [SupplyParameterFromQuery(Name = WhoName)]
    private string? WhoText { get; set; }

    [SupplyParameterFromQuery(Name = SubjectName)]
    private string? SubjectText { get; set; }

    [SupplyParameterFromQuery(Name = IdName)]
    private string? IdText { get; set; }

    [SupplyParameterFromQuery(Name = PeriodChoice.FromName)]
    private string? FromText { get; set; }

    [SupplyParameterFromQuery(Name = PeriodChoice.ToName)]
    private string? ToText { get; set; }

    [SupplyParameterFromQuery(Name = "dir")]
    private string? DirectionText { get; set; }

    [SupplyParameterFromQuery(Name = PageUrl.Page)]
    private string? PageText { get; set; }

    [Inject]
    private AuditQueries Queries { get; set; } = null!;

    [Inject]
    private SubjectQueries Names { get; set; } = null!;

    [Inject]
    private CompanyProfile Company { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Inject]
    private IStringLocalizer<ChainTexts> Text { get; set; } = null!;

    [Inject]
    private IStringLocalizer<AuditTexts> Words { get; set; } = null!;

    private AuditFilter Filter => new(
        FromUrl.Given(ActionText), FromUrl.Given(WhoText), FromUrl.Given(SubjectText), FromUrl.Given(IdText), FromUrl.Day(FromText), FromUrl.Day(ToText), FromUrl.Page(PageText))
    {
        Ascending = DirectionText == "asc",
    };

    private bool IsNarrowed => Filter with { Page = 1, Ascending = false } != new AuditFilter();

    private IEnumerable<(string Value, string Text)> Actions => Sorted(choices.Actions.Select(action => (action, Words.WordOf("Action.", action))));

    private IEnumerable<(string Value, string Text)> Actors => Sorted(choices.Actors.Select(actor => (actor.Text, Words.Who(actor))));

    private IEnumerable<(string Value, string Text)> SubjectTypes => Sorted(choices.SubjectTypes.Select(type => (type, Words.WordOf("Subject.", type))));

    protected override async Task OnInitializedAsync()
    {
        columns = [.. Columns()];
        choices = await Queries.ChoicesAsync(CancellationToken.None);
    }

    protected override async Task OnParametersSetAsync()
    {
        today = (await Company.CurrentAsync()).DayOf(Clock.GetUtcNow());
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        var asked = Filter;
        var found = await ReadAsync(asked);

        // Something else may have been asked for meanwhile.
        if (asked == Filter)
            (list, asOf) = (found, Clock.GetUtcNow());
    }

    private async Task<IReadOnlyList<AuditRow>> FetchAsync(int page) => (await ReadAsync(Filter with { Page = page, Size = CsvSize })).Rows;

    /// <summary>A page, and what the things of its rows are called.</summary>
    private async Task<AuditList> ReadAsync(AuditFilter filter)
    {
        var found = await Queries.ListAsync(filter, CancellationToken.None);
        foreach (var (subject, name) in await Names.NamesAsync(found.Rows.Select(SubjectOf)))
            names[subject] = name;
        return found;
    }

    private string? NameOf(AuditRow row) => names.GetValueOrDefault(SubjectOf(row));

    private static Subject SubjectOf(AuditRow row) => new(row.SubjectType, row.SubjectId);

    private static string Place(long sequence) => sequence.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<(string Value, string Text)> Sorted(IEnumerable<(string Value, string Text)> options) => options.OrderBy(option => option.Text, StringComparer.CurrentCulture);
}
