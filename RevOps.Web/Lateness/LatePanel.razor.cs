using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using RevOps.Core.Ingestion;
using RevOps.Core.Receivables.Lateness;
using RevOps.Web.Identity;
using RevOps.Web.Shared;

namespace RevOps.Web.Lateness;

/// <summary>One late invoice.</summary>
public sealed partial class LatePanel(LateQueries late, ClaimLateness claims, IStringLocalizer<LatenessTexts> text)
{
    private LateCard? card;
    private bool asked, mayDecide, busy;
    private string? said;

    // Of a double click one is the claim, the other a repeat of it.
    private Guid click = Guid.NewGuid();

    [Parameter, EditorRequired]
    public Guid Id { get; set; }

    /// <summary>The list, with the choices that were made there.</summary>
    [Parameter, EditorRequired]
    public string Close { get; set; } = "";

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    private IStringLocalizer<LatenessTexts> Text => text;

    private string Title => card is null ? text["Title"] : text["PanelTitle", card.Row.Number];

    /// <summary>What the reader saw when they clicked: anything else is another claim.</summary>
    internal static LateClaimed SeenOf(LateRow row) => new(row.Id, row.Cost.ClaimDays!.Value.From, row.Cost.ClaimDays.Value.Until, row.Cost.Claimable.Minor, row.Cost.ClaimableIndemnityMinor, default);

    protected override Task OnParametersSetAsync()
    {
        if (card?.Row.Id == Id)
            return Task.CompletedTask;
        (said, click) = (null, Guid.NewGuid());
        return LoadAsync();
    }

    private async Task LoadAsync()
    {
        var (wanted, user) = (Id, (await SignedIn).User);
        var found = await late.FindAsync(wanted, CancellationToken.None);
        if (wanted == Id)
            (card, asked, mayDecide) = (found, true, user.May(Policies.ApproveInvoices));
    }

    private async Task ClaimAsync()
    {
        var user = (await SignedIn).User;
        if (busy || card is not { Row: { Claimable: not null } row } || !user.May(Policies.ApproveInvoices))
            return;
        busy = true;
        var result = await claims.ClaimAsync(click, SeenOf(row), user.AsApprover(), CancellationToken.None);
        (busy, click) = (false, Guid.NewGuid());
        await SayAsync(text["Claimed" + (result is DecisionResult.Done or DecisionResult.NotAllowed ? result : DecisionResult.Outdated)]);
    }

    private async Task SayAsync(string what)
    {
        await LoadAsync();
        said = what;
    }
}
