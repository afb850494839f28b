using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using RevOps.Core.Identity;
using RevOps.Core.Ingestion;
using RevOps.Core.Ingestion.Bank;
using RevOps.Core.Receivables.BankFiles;
using RevOps.Web.Identity;
using RevOps.Web.Shared;

namespace RevOps.Web.Bank;

/// <summary>What came in at the bank and is not accounted for: look, match, set aside, with one hand on the keyboard, and take it back.</summary>
public sealed partial class BankPage(BankWorkQueries queries, BankFileQueries files, MatchDesk desk, ActorNames actors, NavigationManager navigation, TimeProvider clock, IStringLocalizer<BankTexts> text)
{
    private static readonly string[] Keys = ["a", "1", "2", "3", "4", "5", "6", "7", "8", "9", "s", "h", "u", "ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight", "j", "k"];

    /// <summary>A second press of a key meant the line that has just gone.</summary>
    private static readonly TimeSpan TimeToSee = TimeSpan.FromMilliseconds(400);

    private ClaimsPrincipal user = new();
    private BankWorkPage? page;
    private BankWorkFilter? listed;
    private BankWorkLine? line;
    private BankLineList? list;
    private IReadOnlyList<BankAccountRow> accounts = [];
    private IReadOnlyDictionary<string, string> names = new Dictionary<string, string>(StringComparer.Ordinal);
    private Guid? selected, clickId;
    private (Guid Id, bool WasMatched)? undoable;
    private string? said, problem;
    private bool mayDecide, busy;
    private long movedAt;

    [SupplyParameterFromQuery]
    public string? State { get; set; }

    [SupplyParameterFromQuery]
    public string? Account { get; set; }

    [SupplyParameterFromQuery]
    public string? File { get; set; }

    [SupplyParameterFromQuery]
    public string? Amount { get; set; }

    [SupplyParameterFromQuery]
    public string? From { get; set; }

    [SupplyParameterFromQuery]
    public string? To { get; set; }

    [SupplyParameterFromQuery]
    public string? Sort { get; set; }

    [SupplyParameterFromQuery]
    public string? Line { get; set; }

    [SupplyParameterFromQuery]
    public string? Page { get; set; }

    [CascadingParameter]
    public TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    private NavigationManager Navigation => navigation;

    private IStringLocalizer<BankTexts> Text => text;

    private DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), Zone).DateTime);

    private BankWorkFilter Filter => new()
    {
        State = State == "all" ? null : FromUrl.OneOf<BankLineState>(State) ?? BankLineState.Open,
        AccountId = FromUrl.Id(Account),
        FileId = FromUrl.Id(File),
        Amount = decimal.TryParse(FromUrl.Given(Amount)?.Replace(" ", "", StringComparison.Ordinal).Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) && amount < 1_000_000_000m ? amount : null,
        From = FromUrl.Day(From),
        To = FromUrl.Day(To),
        Sort = Sort is "largest" or "smallest" ? BankWorkSort.Amount : BankWorkSort.Booked,
        Descending = Sort is "largest" or "newest",
        Page = FromUrl.Page(Page),
    };

    private bool IsFiltered => Filter is not { State: BankLineState.Open, AccountId: null, FileId: null, Amount: null, From: null, To: null };

    private IEnumerable<TabLinks.Tab> States =>
    [
        new(null, text["State.Open"], page!.Counts.GetValueOrDefault(BankLineState.Open)),
        .. new[] { BankLineState.OnHold, BankLineState.Matched, BankLineState.SetAside }.Select(state => new TabLinks.Tab(PageUrl.Word(state), text["State." + state], page.Counts.GetValueOrDefault(state))),
        new("all", text["StateAll"], page.Counts.Values.Sum()),
    ];

    private IEnumerable<(string, string)> Orders => new[] { "newest", "largest", "smallest" }.Select(order => (order, text["Order." + order].Value));

    private IEnumerable<(string Keys, string Does)?> Listed => [("A", text["KeyMatch"]), ("1 … 9", text["KeyNth"]), ("S", text["KeyAside"]), ("H", text["KeyHold"]), ("U", text["KeyUndo"]), ("↑ ↓", text["KeyMove"]), ("← →", text["KeyPages"])];

    protected override async Task OnInitializedAsync()
    {
        user = (await SignedIn).User;
        mayDecide = user.May(Policies.ApproveInvoices);
    }

    // Another line of the same list is only another panel.
    protected override Task OnParametersSetAsync()
    {
        if (listed != Filter)
            return LoadAsync();
        return FromUrl.Id(Line) is { } asked && asked != selected ? SelectAsync(asked) : Task.CompletedTask;
    }

    private async Task LoadAsync()
    {
        var asked = Filter;
        var (found, known) = (await queries.ListAsync(asked, CancellationToken.None), await files.AccountsAsync(CancellationToken.None));

        // Of two loads at once the one that the address asks for counts.
        if (asked != Filter)
            return;
        (page, accounts, listed) = (found, known, asked);
        var wanted = FromUrl.Id(Line) ?? selected;
        await SelectAsync(wanted is { } kept && (FromUrl.Id(Line) == kept || found.Rows.Any(row => row.Id == kept)) ? kept : found.Rows.FirstOrDefault()?.Id);
    }

    private async Task SelectAsync(Guid? wanted)
    {
        if (wanted != selected)
            (selected, clickId, movedAt) = (wanted, Guid.NewGuid(), TimeProvider.System.GetTimestamp());
        var found = wanted is { } id ? await queries.LineAsync(id, CancellationToken.None) : null;
        var called = found is null ? names : await actors.OfAsync([.. found.Made.SelectMany(made => new[] { made.UserId, made.UndoneBy }).Append(found.Row.OwnerId).OfType<Guid>().Select(who => $"user:{who}")]);
        if (wanted == selected)
            (line, names) = (found, called);
    }

    private async Task PressAsync(string key)
    {
        if (key is "ArrowLeft" or "ArrowRight")
        {
            var next = page!.Number + (key == "ArrowRight" ? 1 : -1);
            if (next >= 1 && (next - 1) * BankWorkQueries.PageSize < page.Count)
                navigation.NavigateTo(navigation.With((PageUrl.Page, next.ToString(CultureInfo.InvariantCulture)), ("line", null)));
        }
        else if (key is "ArrowDown" or "ArrowUp" or "j" or "k")
        {
            await MoveAsync(key is "ArrowDown" or "j" ? 1 : -1);
        }
        else if (mayDecide && !busy && TimeProvider.System.GetElapsedTime(movedAt) > TimeToSee)
        {
            await DecideAsync(key);
        }
    }

    private Task DecideAsync(string key)
    {
        if (key == "u")
            return undoable is null ? Task.CompletedTask : UndoLastAsync();
        if (line is not { Row.State: BankLineState.Open or BankLineState.OnHold } open)
            return Task.CompletedTask;
        var nth = key == "a" ? 0 : int.TryParse(key, CultureInfo.InvariantCulture, out var digit) ? digit - 1 : -1;
        if (nth >= 0)
            return nth < open.Proposals.Count ? MatchAsync(open.Proposals[nth].Match) : Task.CompletedTask;
        return key == "s" ? SetAsideAsync("other") : HoldAsync(MatchDesk.HoldReasons[0]);
    }

    private async Task MoveAsync(int by)
    {
        var at = page!.Rows.ToList().FindIndex(row => row.Id == selected);
        if (page.Rows.Count == 0 || (at + by) is var to && (to < 0 || to >= page.Rows.Count))
            return;
        await SelectAsync(page.Rows[to].Id);
        if (list is not null)
            await list.FocusAsync(page.Rows[to].Id);
    }

    private Task MatchAsync(LineMatch match) => DoAsync(match.LineId, "Matched", wasMatched: true, () => desk.MatchAsync(clickId ?? Guid.NewGuid(), match, user.AsApprover(), CancellationToken.None));

    private Task SetAsideAsync(string reason) => DoAsync(selected!.Value, "Aside", wasMatched: false, () => desk.SetAsideAsync(selected!.Value, reason, user.AsApprover(), CancellationToken.None));

    private Task HoldAsync(string reason) => DoAsync(selected!.Value, "Held", wasMatched: false, () => desk.HoldAsync(selected!.Value, reason, null, user.AsApprover(), CancellationToken.None));

    private Task TakeUpAsync() => DoAsync(selected!.Value, "Open", wasMatched: null, () => desk.TakeUpAsync(selected!.Value, user.AsApprover(), CancellationToken.None));

    private Task UndoAsync() => DoAsync(selected!.Value, "Undone", wasMatched: null, () => desk.UndoAsync(Guid.NewGuid(), selected!.Value, user.AsApprover(), CancellationToken.None));

    private Task UndoLastAsync()
    {
        var (id, wasMatched) = undoable!.Value;
        selected = id;
        return DoAsync(id, "Undone", wasMatched: null, () => wasMatched ? desk.UndoAsync(Guid.NewGuid(), id, user.AsApprover(), CancellationToken.None) : desk.TakeUpAsync(id, user.AsApprover(), CancellationToken.None));
    }

    /// <summary>Does it, says so, and goes on to the next line where this one has left the list.</summary>
    private async Task DoAsync(Guid id, string what, bool? wasMatched, Func<Task<MatchResult>> act)
    {
        if (busy)
            return;
        (busy, problem, said) = (true, null, null);
        try
        {
            var at = page!.Rows.ToList().FindIndex(row => row.Id == id);
            var result = await act();
            clickId = Guid.NewGuid();
            if (!result.IsDone)
            {
                problem = result.Code is { } code ? text["Refused." + code] : text["Result." + result.Result];
                await LoadAsync();
                return;
            }

            (said, undoable) = (text["Done." + what], wasMatched is { } matched ? (id, matched) : null);
            if (at >= 0 && wasMatched is not null)
                selected = page.Rows.ElementAtOrDefault(at + 1)?.Id ?? page.Rows.ElementAtOrDefault(at - 1)?.Id;
            movedAt = TimeProvider.System.GetTimestamp();
            await LoadAsync();
        }
        finally
        {
            busy = false;
        }
    }
}
