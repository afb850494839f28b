using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using RevOps.Core.Receivables;
using RevOps.Core.Receivables.Lateness;
using RevOps.Web.Identity;
using RevOps.Web.Shared;
using RevOps.Web.Shared.Tables;

namespace RevOps.Web.Lateness;

/// <summary>Whom to call today, why, and what came of it in one click.</summary>
public sealed partial class CallsPage(CallQueries calls, LateDesk desk, IStringLocalizer<LatenessTexts> text)
{
    /// <summary>The usual word of a client that is called: within a week.</summary>
    private const int PromiseDays = 7;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private CallPage? page;
    private (string? Min, string? Days, string? Currency)? listed;
    private bool mayDecide, busy;
    private string? said;

    [SupplyParameterFromQuery]
    public string? Min { get; set; }

    [SupplyParameterFromQuery]
    public string? Days { get; set; }

    [SupplyParameterFromQuery]
    public string? Reason { get; set; }

    [SupplyParameterFromQuery]
    public string? Currency { get; set; }

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    private IStringLocalizer<LatenessTexts> Text => text;

    private decimal? Least => decimal.TryParse(Min, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var given) && given <= 1_000_000_000 ? given : null;

    private int? LeastDays => int.TryParse(Days, NumberStyles.None, CultureInfo.InvariantCulture, out var given) && given <= 10_000 ? given : null;

    private CallReason? Wanted => FromUrl.OneOf<CallReason>(Reason);

    private IEnumerable<(string Value, string Text)> Reasons => Enum.GetValues<CallReason>().Select(reason => (PageUrl.Word(reason), text["Call" + reason].Value));

    private IReadOnlyList<CallRow> Shown => page is null ? [] : Wanted is { } reason ? [.. page.Rows.Where(row => row.Reasons.Contains(reason))] : page.Rows;

    private IReadOnlyList<Column<CallRow>> Columns =>
    [
        new("client", text["Client"], row => row.Late.Customer),
        new("reason", text["CallsReason"], row => string.Join(" · ", row.Reasons.Select(reason => text["Call" + reason].Value))) { IsWide = true },
        new("owed", text["Owed"], row => row.Late.Owed) { IsNumber = true },
        new("days", text["DaysLate"], row => row.Late.DaysLate) { IsNumber = true },
        new("number", text["Number"], row => row.Late.Number),
        new("standing", text["Standing"], row => text.Standing(row.Late.Standing, page!.Today)) { IsForDesk = true },
        new("phone", text["Phone"], row => row.Phone),
        .. mayDecide ? new Column<CallRow>[] { new("outcome", text["CallOutcome"], row => row.Late.Number) { IsForScreen = true, Cell = Outcomes } } : [],
    ];

    protected override Task OnParametersSetAsync() => listed == (Min, Days, Currency) ? Task.CompletedTask : LoadAsync();

    private async Task LoadAsync()
    {
        var (asked, user) = ((Min, Days, Currency), (await SignedIn).User);
        mayDecide = user.May(Policies.ApproveInvoices);
        var found = await calls.TodayAsync(FromUrl.Given(Currency)?.ToUpperInvariant(), Least, LeastDays, user.SeesEmails(), CancellationToken.None);
        if (asked == (Min, Days, Currency))
            (page, listed) = (found, asked);
    }

    private Task<IReadOnlyList<CallRow>> FetchAsync(int number) => Task.FromResult<IReadOnlyList<CallRow>>(number == 1 ? Shown : []);

    private Task CalledAsync(CallRow row) => ActAsync(row, approver => desk.CalledAsync(row.Late.Id, approver, CancellationToken.None), "CallCalledDone");

    private Task PromisedAsync(CallRow row) => ActAsync(row, approver => desk.PromiseAsync(row.Late.Id, page!.Today.AddDays(PromiseDays), approver, CancellationToken.None), "PromiseSaved");

    private Task DisputedAsync(CallRow row) => ActAsync(row, approver => desk.DisputeAsync(row.Late.Id, new(DisputeReason.Other, approver.UserId, ""), approver, CancellationToken.None), "CallDisputedDone");

    private async Task ActAsync(CallRow row, Func<Core.Billing.Approver, Task<LateResult>> act, string done)
    {
        var user = (await SignedIn).User;
        if (busy || !user.May(Policies.ApproveInvoices))
            return;
        busy = true;
        var result = await act(user.AsApprover());
        busy = false;
        await LoadAsync();
        said = $"{row.Late.Customer}, {row.Late.Number}: {(result == LateResult.Done ? text[done] : text["Result" + result])}";
    }
}
