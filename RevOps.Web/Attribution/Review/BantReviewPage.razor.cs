using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using RevOps.Core.Attribution.Review;
using RevOps.Core.Identity;
using RevOps.Core.Platform;
using RevOps.Web.Identity;
using RevOps.Web.Shared;

namespace RevOps.Web.Attribution.Review;

/// <summary>How well the voice AI judges calls: read again by a person who does not know what it said, and by what was bought afterwards.</summary>
public sealed partial class BantReviewPage(BantReviewQueries queries, BantDesk desk, ActorNames actors, TimeProvider clock, IStringLocalizer<ReviewTexts> text)
{
    public const string RoundName = "round";
    public const string ShowName = "show";
    public const string PeopleName = "people";

    private const string QualifiedWord = "qualified";
    private const string OthersWord = "others";

    private PeriodChoice? choice;
    private WonRates? won, wonBefore;
    private IReadOnlyList<ReviewRow>? rounds;
    private ReviewRow? round;
    private ReviewResults? results;
    private IReadOnlyDictionary<string, string> names = new Dictionary<string, string>(StringComparer.Ordinal);
    private DateOnly today;
    private DateTimeOffset? asOf;
    private string size = BantReview.Usual.ToString(CultureInfo.InvariantCulture);
    private bool mayBegin, mayRead, busy, isSizeWrong;
    private string? said;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    [SupplyParameterFromQuery(Name = PeriodChoice.FromName)]
    private string? FromText { get; set; }

    [SupplyParameterFromQuery(Name = PeriodChoice.ToName)]
    private string? ToText { get; set; }

    [SupplyParameterFromQuery(Name = PeriodChoice.CompareName)]
    private string? CompareText { get; set; }

    [SupplyParameterFromQuery(Name = RoundName)]
    private string? RoundText { get; set; }

    [SupplyParameterFromQuery(Name = ShowName)]
    private string? ShowText { get; set; }

    // Two lists would share one number of a page: the people of a rate stand instead of the results.
    [SupplyParameterFromQuery(Name = PeopleName)]
    private string? PeopleText { get; set; }

    [SupplyParameterFromQuery(Name = PageUrl.Page)]
    private string? PageText { get; set; }

    private IStringLocalizer<ReviewTexts> Text => text;

    protected override async Task OnParametersSetAsync()
    {
        var user = (await SignedIn).User;
        mayRead = user.May(Policies.PersonalValues);
        mayBegin = mayRead || user.IsInRole(Roles.Marketing);
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        var (usual, chosen) = (await queries.UsualPeriodAsync(), FromUrl.Id(RoundText));
        var asked = PeriodChoice.Read(FromText, ToText, CompareText, usual);
        var now = await queries.WonAsync(asked.Period);
        var past = asked.Compared is { } compared ? await queries.WonAsync(compared) : null;
        var found = await queries.RoundsAsync();
        var opened = found.FirstOrDefault(row => row.Id == chosen) ?? (found.Count > 0 ? found[0] : null);
        var counted = opened is null ? null : await queries.ResultsAsync(opened.Id);
        names = await actors.OfAsync(found.Select(row => row.CreatedBy).Concat(counted?.Rows.Select(row => row.ReaderId).OfType<string>() ?? []));

        // Another round or other days may have been asked for meanwhile.
        if (chosen == FromUrl.Id(RoundText) && asked == PeriodChoice.Read(FromText, ToText, CompareText, usual))
            (choice, won, wonBefore, rounds, round, results, today, asOf) = (asked, now, past, found, opened, counted, usual.To, clock.GetUtcNow());
    }

    private async Task BeginAsync()
    {
        if (busy || choice is null)
            return;
        isSizeWrong = !int.TryParse(size.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var wanted) || wanted is < BantReview.Least or > BantReview.Most;
        if (isSizeWrong)
            return;
        busy = true;
        var (result, id) = await desk.BeginAsync(choice.Period, wanted, (await SignedIn).User.AsApprover(), CancellationToken.None);
        busy = false;
        said = text["Begin." + result];
        if (id is { } begun)
            Navigation.NavigateTo(Navigation.With(RoundName, begun.ToString()));
        await LoadAsync();
    }

    private async Task CloseAsync(Guid id)
    {
        busy = true;
        var result = await desk.CloseAsync(id, (await SignedIn).User.AsApprover(), CancellationToken.None);
        busy = false;
        said = text["Close." + result];
        await LoadAsync();
    }

    private string WonNote(Proportion rate) => rate.Interval is { } interval
        ? text["WonNote", Number(rate.Hits), Number(rate.Of), ShareOf(interval.Low), ShareOf(interval.High)]
        : text["WonNobody"];

    private static string ShareOf(double? share) => share?.ToString("P1", CultureInfo.CurrentCulture) ?? "–";

    private static string Number(long number) => number.ToString("N0", CultureInfo.CurrentCulture);
}
