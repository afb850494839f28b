using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using RevOps.Core.Platform;
using RevOps.Core.Receivables.Cash;
using RevOps.Core.Scorecard.Notes;
using RevOps.Web.Shared;

namespace RevOps.Web.Receivables.Cash;

/// <summary>Which cash is expected from what is open, week by week, each week with its invoices, and how the same rule did before.</summary>
public sealed partial class CashPage(CashQueries queries, Annotations annotations, IStringLocalizer<CashTexts> text)
{
    // Below it the company's habits are hardly known, and the page says so.
    private const int FewPayments = 20;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private CashView? view;
    private CashRows? rows;
    private CashChoice? choice;
    private CashBacktest? trial;
    private IReadOnlyList<AnnotationView> remembered = [];
    private bool isTried, isStale;

    [SupplyParameterFromQuery]
    public string? Part { get; set; }

    [SupplyParameterFromQuery]
    public string? Week { get; set; }

    [SupplyParameterFromQuery]
    public string? Basis { get; set; }

    [SupplyParameterFromQuery]
    public string? Currency { get; set; }

    [SupplyParameterFromQuery]
    public string? Back { get; set; }

    [SupplyParameterFromQuery]
    public string? Sort { get; set; }

    [SupplyParameterFromQuery]
    public string? Dir { get; set; }

    [SupplyParameterFromQuery]
    public string? Page { get; set; }

    private IStringLocalizer<CashTexts> Text => text;

    private CashChoice Asked => new(FromUrl.Given(Currency)?.ToUpperInvariant(), new()
    {
        Part = FromUrl.Choice<CashPart>(Part),
        Week = FromUrl.Day(Week) is { } day ? Period.MondayOf(day) : null,
        Basis = FromUrl.OneOf<CashBasis>(Basis),
        Sort = FromUrl.Choice<CashSort>(Sort),
        Descending = Sort is not null && Dir != "asc",
        Page = FromUrl.Page(Page),
    }, CashChoice.ReadBack(Back));

    protected override Task OnParametersSetAsync() => LoadAsync();

    /// <summary>The trial reads the past: the page stands before it.</summary>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!isStale || view is not { } shown || choice is not { } asked)
            return;
        isStale = false;
        var found = await queries.BacktestAsync(shown.Currency, asked.Back, CancellationToken.None);
        if (choice?.Back != asked.Back || view.Currency != shown.Currency)
            return;
        (trial, isTried) = (found, true);
        StateHasChanged();
    }

    private async Task LoadAsync()
    {
        var asked = Asked;
        var found = await queries.LoadAsync(asked.Currency, CancellationToken.None);
        var shown = await queries.RowsAsync(found, asked.Filter, CancellationToken.None);
        var noted = await annotations.OfAsync(AnnotationTopic.Finance, found.Forecast.Weeks[0].Monday, found.Forecast.From, CancellationToken.None);

        // Of two loads at once the one that the address asks for counts.
        if (asked != Asked)
            return;
        if (choice?.Back != asked.Back || view?.Currency != found.Currency)
            (trial, isTried) = (null, false);
        (view, rows, choice, remembered, isStale) = (found, shown, asked, noted, true);
    }

    private async Task<IReadOnlyList<CashRow>> FetchAsync(int number)
    {
        // A page that never was is the last one again.
        var found = await queries.RowsAsync(view!, choice!.Filter with { Page = number }, CancellationToken.None);
        return found.Number == number ? found.Rows : [];
    }
}
