using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using Radzen;
using RevOps.Core.Billing;
using RevOps.Core.Ingestion;
using RevOps.Web.Identity;
using RevOps.Web.Shared;

namespace RevOps.Web.CutOver;

/// <summary>Invoices of other programs beside our sales, and what Finance decides on each.</summary>
public sealed partial class CutOverPage(CutOverQueries queries, IServiceScopeFactory scopes, LookForForeign look, DialogService dialogs, IStringLocalizer<CutOverTexts> text)
{
    private static readonly IReadOnlyList<string> ReferenceKeys = Core.Billing.Stripe.ForeignInvoices.ReferenceKeys;

    private Core.Billing.CutOverPage? page;
    private IReadOnlyDictionary<CutOverMatch, int>? counts;
    private CutOverFilter? listed;
    private ClaimsPrincipal user = new();
    private bool mayDecide, busy;
    private string? said;

    [SupplyParameterFromQuery]
    public string? Match { get; set; }

    [SupplyParameterFromQuery]
    public string? Q { get; set; }

    [SupplyParameterFromQuery]
    public string? Page { get; set; }

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    private IStringLocalizer<CutOverTexts> Text => text;

    private CutOverFilter Filter => new(FromUrl.Choice<CutOverMatch>(Match), FromUrl.Page(Page)) { Text = FromUrl.Given(Q) };

    private IEnumerable<TabLinks.Tab> Tabs => Enum.GetValues<CutOverMatch>().Select(match => new TabLinks.Tab(ValueOf(match), text["Match." + match], counts!.GetValueOrDefault(match)));

    protected override async Task OnInitializedAsync()
    {
        user = (await SignedIn).User;
        mayDecide = user.May(Policies.ApproveInvoices);
    }

    protected override Task OnParametersSetAsync() => listed == Filter ? Task.CompletedTask : LoadAsync();

    private static string? ValueOf(CutOverMatch match) => match == CutOverMatch.All ? null : PageUrl.Word(match);

    private async Task LoadAsync()
    {
        var asked = Filter;
        var (found, counted) = (await queries.ListAsync(asked, CancellationToken.None), await queries.CountAsync(CancellationToken.None));

        // Of two loads at once the one that the address asks for counts.
        if (asked == Filter)
            (page, counts, listed) = (found, counted, asked);
    }

    private async Task<IReadOnlyList<CutOverRow>> FetchAsync(int number)
    {
        // A page that never was is the last one again.
        var found = await queries.ListAsync(Filter with { Page = number }, CancellationToken.None);
        return found.Number == number ? found.Rows : [];
    }

    private Task AdoptAsync(CutOverRow row) => DecideAsync(over => over.AdoptAsync(row.Id, user.AsApprover(), CancellationToken.None));

    private async Task CountTheirsAsync(CutOverRow row)
    {
        if (await AgreesAsync(text["CountTheirsAsk", row.Number ?? row.StripeInvoiceId!, Culture.Text(row.Theirs!.Value), row.Reference!, Culture.Text(row.Ours!.Value)], text["CountTheirs"]))
            await DecideAsync(over => over.CountTheirsAsync(row.Id, row.DraftVersion!.Value, user.AsApprover(), CancellationToken.None));
    }

    /// <summary>What the client has from there already would be a second invoice: nobody does that by a slip of the mouse.</summary>
    private async Task ReleaseAsync(CutOverRow row)
    {
        if (!row.IsIssuedThere || await AgreesAsync(text["ReleaseAsk", row.Number ?? row.StripeInvoiceId!, Culture.Text(row.Theirs!.Value)], text["Release"]))
            await DecideAsync(over => over.ReleaseAsync(row.InvoiceId!.Value, row.DraftVersion!.Value, user.AsApprover(), CancellationToken.None));
    }

    private async Task<bool> AgreesAsync(string question, string action) =>
        await dialogs.Confirm(question, action, new ConfirmOptions { OkButtonText = action, CancelButtonText = text["Cancel"] }) == true;

    private async Task DecideAsync(Func<Core.Ingestion.CutOver, Task<DecisionResult>> decide)
    {
        if (busy || !mayDecide)
            return;
        busy = true;
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            said = text.WordOf("Said.", (await decide(scope.ServiceProvider.GetRequiredService<Core.Ingestion.CutOver>())).ToString());
            await LoadAsync();
        }
        finally
        {
            busy = false;
        }
    }

    private async Task LookAsync()
    {
        if (busy || !mayDecide)
            return;
        busy = true;
        await look.AskAsync(CancellationToken.None);
        (said, busy) = (text["Looking"], false);
    }
}
