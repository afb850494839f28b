using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using RevOps.Core.Identity;
using RevOps.Core.Receivables.Reconciliation;
using RevOps.Web.Identity;
using RevOps.Web.Shared;

namespace RevOps.Web.Reconciliation;

/// <summary>Deal, invoice and bank of a period beside each other: what agrees, what does not, why, and who looks into it.</summary>
public sealed partial class ReconciliationPage(ReconciliationQueries queries, MonthDesk desk, ActorNames actors, NavigationManager navigation, IJSRuntime script, IStringLocalizer<ReconciliationTexts> text)
{
    // Figures of a month: a second is soon enough.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private ClaimsPrincipal user = new();
    private ReconciliationView? view;
    private IReadOnlyList<Reconciled> found = [];
    private IReadOnlyList<(Guid Id, string Name)> staff = [];
    private IReadOnlyDictionary<string, string> names = new Dictionary<string, string>(StringComparer.Ordinal);
    private string? said, problem;
    private (string?, string?, string?, string?) loaded;
    private bool mayDecide, busy;
    private Guid? me;

    [SupplyParameterFromQuery]
    public string? From { get; set; }

    [SupplyParameterFromQuery]
    public string? To { get; set; }

    [SupplyParameterFromQuery]
    public string? Currency { get; set; }

    [SupplyParameterFromQuery]
    public string? Kind { get; set; }

    [SupplyParameterFromQuery]
    public string? State { get; set; }

    [SupplyParameterFromQuery]
    public string? Owner { get; set; }

    [SupplyParameterFromQuery]
    public string? Row { get; set; }

    [SupplyParameterFromQuery]
    public string? Live { get; set; }

    [SupplyParameterFromQuery]
    public string? Page { get; set; }

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    private NavigationManager Navigation => navigation;

    private IStringLocalizer<ReconciliationTexts> Text => text;

    private IEnumerable<TabLinks.Tab> Kinds =>
    [
        new(null, text["KindAll"], view!.Ledger.Rows.Count),
        .. Enum.GetValues<ReconciledKind>().Select(kind => new TabLinks.Tab(PageUrl.Word(kind), text["Kind." + kind], view.Ledger.Rows.Count(row => row.Kind == kind))),
    ];

    private IEnumerable<(string, string)> States => [("exceptions", text["StateExceptions"]), .. Enum.GetValues<ReconciledState>().Select(state => (PageUrl.Word(state), text["State." + state].Value))];

    protected override async Task OnInitializedAsync()
    {
        user = (await SignedIn).User;
        (mayDecide, me) = (user.May(Policies.ApproveInvoices), user.UserId());
        staff = await actors.StaffAsync();
    }

    // Another filter is another look at the same rows.
    protected override Task OnParametersSetAsync()
    {
        if (view is null || loaded != (From, To, Currency, Live))
            return LoadAsync();
        found = [.. view.Ledger.Rows.Where(Takes)];
        return Task.CompletedTask;
    }

    private async Task LoadAsync()
    {
        var asked = (From, To, Currency, Live);
        var today = await queries.TodayAsync(CancellationToken.None);
        var month = new DateOnly(today.Year, today.Month, 1);
        var (from, to) = (FromUrl.Day(From) ?? month, FromUrl.Day(To) ?? (FromUrl.Day(From) is { } given ? new DateOnly(given.Year, given.Month, 1) : month).AddMonths(1).AddDays(-1));
        var read = await queries.LoadAsync(from <= to ? from : to, from <= to ? to : from, Currency, Live == "true", CancellationToken.None);

        // Of two loads at once the one that the address asks for counts.
        if (asked != (From, To, Currency, Live))
            return;
        (view, loaded) = (read, asked);
        names = await actors.OfAsync([.. read.Notes.Values.Select(note => note.OwnerId).Append(read.Closed?.ClosedBy).Append(read.Closed?.ReopenAskedBy).OfType<Guid>().Select(id => $"user:{id}")]);
        found = [.. read.Ledger.Rows.Where(Takes)];
    }

    private bool Takes(Reconciled row) => (FromUrl.OneOf<ReconciledKind>(Kind) is not { } kind || row.Kind == kind)
        && (State == "exceptions" ? row.IsException : FromUrl.OneOf<ReconciledState>(State) is not { } state || row.State == state)
        && (FromUrl.Id(Owner) is not { } owner || view!.Notes.GetValueOrDefault(row.Subject)?.OwnerId == owner);

    private string MonthLink(int by)
    {
        var month = new DateOnly(view!.From.Year, view.From.Month, 1).AddMonths(by);
        return navigation.With(("from", FromUrl.Text(month)), ("to", FromUrl.Text(month.AddMonths(1).AddDays(-1))), ("row", null), ("live", null));
    }

    private Task PrintAsync() => script.InvokeVoidAsync("print").AsTask();

    private Task CloseAsync() => DoAsync("Closed", () => desk.CloseAsync(view!.From, user.AsApprover(), CancellationToken.None));

    private Task AskReopenAsync(string reason) => DoAsync("Asked", () => desk.AskToReopenAsync(view!.From, reason, user.AsApprover(), CancellationToken.None));

    private Task ReopenAsync() => DoAsync("Reopened", () => desk.ReopenAsync(view!.From, user.AsApprover(), CancellationToken.None));

    private Task KeepClosedAsync() => DoAsync("KeptClosed", () => desk.KeepClosedAsync(view!.From, user.AsApprover(), CancellationToken.None));

    private Task NoteAsync(ReconciledPanel.Noted noted) => DoAsync("Noted", () => desk.NoteAsync(Row!, noted.Reason, noted.OwnerId, noted.Text, user.AsApprover(), CancellationToken.None));

    private async Task DoAsync(string what, Func<Task<MonthResult>> act)
    {
        if (busy)
            return;
        (busy, said, problem) = (true, null, null);
        try
        {
            var result = await act();
            if (result == MonthResult.Done)
                said = text["Done." + what];
            else
                problem = text["Result." + result];
            await LoadAsync();
        }
        finally
        {
            busy = false;
        }
    }
}
