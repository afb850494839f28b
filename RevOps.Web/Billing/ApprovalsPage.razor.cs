using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using Radzen;
using RevOps.Core.Billing;
using RevOps.Core.Ingestion;
using RevOps.Web.Identity;
using RevOps.Web.Shared;

namespace RevOps.Web.Billing;

/// <summary>Drafts that wait for Finance: look, approve, reject, with one hand on the keyboard.</summary>
public sealed partial class ApprovalsPage(
    InvoiceQueries invoices, InvoicePaperQueries papers, IServiceScopeFactory scopes, DecisionBatch batch, DialogService dialogs, NavigationManager navigation,
    IStringLocalizer<BillingTexts> text) : IDisposable
{
    private static readonly TimeSpan TimeToSee = TimeSpan.FromMilliseconds(700);
    private static readonly string[] Keys = ["a", "r", "x", " ", "Shift+x", "ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight"];

    private readonly TickedDrafts ticked = new();
    private ClaimsPrincipal user = new();
    private InvoicePage? waiting;
    private WaitingFilter? listed;
    private WaitingCounts? counts;
    private InvoicePaper? paper;
    private WaitingList? list;
    private Guid? selected;
    private bool mayDecide, asking, left;
    private long movedAt, changedAt;

    [SupplyParameterFromQuery]
    public string? Show { get; set; }

    [SupplyParameterFromQuery]
    public string? Q { get; set; }

    [SupplyParameterFromQuery]
    public string? Sort { get; set; }

    [SupplyParameterFromQuery]
    public string? Invoice { get; set; }

    [SupplyParameterFromQuery]
    public string? Page { get; set; }

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    private NavigationManager Navigation => navigation;

    private IStringLocalizer<BillingTexts> Text => text;

    private WaitingFilter Filter => new()
    {
        Group = FromUrl.Choice<WaitingGroup>(Show),
        Text = string.IsNullOrWhiteSpace(Q) ? null : Q.Trim(),
        Sort = FromUrl.Choice<WaitingSort>(Sort),
        Page = FromUrl.Page(Page),
    };

    private bool IsFiltered => Filter is not { Group: WaitingGroup.All, Text: null };

    private bool Busy => batch.IsRunning || asking;

    /// <summary>
    /// A second click or key meant the draft that has just gone, and one on the draft in view meant it as it just was: what comes is decided
    /// only once it could be seen.
    /// </summary>
    private bool JustMoved => IsRecent(movedAt) || (ticked.Count == 0 && IsRecent(changedAt));

    private bool DiffersAtStripe => paper!.Problems.Contains(ReviewProblem.StripeDiffers)
        || (paper.MayBeRejected && batch.Results.Any(decided => decided.Draft.Id == paper.Id && decided.Result == DecisionResult.ChangedAtStripe));

    private IEnumerable<TabLinks.Tab> Groups =>
    [
        new(null, text["WaitingAll"], counts!.Ready + counts.Incomplete + counts.Held),
        new(ValueOf(WaitingGroup.Ready), text["WaitingReady"], counts.Ready),
        new(ValueOf(WaitingGroup.Blocked), text["WaitingBlocked"], counts.Incomplete + counts.Held),
    ];

    private IEnumerable<(string Value, string Text)> Orders => Enum.GetValues<WaitingSort>().Skip(1).Select(sort => (PageUrl.Word(sort), text["Waiting" + sort].Value));

    private IEnumerable<(string Keys, string Does)?> Listed =>
    [
        ("A", text["KeyApprove"]), ("R", text["KeyReject"]), ("X", text["KeyTick"]), ("Shift X", text["KeyTickAll"]), ("↑ ↓", text["KeyMove"]), ("← →", text["KeyPages"]),
    ];

    public void Dispose()
    {
        left = true;
        batch.Changed -= ShowBatch;
    }

    protected override async Task OnInitializedAsync()
    {
        batch.Changed += ShowBatch;
        user = (await SignedIn).User;
        mayDecide = user.May(Policies.ApproveInvoices);
    }

    // Another draft of the same list is only another paper.
    protected override Task OnParametersSetAsync()
    {
        if (listed != Filter)
            return LoadAsync();
        selected = FromUrl.Id(Invoice) ?? selected ?? waiting!.Rows.FirstOrDefault()?.Id;
        return LoadPaperAsync(selected);
    }

    /// <summary>The usual choice needs no word in the address.</summary>
    private static string? ValueOf<T>(T choice) where T : struct, Enum => EqualityComparer<T>.Default.Equals(choice, default) ? null : PageUrl.Word(choice);

    private static bool IsRecent(long at) => TimeProvider.System.GetElapsedTime(at) < TimeToSee;

    private void ShowBatch() => _ = InvokeAsync(StateHasChanged);

    private async Task LoadAsync()
    {
        var filter = Filter;
        selected = FromUrl.Id(Invoice) ?? selected;
        var found = await invoices.WaitingAsync(filter, CancellationToken.None);
        var counted = await invoices.CountWaitingAsync(filter, CancellationToken.None);

        // Of two loads at once the one that the address asks for counts.
        if (filter != Filter)
            return;
        (waiting, counts, listed) = (found, counted, filter);

        // What somebody looks at stays, also when it is decided elsewhere or another draft comes in above it.
        selected ??= waiting.Rows.FirstOrDefault()?.Id;
        await LoadPaperAsync(selected);
    }

    private async Task LoadPaperAsync(Guid? wanted)
    {
        var found = wanted is { } id ? await papers.OfAsync(id, user.SeesEmails(), CancellationToken.None) : null;
        if (wanted != selected)
            return;
        if (paper is { ReviewHash: { } before } && paper.Id == found?.Id && !found.ReviewHash.AsSpan().SequenceEqual(before))
            changedAt = TimeProvider.System.GetTimestamp();
        paper = found;
    }

    private Task PressAsync(string key) => key switch
    {
        "ArrowDown" => MoveAsync(1),
        "ArrowUp" => MoveAsync(-1),
        "ArrowRight" => TurnAsync(1),
        "ArrowLeft" => TurnAsync(-1),
        _ when Busy => Task.CompletedTask,
        "a" => ApproveAsync(),
        "r" => RejectAsync(),
        "Shift+x" => TickAllAsync(),
        _ => TickSelected(),
    };

    private async Task MoveAsync(int step)
    {
        if (asking || waiting is not { Rows: { Count: > 0 } rows })
            return;
        var here = rows.ToList().FindIndex(row => row.Id == selected);
        var next = rows[here < 0 ? 0 : Math.Clamp(here + step, 0, rows.Count - 1)].Id;
        Select(next);
        if (list is not null)
            await list.FocusAsync(next);
    }

    private Task TurnAsync(int step)
    {
        var page = (waiting?.Number ?? 1) + step;
        if (asking || page < 1 || page > ((waiting?.Count ?? 0) + InvoiceQueries.PageSize - 1) / InvoiceQueries.PageSize)
            return Task.CompletedTask;
        selected = null;
        navigation.NavigateTo(navigation.With([(PageUrl.Page, page == 1 ? null : page.ToString(CultureInfo.InvariantCulture)), ("invoice", null)]));
        return Task.CompletedTask;
    }

    private void Select(Guid? id) => navigation.NavigateTo(navigation.GetUriWithQueryParameter("invoice", id), replace: true);

    private Task TickSelected()
    {
        if (waiting?.Rows.FirstOrDefault(row => row.Id == selected) is { } row)
            Tick(row);
        return Task.CompletedTask;
    }

    private void Tick(InvoiceRow row)
    {
        if (mayDecide)
            ticked.Toggle(row);
    }

    /// <summary>All that may be approved under the filter, on every page, as they stand now; a second time none.</summary>
    private async Task TickAllAsync()
    {
        if (!mayDecide)
            return;
        if (ticked.Count > 0)
            ticked.Clear();
        else
            ticked.Add(await invoices.ReadyAsync(Filter, CancellationToken.None));
    }
}
