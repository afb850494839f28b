using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using RevOps.Core.Ingestion;
using RevOps.Web.Identity;
using RevOps.Web.Shared;

namespace RevOps.Web.Billing;

/// <summary>That everything for one invoice was done once, shown: effects, decisions, the audit, and what Stripe says now.</summary>
public sealed partial class ProofPage(InvoiceProofQueries proofs, RecheckInvoice recheck, IStringLocalizer<BillingTexts> text)
{
    private InvoiceProof? proof;
    private bool loaded, busy, asked;

    [Parameter]
    public Guid Id { get; set; }

    /// <summary>The effect that is open beside the table.</summary>
    [SupplyParameterFromQuery]
    public string? Effect { get; set; }

    [CascadingParameter]
    public TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    private IStringLocalizer<BillingTexts> Text => text;

    protected override Task OnParametersSetAsync() => proof?.Id == Id ? Task.CompletedTask : LoadAsync();

    private async Task LoadAsync()
    {
        var wanted = Id;
        var found = await proofs.OfAsync(wanted, CancellationToken.None);
        if (wanted == Id)
            (proof, loaded) = (found, true);
    }

    private async Task RecheckAsync()
    {
        if (busy || !(await SignedIn).User.May(Policies.Finance))
            return;
        busy = true;
        asked = await recheck.AskAsync(Id, CancellationToken.None);
        busy = false;
        await LoadAsync();
    }
}
