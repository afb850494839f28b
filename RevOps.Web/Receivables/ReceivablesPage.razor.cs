using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using RevOps.Core.Receivables;
using RevOps.Core.Scorecard.Notes;
using RevOps.Web.Shared;

namespace RevOps.Web.Receivables;

/// <summary>What clients owe and how long they take, live or as of any past evening, each figure with its rows.</summary>
public sealed partial class ReceivablesPage(ReceivableQueries queries, Annotations annotations, IStringLocalizer<ReceivablesTexts> text)
{
    private const int TrendMonths = 12;

    // Half a second is soon enough for figures of days.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private ReceivablesView? view;
    private EveningChoice? choice;
    private DateOnly today;
    private long? begin;
    private IReadOnlyList<ReceivableFigures>? trend;
    private IReadOnlyList<AnnotationView> notes = [];
    private IReadOnlyDictionary<Guid, string> names = new Dictionary<Guid, string>();
    private bool isStale;

    [SupplyParameterFromQuery]
    public string? On { get; set; }

    [SupplyParameterFromQuery]
    public string? With { get; set; }

    [SupplyParameterFromQuery]
    public string? Currency { get; set; }

    [SupplyParameterFromQuery]
    public string? Page { get; set; }

    private IStringLocalizer<ReceivablesTexts> Text => text;

    protected override Task OnParametersSetAsync() => LoadAsync();

    /// <summary>What takes longer to read than a first view may is read once the page stands.</summary>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!isStale || view is not { } shown)
            return;
        isStale = false;
        var (evening, currency) = (shown.Figures.Evening, shown.Figures.Currency);
        var read = (Begin: await queries.BeginAsync(evening, currency, CancellationToken.None), Trend: await queries.TrendAsync(evening, TrendMonths, currency, CancellationToken.None));
        if (view.Figures.Evening != evening || view.Figures.Currency != currency)
            return;
        (begin, trend) = read;
        StateHasChanged();
    }

    private async Task LoadAsync()
    {
        today = await queries.TodayAsync(CancellationToken.None);
        var asked = EveningChoice.Read(On, With, Currency, today);
        var found = await queries.LoadAsync(asked.Evening, asked.Compared, asked.Currency, CancellationToken.None);
        var called = await queries.NamesAsync([.. ClientTable.Shown(found, FromUrl.Page(Page)).Select(client => client.CustomerId)], CancellationToken.None);
        var remembered = await annotations.OfAsync(AnnotationTopic.Finance, asked.Evening.AddMonths(-TrendMonths), asked.Evening, CancellationToken.None);

        // Of two loads at once the one that the address asks for counts.
        if (asked != EveningChoice.Read(On, With, Currency, today))
            return;
        if (view is null || view.Figures.Evening != found.Figures.Evening || view.Figures.Currency != found.Figures.Currency)
            (begin, trend) = (null, null);
        (view, choice, names, notes, isStale) = (found, asked, called, remembered, true);
    }
}
