using RevOps.Core.Platform;

namespace RevOps.Core.Bookings;

/// <summary>What a customer lacks before it can be invoiced, by name; pages translate the code.</summary>
public static class CustomerGap
{
    public const string LegalName = "legalName.missing";
    public const string Email = "email.missing";
    public const string Address = "address.missing";
    public const string Country = "country.missing";
    public const string Kind = "kind.missing";
    public const string Siren = "siren.missing";

    /// <summary>Its check digit does not fit.</summary>
    public const string SirenInvalid = "siren.invalid";

    /// <summary>Not the form of its country, or a key that does not fit.</summary>
    public const string VatNumberInvalid = "vatNumber.invalid";

    /// <summary>Another customer has the same SIREN or VAT number: the two wait to be merged, or for one of the numbers to be corrected.</summary>
    public const string Twin = "customer.twin";

    /// <summary>Everything that is missing or cannot be right, in the order of the form.</summary>
    public static IEnumerable<string> Of(CustomerDetails details)
    {
        var address = details.Address;
        var french = string.Equals(address?.Country, "FR", StringComparison.OrdinalIgnoreCase);
        if (details.LegalName is null)
            yield return LegalName;
        if (details.Email is null)
            yield return Email;
        if (address is not { Line1: not null, PostalCode: not null, City: not null })
            yield return Address;
        if (address?.Country is null)
            yield return Country;
        if (details.IsBusiness is null)
            yield return Kind;
        if (details.IsBusiness == true && french && details.Siren is null)
            yield return Siren;
        if (details.Siren is { } siren && !Platform.Siren.IsValid(Platform.Siren.Tidy(siren)))
            yield return SirenInvalid;
        if (details.VatNumber is { } vat && !VatNumber.IsValid(VatNumber.Tidy(vat)))
            yield return VatNumberInvalid;
    }
}
