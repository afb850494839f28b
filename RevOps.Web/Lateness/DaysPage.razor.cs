using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using RevOps.Core.Receivables.Lateness;
using RevOps.Web.Shared;

namespace RevOps.Web.Lateness;

/// <summary>How long clients take to pay, all of them or one.</summary>
public sealed partial class DaysPage(DaysToPayQueries queries, NavigationManager navigation, IStringLocalizer<LatenessTexts> text)
{
    private const string Ever = "ever";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static readonly int[] Others = [3, 6, 24];

    private DaysToPayPage? page;

    [SupplyParameterFromQuery]
    public string? Months { get; set; }

    [SupplyParameterFromQuery]
    public string? Client { get; set; }

    [SupplyParameterFromQuery]
    public string? Currency { get; set; }

    [SupplyParameterFromQuery]
    public string? Sort { get; set; }

    [SupplyParameterFromQuery]
    public string? Dir { get; set; }

    [SupplyParameterFromQuery]
    public string? Page { get; set; }

    private NavigationManager Navigation => navigation;

    private IStringLocalizer<LatenessTexts> Text => text;

    private DaysToPayFilter Filter => new(Months == Ever ? null : Array.Find(Others, months => Written(months) == Months) is > 0 and var chosen ? chosen : DaysToPayFilter.Year)
    {
        Currency = FromUrl.Given(Currency)?.ToUpperInvariant(),
        CustomerId = FromUrl.Id(Client),
        Sort = FromUrl.Choice<DaysToPaySort>(Sort),
        Ascending = Dir == "asc",
        Page = FromUrl.Page(Page),
    };

    private string? MonthsChosen => Filter.Months switch { null => Ever, DaysToPayFilter.Year => null, { } months => Written(months) };

    private IEnumerable<(string Value, string Text)> MonthChoices => [.. Others.Select(months => (Written(months), text.Counted("Months", months))), (Ever, text["DaysEver"].Value)];

    /// <summary>On which the spreads of a page are drawn, so that they can be compared; the due date is always on it.</summary>
    private (int Least, int Most) Axis => page is null or { Rows.Count: 0 } ? (0, 1)
        : (Math.Min(0, (int)page.Rows.Min(row => Math.Floor(row.Days.FromDue.LowerQuartile))) - 1, Math.Max(0, (int)page.Rows.Max(row => Math.Ceiling(row.Days.FromDue.Ninth))) + 1);

    protected override Task OnParametersSetAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        var asked = Filter;
        var found = await queries.ListAsync(asked, CancellationToken.None);
        if (asked == Filter)
            page = found;
    }

    private async Task<IReadOnlyList<ClientDays>> FetchAsync(int number)
    {
        // A page that never was is the last one again.
        var found = await queries.ListAsync(Filter with { Page = number }, CancellationToken.None);
        return found.Number == number ? found.Rows : [];
    }

    private static string Written(int months) => months.ToString(CultureInfo.InvariantCulture);
}
