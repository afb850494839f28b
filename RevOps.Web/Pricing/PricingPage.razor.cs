using System.Data.Common;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using RevOps.Core.Billing;
using RevOps.Core.Ingestion;
using RevOps.Core.Ingestion.Prices;
using RevOps.Web.Identity;
using RevOps.Web.Shared;

namespace RevOps.Web.Pricing;

/// <summary>The week's prices and the answers to what is advised. Each button asks again whether it may.</summary>
public sealed partial class PricingPage(PricingQueries queries, PricingDesk desk, IStringLocalizer<PricingTexts> text)
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    private PricingView? view;
    private DateOnly today;
    private bool failed, busy;
    private string? said;

    // What somebody is asked whether all of it is accepted; null: nobody is asked.
    private IReadOnlyList<AdviceRow>? all;

    [SupplyParameterFromQuery]
    public string? Service { get; set; }

    [SupplyParameterFromQuery]
    public string? Week { get; set; }

    [SupplyParameterFromQuery]
    public string? Show { get; set; }

    [SupplyParameterFromQuery]
    public string? Sort { get; set; }

    [SupplyParameterFromQuery]
    public string? Dir { get; set; }

    [SupplyParameterFromQuery]
    public string? Page { get; set; }

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    [CascadingParameter]
    private TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    private IStringLocalizer<PricingTexts> Text => text;

    private AdviceFilter Filter => new(FromUrl.Day(Week) ?? today, FromUrl.Given(Service), FromUrl.Choice<AdviceShow>(Show), FromUrl.Choice<AdviceSort>(Sort), Dir == "desc", FromUrl.Page(Page));

    private IEnumerable<(string Value, string Text)> Services => view!.Services.Where(service => service.Id is not null).Select(service => (service.Code, service.Name));

    private IEnumerable<(string Value, string Text)> Shows => Enum.GetValues<AdviceShow>().Select(show => (PageUrl.Word(show), text["Show." + show].Value));

    protected override async Task OnParametersSetAsync()
    {
        (all, today) = (null, await queries.TodayAsync());
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        var asked = Filter;
        try
        {
            var found = await queries.OfAsync(asked, CancellationToken.None);

            // Of two loads at once the one that the address asks for counts.
            if (asked == Filter)
                (view, failed) = (found, false);
        }
        catch (Exception failure) when (failure is InvalidOperationException or DbException or System.Text.Json.JsonException)
        {
            failed = true;
        }
    }

    private async Task<IReadOnlyList<AdviceRow>> FetchAsync(int number)
    {
        // A page that never was is the last one again.
        var found = await queries.OfAsync(Filter with { Page = number }, CancellationToken.None);
        return found.Number == number ? found.Rows : [];
    }

    /// <summary>What will be accepted stands in the question, and exactly that is accepted.</summary>
    private async Task AskAllAsync() => all = await queries.AwaitingAsync(Filter, CancellationToken.None);

    private async Task AcceptAllAsync()
    {
        var asked = all!;
        all = null;
        await AcceptAsync(asked);
    }

    private string AllAsked => all!.Count == 0 ? text["NothingHere"]
        : text["AcceptAllAsk", all.Count.ToString("N0"), PricingWords.Signed(all.Min(row => row.Change)), PricingWords.Signed(all.Max(row => row.Change)), PricingWords.SlotAt(all[0].SlotStart, Zone), PricingWords.SlotAt(all[^1].SlotStart, Zone)];

    private Task AcceptAsync(IReadOnlyList<AdviceRow> rows) => DecideAsync(rows, true, null);

    private Task RefuseAsync((IReadOnlyList<AdviceRow> Rows, string Reason) refused) => DecideAsync(refused.Rows, false, refused.Reason);

    private Task DecideAsync(IReadOnlyList<AdviceRow> rows, bool accepts, string? reason) => DoAsync(async by =>
    {
        var (result, count) = rows.Count == 0 ? (DecisionResult.Outdated, 0) : await desk.DecideAsync([.. rows.Select(row => row.Shown)], accepts, reason, by, CancellationToken.None);
        return result != DecisionResult.Done ? text["Result." + result] : count < rows.Count ? text["DoneSome", count.ToString("N0"), rows.Count.ToString("N0")] : text.Counted(accepts ? "Accepted" : "Refused", count);
    });

    private Task UndoAsync(AdviceRow row) => DoAsync(async by =>
    {
        var result = await desk.UndoAsync(row.Id, by, CancellationToken.None);
        return result == DecisionResult.Done ? text["Undone"] : text["Result." + result];
    });

    private async Task DoAsync(Func<Approver, Task<string>> actAsync)
    {
        // A second click was meant for the state before the first.
        if (busy)
            return;
        (busy, said) = (true, null);
        try
        {
            said = await actAsync((await SignedIn).User.AsApprover());
            await LoadAsync();
        }
        finally
        {
            busy = false;
            StateHasChanged();
        }
    }
}
