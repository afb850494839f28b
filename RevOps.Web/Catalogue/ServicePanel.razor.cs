using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using Radzen;
using RevOps.Core.Billing;
using RevOps.Core.Catalogue;
using RevOps.Core.Identity;
using RevOps.Core.Ingestion;
using RevOps.Web.Identity;
using RevOps.Web.Shared;

namespace RevOps.Web.Catalogue;

/// <summary>One service beside the list. Each button asks again whether it may.</summary>
public sealed partial class ServicePanel(CatalogueQueries catalogue, KeepCatalogue keep, ActorNames actors, DialogService dialogs, IStringLocalizer<CatalogueTexts> text)
{
    private ServiceSheet? sheet;
    private IReadOnlyDictionary<string, string> names = new Dictionary<string, string>(StringComparer.Ordinal);
    private bool asked, mayEdit, busy;
    private int rounds;
    private string? said, problem;

    [Parameter, EditorRequired]
    public Guid Id { get; set; }

    /// <summary>The list, with the choices that were made there.</summary>
    [Parameter, EditorRequired]
    public string Close { get; set; } = "";

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    private IStringLocalizer<CatalogueTexts> Text => text;

    private string Title => sheet is { Row: var row } ? $"{row.Code} · {row.Name}" : text["Service"];

    protected override async Task OnInitializedAsync()
    {
        mayEdit = (await SignedIn).User.May(Policies.ApproveInvoices);
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        var found = await catalogue.OfAsync(Id, CancellationToken.None);
        names = found is null ? names : await actors.OfAsync(found.Prices.Concat(found.Contracts).Select(price => price.Actor));
        (sheet, asked) = (found, true);
    }

    private Task<CatalogueResult> ChangeAsync(ServiceEntry entry, int basedOn) => DoAsync("ServiceSaved", user => keep.SaveAsync(Id, basedOn, entry, user, CancellationToken.None));

    private Task<CatalogueResult> AddPriceAsync(PriceEntry entry, Guid? customer) => DoAsync("PriceAdded", user => keep.AddPriceAsync(Id, customer, entry, user, CancellationToken.None));

    private async Task WithdrawAsync(PriceRow price)
    {
        var options = new ConfirmOptions { OkButtonText = text["Withdraw"], CancelButtonText = text["No"] };
        if (await dialogs.Confirm(text["WithdrawMeans", Culture.UnitPrice(price.UnitAmount, price.Currency), price.From.ToString("d")], text["WithdrawTitle"], options) == true)
            await DoAsync("PriceWithdrawn", user => keep.WithdrawPriceAsync(price.Id, user, CancellationToken.None));
    }

    private Task RetireAsync()
    {
        var retired = sheet!.Row.RetiredAt is null;
        return DoAsync(retired ? "ServiceRetired" : "ServiceRestored", user => keep.RetireAsync(Id, retired, user, CancellationToken.None));
    }

    private async Task<CatalogueResult> DoAsync(string done, Func<Approver, Task<CatalogueResult>> actAsync)
    {
        // A second click was meant for the state before the first.
        if (busy)
            return CatalogueResult.Done;
        (busy, said, problem) = (true, null, null);
        try
        {
            var result = await actAsync((await SignedIn).User.AsApprover());
            await LoadAsync();
            if (result.IsDone)
                (said, rounds) = (text[done], rounds + 1);
            else if (result.Problems.TryGetValue("", out var code))
                problem = text["Problem." + code];
            return result;
        }
        finally
        {
            busy = false;
            StateHasChanged();
        }
    }
}
