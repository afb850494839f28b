using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.Ingestion;
using RevOps.Core.Platform;
using RevOps.Web.Identity;
using RevOps.Web.Shared;

namespace RevOps.Web.Customers;

/// <summary>What Finance enters of a customer, typed over what it saw.</summary>
public sealed partial class CustomerForm(CustomerDesk desk, IStringLocalizer<CustomersTexts> text, IStringLocalizer<CountryTexts> countryNames)
{
    private static readonly IReadOnlyDictionary<string, string> NoProblems = new Dictionary<string, string>(StringComparer.Ordinal);

    private CustomerEntry entry = new();
    private IReadOnlyDictionary<string, string> problems = NoProblems;
    private CustomerCard? based;
    private string? said;
    private bool busy, open, stale;

    /// <summary>As it stands now.</summary>
    [Parameter, EditorRequired]
    public CustomerCard Card { get; set; } = null!;

    [Parameter]
    public EventCallback Saved { get; set; }

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    private IStringLocalizer<CustomersTexts> Text => text;

    private IEnumerable<(string Value, string Text)> Kinds => [("", text["KindAsSent"]), (CustomerEntry.Business, text["KindBusiness"]), (CustomerEntry.Consumer, text["KindConsumer"])];

    private IEnumerable<(string Value, string Text)> Gathers =>
        [("", text["GatherAsCompany", text["Gather" + Card.CompanyGather]]), .. Enum.GetValues<GatherRule>().Select(rule => (rule.ToString(), text["Gather" + rule].Value))];

    private IEnumerable<(string Value, string Text)> Countries =>
        [("", text["CountryAsSent"]), .. Country.All.Select(code => (Code: code, Name: $"{countryNames[code]} ({code})")).OrderBy(country => country.Name, StringComparer.CurrentCulture)];

    /// <summary>Somebody else saved: what is being typed here stays, and says that it is built on what was.</summary>
    protected override void OnParametersSet()
    {
        // Open where something is missing, and then left as it is: what the save says stands inside.
        if (based?.Id != Card.Id)
            (said, open) = (null, Card.Missing.Count > 0);
        if (based is null || based.Id != Card.Id || (!busy && based.Stamp != Card.Stamp && !IsTyped))
            Reload();
        else
            stale = !busy && based.Stamp != Card.Stamp;
    }

    private bool IsTyped => entry.ToGather() != based!.Gather || entry.ToDetails("") != CustomerEntry.Of(based.Own, based.Gather).ToDetails("");

    private void Renew()
    {
        said = null;
        Reload();
    }

    private void Reload() => (based, entry, problems, stale) = (Card, CustomerEntry.Of(Card.Own, Card.Gather), NoProblems, false);

    private async Task SaveAsync()
    {
        if (busy)
            return;
        (problems, said) = (CustomerRules.Check(entry, based!.Sent), null);
        if (problems.Count > 0)
        {
            said = text.Counted("NotSaved", problems.Count);
            return;
        }

        busy = true;
        try
        {
            var result = await desk.EnterAsync(based.Id, entry, based.Stamp, (await SignedIn).User.AsApprover(), CancellationToken.None);
            (said, stale) = (text["Result." + result], result == CustomerResult.Outdated);
            if (result == CustomerResult.Done)
            {
                await Saved.InvokeAsync();
                Reload();
            }
        }
        finally
        {
            busy = false;
        }
    }

    private string? ProblemOf(string field) => problems.TryGetValue(field, out var code) ? text["Problem." + code].Value : null;

    private string? HintOf(string field) => field is nameof(CustomerEntry.Siren) or nameof(CustomerEntry.VatNumber) or nameof(CustomerEntry.EInvoicingAddress) or nameof(CustomerEntry.Line1) ? text["Hint" + field].Value : null;
}
