using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.Catalogue;
using RevOps.Core.Ingestion;
using RevOps.Web.Identity;
using RevOps.Web.Shared;

namespace RevOps.Web.Drafting;

/// <summary>Finance writes an invoice, or asks for a deposit, by hand; from here on it goes the way of every other.</summary>
public sealed partial class NewInvoicePage(
    DraftPreview preview, CatalogueQueries catalogue, ShadowMode shadow, EditInvoice edit, NavigationManager navigation, IStringLocalizer<DraftingTexts> text)
{
    private const string DepositKind = "deposit";

    // Of a double click one is the invoice, and the other finds it.
    private readonly Guid clickId = Guid.CreateVersion7();
    private readonly InvoiceEntry entry = new();
    private CatalogueDefaults? defaults;
    private NamedCustomer? customer;
    private DealSum? sum;
    private string reference = "", deal = "", share = "";
    private IReadOnlyList<EditFault> faults = [];
    private InvoiceTotals? totals;
    private string? said;
    private bool busy, tried, onlyCompares;
    private int changes;

    [SupplyParameterFromQuery]
    public string? Kind { get; set; }

    [SupplyParameterFromQuery]
    public string? Deal { get; set; }

    [SupplyParameterFromQuery]
    public string? Customer { get; set; }

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    private IStringLocalizer<DraftingTexts> Text => text;

    private bool IsDeposit => Kind == DepositKind;

    private FieldProblems Problems => new(faults, text);

    private IEnumerable<TabLinks.Tab> Kinds => [new(null, text["KindInvoice"], null), new(DepositKind, text["KindDeposit"], null)];

    private IEnumerable<(string Value, string Text)> Sides => [(CatalogueRules.Exclusive, text["Exclusive"]), (CatalogueRules.Inclusive, text["Inclusive"])];

    private int? Rate => CatalogueRules.Rate(share) is > 0 and <= 10_000 and var rate ? rate : null;

    private string? DealText => (sum, Rate) switch
    {
        (null, _) => deal.Length > 0 && Problems.Of("depositFor") is null ? text["DealUnknown"].Value : null,
        ({ } known, null) => text["DealIs", known.Name, Culture.Text(known.Net)],
        ({ } known, { } rate) => text["DealShare", known.Name, Culture.Text(known.Net), Culture.Percent(rate), Culture.Text(known.Net.Share(rate))],
    };

    protected override async Task OnInitializedAsync()
    {
        var found = await catalogue.DefaultsAsync(CancellationToken.None);
        await FollowShadowAsync();
        entry.Currency = found.Currency;
        entry.AddLine();
        customer = FromUrl.Id(Customer) is { } id ? await preview.CustomerAsync(id, CancellationToken.None) : null;
        if (IsDeposit && FromUrl.Given(Deal) is { } name)
            await DealAsync(name);
        defaults = found;
        await ChangedAsync();
    }

    /// <summary>What Finance writes is its own act, and no sale that another program might invoice too: it is made, and the page says so.</summary>
    private async Task FollowShadowAsync() => onlyCompares = (await shadow.CurrentAsync(CancellationToken.None)).IsOn;

    private Task SetAsync(Action set)
    {
        set();
        return ChangedAsync();
    }

    private Task ChooseAsync(NamedCustomer? chosen) => SetAsync(() => customer = chosen);

    private async Task DealAsync(string name)
    {
        deal = name.Trim();
        var found = deal.Length > 0 ? await preview.DealAsync(deal, CancellationToken.None) : null;
        sum = found;
        if (found is not null)
            customer = new(found.CustomerId, found.Customer);
        if (deal.Length > 0 && reference.Length == 0)
            reference = text["DepositReference", deal];
        await ShareAsync(share);
    }

    /// <summary>The lines of a deposit are its share of the deal, and may still be written otherwise.</summary>
    private Task ShareAsync(string percent)
    {
        share = percent.Trim();
        if (sum is not null && Rate is { } rate)
            sum.Fill(entry, rate, CultureInfo.CurrentCulture);
        return ChangedAsync();
    }

    private async Task QuoteAsync(LineEntry line)
    {
        await Quotes.FillAsync(preview, line, entry, customer?.Id);
        await ChangedAsync();
    }

    private async Task<BookingContent?> ChangedAsync()
    {
        var change = ++changes;
        var (content, found) = entry.Read(sent: null);
        IReadOnlyList<EditFault> all = [.. AroundIt(), .. found, .. await NotDeductedAsync()];
        if (change == changes)
            faults = tried ? all : FieldProblems.WhileTyping(all);
        var sums = content is null || FieldProblems.WhileTyping(found).Count > 0 ? null : await preview.OfNewAsync(customer?.Id, content, CancellationToken.None);
        if (change == changes)
            totals = sums;
        return all.Count == 0 ? content : null;
    }

    private IEnumerable<EditFault> AroundIt()
    {
        if (customer is null)
            yield return new("customer", "customer");
        if (reference.Trim().Length == 0)
            yield return new("reference", "text.missing");
        if (!IsDeposit)
            yield break;
        if (deal.Length == 0)
            yield return new("depositFor", "text.missing");
        if (share.Length > 0 && Rate is null)
            yield return new("share", "share");
    }

    private async Task<IReadOnlyList<EditFault>> NotDeductedAsync() =>
        IsDeposit && deal.Length > 0 ? await preview.DepositFaultsAsync(deal, customer?.Id, entry.Currency, CancellationToken.None) : [];

    private async Task SaveAsync()
    {
        if (busy)
            return;
        (busy, tried, said) = (true, true, null);
        try
        {
            if (await ChangedAsync() is { } content)
                await WriteAsync(content);
            else
                said = text["NotSaved", faults.Count];
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

    private async Task WriteAsync(BookingContent content)
    {
        var approver = (await SignedIn).User.AsApprover();
        if (await edit.WriteAsync(clickId, customer!.Id, reference, content, IsDeposit ? deal : null, approver, CancellationToken.None) == DecisionResult.NotAllowed)
            said = text["NotAllowed"];
        else if (await edit.FindWrittenAsync(clickId, CancellationToken.None) is { } written)
            navigation.NavigateTo($"/invoices/{written}");
    }
}
