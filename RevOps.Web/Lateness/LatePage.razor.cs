using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using RevOps.Core.Receivables;
using RevOps.Core.Receivables.Lateness;
using RevOps.Web.Identity;
using RevOps.Web.Shared;

namespace RevOps.Web.Lateness;

/// <summary>What is late, what that costs, and the click that claims it.</summary>
public sealed partial class LatePage(LateQueries late, NavigationManager navigation, IStringLocalizer<LatenessTexts> text)
{
    // Half a second is soon enough for figures of days.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private LateList? page;
    private LateFigures? figures;
    private LateFilter? listed;
    private DateOnly today;
    private bool mayDecide;
    private string? said;

    [Parameter]
    public Guid? Id { get; set; }

    [SupplyParameterFromQuery]
    public string? Standing { get; set; }

    [SupplyParameterFromQuery]
    public string? Bucket { get; set; }

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

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    private NavigationManager Navigation => navigation;

    private IStringLocalizer<LatenessTexts> Text => text;

    private LateFilter Filter => new()
    {
        Standing = FromUrl.Choice<LateStanding>(Standing),
        Bucket = FromUrl.Choice<LateStanding>(Standing) == LateStanding.PaidLate ? null : FromUrl.OneOf<AgeBucket>(Bucket),
        CustomerId = FromUrl.Id(Client),
        Currency = FromUrl.Given(Currency)?.ToUpperInvariant(),
        Sort = FromUrl.Choice<LateSort>(Sort),
        Descending = Sort is not null && Dir != "asc",
        Page = FromUrl.Page(Page),
    };

    private bool IsFiltered => Filter is not { Standing: LateStanding.Open, Bucket: null, CustomerId: null };

    private IEnumerable<(string Value, string Text)> Standings => Enum.GetValues<LateStanding>().Skip(1).Select(standing => (PageUrl.Word(standing), text["Standing" + standing].Value));

    private IEnumerable<(string Value, string Text)> Ages => Enum.GetValues<AgeBucket>().Skip(1).Select(bucket => (PageUrl.Word(bucket), text["Age" + bucket].Value));

    // What is opened beside the list leaves the list as it is.
    protected override Task OnParametersSetAsync() => listed == Filter ? Task.CompletedTask : LoadAsync();

    private async Task LoadAsync()
    {
        var asked = Filter;
        mayDecide = (await SignedIn).User.May(Policies.ApproveInvoices);
        today = await late.TodayAsync(CancellationToken.None);
        var (found, sums) = (await late.ListAsync(asked, CancellationToken.None), await late.FiguresAsync(asked.Currency, CancellationToken.None));

        // Of two loads at once the one that the address asks for counts.
        if (asked == Filter)
            (page, figures, listed) = (found, sums, asked);
    }

    private async Task<IReadOnlyList<LateRow>> FetchAsync(int number)
    {
        // A page that never was is the last one again.
        var found = await late.ListAsync(Filter with { Page = number }, CancellationToken.None);
        return found.Number == number ? found.Rows : [];
    }
}
