using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using RevOps.Core.Billing;
using RevOps.Core.Ingestion;
using RevOps.Web.Identity;
using RevOps.Web.Shared;

namespace RevOps.Web.Billing;

/// <summary>Asks for a credit note; another click, on the note itself, approves it.</summary>
public sealed partial class NewCreditNotePage(CreditNotePaperQueries papers, CreditNoteQueries notes, IServiceScopeFactory scopes, NavigationManager navigation, IStringLocalizer<CreditNoteTexts> text)
{
    // As long as the page: of a double click one is the proposal, the other a repeat of it.
    private readonly Guid clickId = Guid.NewGuid();
    private Creditable? of;
    private CreditEntry? entry;
    private CreditDraft draft = new([], new Dictionary<string, string>(StringComparer.Ordinal));
    private bool asked, busy;
    private string? problem, reasonProblem;

    [SupplyParameterFromQuery]
    public string? Invoice { get; set; }

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    private IStringLocalizer<CreditNoteTexts> Text => text;

    private IEnumerable<(string Value, string Text)> Reasons => [("", text["ReasonChoose"]), .. Enum.GetValues<CreditReason>().Select(reason => (PageUrl.Word(reason), text["Reason" + reason].Value))];

    protected override async Task OnInitializedAsync()
    {
        await ReadAsync();
        if (of is not null)
            entry = new(of);
        Rework();
        asked = true;
    }

    private async Task ReadAsync()
    {
        of = FromUrl.Id(Invoice) is { } id ? await papers.CreditableAsync(id, CancellationToken.None) : null;
        if (entry is not null && of is not null)
            entry.Of = of;
    }

    private void Rework() => draft = entry?.Work() ?? draft;

    private void Choose(bool whole)
    {
        entry!.IsWhole = whole;
        Rework();
    }

    private void ChooseReason(string reason) => (entry!.Reason, reasonProblem) = (reason, null);

    private async Task SendAsync()
    {
        if (busy || entry is null)
            return;
        problem = null;
        Rework();
        var reason = FromUrl.OneOf<CreditReason>(entry.Reason);
        reasonProblem = reason is null ? text["ProblemReason"].Value : null;
        if (reason is null || !draft.IsSound)
            return;
        busy = true;
        try
        {
            await ProposeAsync(reason.Value);
        }
        catch (CreditRefusedException)
        {
            // Somebody else took some of it back while the form was open: what is left is read again, what was typed stays.
            await ReadAsync();
            Rework();
            problem = text["LessLeft"];
        }
        finally
        {
            busy = false;
        }
    }

    private async Task ProposeAsync(CreditReason reason)
    {
        var approver = (await SignedIn).User.AsApprover();
        await using var scope = scopes.CreateAsyncScope();
        var result = await scope.ServiceProvider.GetRequiredService<CreditInvoice>().ProposeAsync(clickId, approver, entry!.Wanted(draft, reason, approver.UserId), CancellationToken.None);
        if (result == DecisionResult.NotAllowed)
            problem = text["NotDoneNotAllowed"];
        else if (await notes.NewestAsync(entry.Of.InvoiceId, approver.UserId, CancellationToken.None) is { } made)
            navigation.NavigateTo($"/credit-notes/{made}");
    }
}
