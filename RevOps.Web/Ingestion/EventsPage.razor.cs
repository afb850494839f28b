using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using RevOps.Core.Ingestion;
using RevOps.Core.Platform;
using RevOps.Web.Shared;

namespace RevOps.Web.Ingestion;

public sealed partial class EventsPage
{
    private const string TabName = "tab";
    private const string OriginName = "from-whom";
    private const string TypeName = "type";
    private const string SourceName = "source";
    private const string IdName = "id";
    private const int CsvSize = 1_000;

    private EventCounts? counts;
    private IReadOnlyList<EventRow> received = [];
    private IReadOnlyList<RejectedRow> rejected = [];
    private EventChoices choices = new(EventTypes.Public);
    private EventOrigin? chosenOf;
    private DateTimeOffset? asOf;
    private DateOnly today;

    private enum EventTab
    {
        Accepted,
        Parked,
        Ignored,
        Rejected,
    }

    [Parameter]
    public Guid? Id { get; set; }

    [SupplyParameterFromQuery(Name = TabName)]
    private string? TabText { get; set; }

    [SupplyParameterFromQuery(Name = OriginName)]
    private string? OriginText { get; set; }

    [SupplyParameterFromQuery(Name = TypeName)]
    private string? TypeText { get; set; }

    [SupplyParameterFromQuery(Name = SourceName)]
    private string? SourceText { get; set; }

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
    private EventQueries Queries { get; set; } = null!;

    [Inject]
    private ReplayStripe Replay { get; set; } = null!;

    [Inject]
    private CompanyProfile Company { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Inject]
    private IStringLocalizer<IngestionTexts> Text { get; set; } = null!;

    private EventTab Tab => FromUrl.Choice<EventTab>(TabText);

    // What waits begins with the longest wait, what came with the newest.
    private bool IsAscending => DirectionText is null ? Tab == EventTab.Parked : DirectionText == "asc";

    private EventFilter Filter => new(FromUrl.Given(TypeText), FromUrl.Given(SourceText), FromUrl.Page(PageText))
    {
        Origin = FromUrl.Choice<EventOrigin>(OriginText),
        EventId = FromUrl.Given(IdText),
        From = FromUrl.Day(FromText),
        To = FromUrl.Day(ToText),
        Ascending = IsAscending,
    };

    private IEnumerable<(string Value, string Text)> Types => choices.Types.Append(Filter.Type).OfType<string>().Distinct(StringComparer.Ordinal).Select(type => (type, type));

    private IEnumerable<TabLinks.Tab> Tabs => Enum.GetValues<EventTab>().Select(tab => new TabLinks.Tab(TabValue(tab), Text["Tab" + tab], CountOf(tab)));

    protected override async Task OnParametersSetAsync()
    {
        today = (await Company.CurrentAsync()).DayOf(Clock.GetUtcNow());
        if (chosenOf != Filter.Origin)
            (chosenOf, choices) = (Filter.Origin, await Queries.ChoicesAsync(Filter.Origin));
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        var (tab, filter) = (Tab, Filter);
        var found = await Queries.CountAsync(filter);
        var rows = tab == EventTab.Rejected ? [] : await ReadAsync(tab, filter);
        var refused = tab == EventTab.Rejected ? await Queries.RejectedAsync(filter) : [];

        // Something else may have been asked for meanwhile.
        if ((tab, filter) == (Tab, Filter))
            (counts, received, rejected, asOf) = (found, rows, refused, Clock.GetUtcNow());
    }

    private Task<IReadOnlyList<EventRow>> FetchAsync(int page) => ReadAsync(Tab, Filter with { Page = page, Size = CsvSize });

    private Task<IReadOnlyList<EventRow>> ReadAsync(EventTab tab, EventFilter filter) => tab switch
    {
        EventTab.Parked => Queries.ParkedAsync(filter),
        EventTab.Ignored => Queries.IgnoredAsync(filter),
        _ => Queries.AcceptedAsync(filter),
    };

    private int CountOf(EventTab tab) => tab switch
    {
        EventTab.Accepted => counts!.Accepted,
        EventTab.Parked => counts!.Parked,
        EventTab.Ignored => counts!.Ignored,
        _ => counts!.Rejected,
    };

    private static string? TabValue(EventTab tab) => tab == EventTab.Accepted ? null : PageUrl.Word(tab);
}
