using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.Catalogue;
using RevOps.Core.Ingestion;
using RevOps.Web.Identity;

namespace RevOps.Web.Drafting;

/// <summary>Finance writes its own version of a draft; the sender's stays beside it.</summary>
public sealed partial class EditPage(
    DraftVersionQueries queries, DraftPreview preview, CatalogueQueries catalogue, EditInvoice edit, NavigationManager navigation, IStringLocalizer<DraftingTexts> text)
{
    private DraftVersions? versions;
    private CatalogueDefaults? defaults;
    private InvoiceEntry entry = new();
    private IReadOnlyList<EditFault> faults = [];
    private BookingContent? typed;
    private InvoiceTotals? totals;
    private string? said;
    private bool asked, busy, outdated, tried;
    private int changes;

    [Parameter]
    public Guid Id { get; set; }

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    private IStringLocalizer<DraftingTexts> Text => text;

    private FieldProblems Problems => new(faults, text);

    private OwnVersion? Counting => versions!.Own.FirstOrDefault(version => version.Id == versions.EditId);

    private IEnumerable<(string Value, string Text)> Sides => [(CatalogueRules.Exclusive, text["Exclusive"]), (CatalogueRules.Inclusive, text["Inclusive"])];

    protected override Task OnParametersSetAsync() => versions?.InvoiceId == Id ? Task.CompletedTask : ReloadAsync();

    private async Task ReloadAsync()
    {
        defaults = await catalogue.DefaultsAsync(CancellationToken.None);
        (versions, said, outdated, tried) = (await queries.OfAsync(Id, CancellationToken.None), null, false, false);
        asked = true;
        if (versions is null)
            return;
        entry = InvoiceEntry.Of(versions.Current, CultureInfo.CurrentCulture);
        await ChangedAsync();
    }

    /// <summary>Somebody decided, or the sender sent something: what is being typed stays, and says that it is built on what was.</summary>
    private async Task FollowAsync()
    {
        if (busy || versions is null)
            return;
        var now = await queries.OfAsync(Id, CancellationToken.None);
        outdated |= now?.DraftVersion != versions.DraftVersion || now.MayBeEdited != versions.MayBeEdited;
    }

    private Task SetAsync(Action set)
    {
        set();
        return ChangedAsync();
    }

    private async Task ChangedAsync()
    {
        var change = ++changes;
        var (content, found) = entry.Read(versions!.Sent);
        faults = tried ? found : FieldProblems.WhileTyping(found);
        typed = content ?? typed;
        var sums = content is null || FieldProblems.WhileTyping(found).Count > 0 ? null : await preview.OfEditAsync(Id, content, CancellationToken.None);

        // Of two at once what was typed last counts.
        if (change == changes)
            totals = sums;
    }

    private async Task QuoteAsync(LineEntry line)
    {
        await Quotes.FillAsync(preview, line, entry, versions!.CustomerId);
        await ChangedAsync();
    }

    private async Task SaveAsync()
    {
        if (busy || outdated)
            return;
        (tried, said) = (true, null);
        await ChangedAsync();
        if (faults.Count > 0 || typed is null)
        {
            said = text["NotSaved", faults.Count];
            return;
        }

        await RunAsync(approver => edit.EditAsync(Id, versions!.DraftVersion, typed, approver, CancellationToken.None));
    }

    private Task ChooseSenderAsync() => RunAsync(approver => edit.ChooseSenderAsync(Id, versions!.DraftVersion, approver, CancellationToken.None));

    private async Task RunAsync(Func<Approver, Task<DecisionResult>> changeAsync)
    {
        if (busy)
            return;
        busy = true;
        try
        {
            var result = await changeAsync((await SignedIn).User.AsApprover());
            outdated = result == DecisionResult.Outdated;
            said = result == DecisionResult.NotAllowed ? text["NotAllowed"].Value : null;
            if (result == DecisionResult.Done)
                navigation.NavigateTo($"/approvals?invoice={Id}&edited={Id}");
        }
        catch (EditRefusedException refused)
        {
            (faults, said) = (refused.Faults, text["NotSaved", refused.Faults.Count]);
        }
        finally
        {
            busy = false;
        }
    }
}
