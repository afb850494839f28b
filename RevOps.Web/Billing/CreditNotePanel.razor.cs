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

/// <summary>One credit note beside the list. Each button asks again whether it may.</summary>
public sealed partial class CreditNotePanel(CreditNotePaperQueries papers, IServiceScopeFactory scopes, DialogService dialogs, IStringLocalizer<CreditNoteTexts> text)
{
    private ClaimsPrincipal user = new();
    private CreditNotePaper? paper;
    private bool asked, mayDecide, busy;
    private string? said, problem;

    [Parameter, EditorRequired]
    public Guid Id { get; set; }

    /// <summary>The list, with the choices that were made there.</summary>
    [Parameter, EditorRequired]
    public string Close { get; set; } = "";

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    private IStringLocalizer<CreditNoteTexts> Text => text;

    /// <summary>A second click, queued before the first had been shown, was meant for the state before it.</summary>
    private bool MayAct => !busy && paper is { Status: CreditNoteStatus.Proposed };

    private string Title => paper switch
    {
        { Number: { } number } => text["TitleOf", number],
        { Invoice: var invoice } => text["TitleFor", invoice],
        _ => text["CreditNote"],
    };

    protected override async Task OnInitializedAsync()
    {
        user = (await SignedIn).User;
        mayDecide = user.May(Policies.ApproveInvoices);
        await LoadAsync();
    }

    private async Task LoadAsync() => (paper, asked) = (await papers.OfAsync(Id, user.UserId(), user.SeesEmails(), CancellationToken.None), true);

    private Task ApproveAsync() => DecideAsync("Approved", (credit, approver) => credit.ApproveAsync(Id, approver, CancellationToken.None));

    private async Task RejectAsync()
    {
        if (!MayAct)
            return;
        var about = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [nameof(ReasonDialog.What)] = $"{paper!.Invoice}, {Culture.Text(paper.Gross)}",
            [nameof(ReasonDialog.Means)] = text["RejectMeans"].Value,
            [nameof(ReasonDialog.Do)] = text["RejectDo"].Value,
        };
        busy = true;
        var answer = await dialogs.OpenAsync<ReasonDialog>(text["RejectTitle"], about, new DialogOptions { Width = "min(480px, 92vw)" });
        busy = false;
        if (answer is string reason)
            await DecideAsync("Rejected", (credit, approver) => credit.RejectAsync(Id, approver, reason, CancellationToken.None));
    }

    private async Task DecideAsync(string done, Func<CreditInvoice, Approver, Task<DecisionResult>> decideAsync)
    {
        if (!MayAct)
            return;
        (busy, said, problem) = (true, null, null);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var result = await decideAsync(scope.ServiceProvider.GetRequiredService<CreditInvoice>(), user.AsApprover());
            await LoadAsync();
            if (result == DecisionResult.Done)
                said = text["Said" + done, paper?.Number ?? ""];
            else if (result == DecisionResult.FirstOfTwo)
                said = text["SaidFirstOfTwo"];
            else
                problem = text["NotDone" + result];
        }
        finally
        {
            busy = false;
            StateHasChanged();
        }
    }
}
