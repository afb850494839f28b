using RevOps.Core.Platform;

namespace RevOps.Core.Bookings;

/// <summary>What Finance enters of a customer, as somebody types it. What is left empty falls back to the sender's.</summary>
public sealed class CustomerEntry
{
    public const string Business = "business";
    public const string Consumer = "consumer";

    public string LegalName { get; set; } = "";
    public string Email { get; set; } = "";
    public string Phone { get; set; } = "";
    public string Siren { get; set; } = "";
    public string VatNumber { get; set; } = "";
    public string EInvoicingAddress { get; set; } = "";
    public string Line1 { get; set; } = "";
    public string Line2 { get; set; } = "";
    public string PostalCode { get; set; } = "";
    public string City { get; set; } = "";
    public string Country { get; set; } = "";

    /// <summary><see cref="Business"/>, <see cref="Consumer"/>, or empty.</summary>
    public string Kind { get; set; } = "";

    /// <summary>A <see cref="GatherRule"/> by its name; empty: as the company's rule says.</summary>
    public string Gather { get; set; } = "";

    public bool HasAddress => new[] { Line1, Line2, PostalCode, City, Country }.Any(part => part.Trim().Length > 0);

    public static CustomerEntry Of(CustomerDetails? own, GatherRule? gather) => new()
    {
        LegalName = own?.LegalName ?? "",
        Email = own?.Email ?? "",
        Phone = own?.Phone ?? "",
        Siren = own?.Siren ?? "",
        VatNumber = own?.VatNumber ?? "",
        EInvoicingAddress = own?.EInvoicingAddress ?? "",
        Line1 = own?.Address?.Line1 ?? "",
        Line2 = own?.Address?.Line2 ?? "",
        PostalCode = own?.Address?.PostalCode ?? "",
        City = own?.Address?.City ?? "",
        Country = own?.Address?.Country ?? "",
        Kind = own?.IsBusiness switch { true => Business, false => Consumer, null => "" },
        Gather = gather?.ToString() ?? "",
    };

    /// <summary>Null when nothing was entered. Only what <see cref="CustomerRules"/> find nothing wrong with.</summary>
    /// <param name="reference">The sender's ref, which Finance does not change.</param>
    public CustomerDetails? ToDetails(string reference)
    {
        var details = new CustomerDetails
        {
            Ref = reference,
            LegalName = Given(LegalName),
            Email = Given(Email),
            Phone = Given(Phone),
            Siren = Given(Platform.Siren.Tidy(Siren)),
            VatNumber = Given(Platform.VatNumber.Tidy(VatNumber)),
            EInvoicingAddress = Given(EInvoicingAddress),
            Address = HasAddress ? new() { Line1 = Given(Line1), Line2 = Given(Line2), PostalCode = Given(PostalCode), City = Given(City), Country = Given(Country) } : null,
            IsBusiness = Kind switch { Business => true, Consumer => false, _ => null },
        };
        return details == new CustomerDetails { Ref = reference } ? null : details;
    }

    public GatherRule? ToGather() => Enum.TryParse<GatherRule>(Gather, out var rule) && Enum.IsDefined(rule) ? rule : null;

    private static string? Given(string text) => text.Trim() is { Length: > 0 } given ? given : null;
}
