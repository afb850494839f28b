using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using Radzen;
using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.Ingestion;
using RevOps.Web.Identity;
using RevOps.Web.Shared;

namespace RevOps.Web.Customers;

/// <summary>One pair of look-alikes, and the two buttons that decide it.</summary>
public sealed partial class AlikePair(CustomerDesk desk, DialogService dialogs, IStringLocalizer<CustomersTexts> text, IStringLocalizer<CountryTexts> countryNames)
{
    private readonly string id = $"pair-{Guid.NewGuid():N}";
    private Guid? kept;
    private bool busy;

    [Parameter, EditorRequired]
    public LookAlike Pair { get; set; } = null!;

    [Parameter]
    public bool MayDecide { get; set; }

    /// <summary>Says how it ended.</summary>
    [Parameter]
    public EventCallback<string> Done { get; set; }

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    private IStringLocalizer<CustomersTexts> Text => text;

    private IEnumerable<LookAlikeSide> Sides => [Pair.One, Pair.Other];

    private LookAlikeSide Kept => Sides.FirstOrDefault(side => side.Id == kept) ?? Pair.Proposed;

    private LookAlikeSide Gone => Kept == Pair.One ? Pair.Other : Pair.One;

    private IEnumerable<(string Label, Func<LookAlikeSide, string?> Value)> Rows =>
    [
        (text["Field.LegalName"], side => side.Details?.LegalName),
        (text["Field.Siren"], side => side.Details?.Siren),
        (text["Field.VatNumber"], side => side.Details?.VatNumber),
        (text["Field.Address"], side => AddressOf(side.Details?.Address)),
        (text["Field.Email"], side => side.Details?.Email),
        (text["Field.Ref"], side => side.Details?.Ref),
        (text["AtStripe"], side => side.StripeCustomerId ?? text["NotAtStripe"]),
        (text["Completeness"], side => side.Missing.Count == 0 ? text["CompletenessComplete"] : text.Counted("Missing", side.Missing.Count)),
        (text["Invoices"], side => side.Figures.Invoices.ToString("N0", System.Globalization.CultureInfo.CurrentCulture)),
        (text["Owed"], side => side.Figures.Owed.Count == 0 ? null : string.Join(" + ", side.Figures.Owed.Select(sum => Culture.Text(sum)))),
    ];

    private string NameOf(LookAlikeSide side) => side.Details?.LegalName ?? text["NoName"];

    private string? AddressOf(PostalAddress? address) => address is null ? null
        : string.Join("\n", new[] { address.Line1, address.Line2, $"{address.PostalCode} {address.City}".Trim(), address.Country is { } code ? countryNames[code].Value : null }.Where(part => part is { Length: > 0 }));

    private async Task MergeAsync()
    {
        if (busy)
            return;
        busy = true;
        try
        {
            var (gone, stays) = (Gone, Kept);
            var options = new ConfirmOptions { OkButtonText = text["Merge"], CancelButtonText = text["MergeNo"] };
            if (await dialogs.Confirm(text["MergeMeans", NameOf(gone), NameOf(stays)], text["MergeTitle"], options) == true)
                await EndAsync(await desk.MergeAsync((gone.Id, gone.Stamp), (stays.Id, stays.Stamp), (await SignedIn).User.AsApprover(), CancellationToken.None), text["Merged", NameOf(gone), NameOf(stays)]);
        }
        finally
        {
            busy = false;
        }
    }

    private async Task KeepApartAsync()
    {
        if (busy)
            return;
        busy = true;
        try
        {
            await EndAsync(await desk.KeepApartAsync(Pair.One.Id, Pair.Other.Id, (await SignedIn).User.AsApprover(), CancellationToken.None), text["KeptApart", NameOf(Pair.One), NameOf(Pair.Other)]);
        }
        finally
        {
            busy = false;
        }
    }

    private Task EndAsync(CustomerResult result, string done) => Done.InvokeAsync(result is CustomerResult.Done or CustomerResult.NothingNew ? done : text["Result." + result]);
}
