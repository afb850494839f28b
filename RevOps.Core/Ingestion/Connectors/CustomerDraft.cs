using System.Globalization;
using System.Text.Json.Nodes;
using RevOps.Core.Bookings;
using RevOps.Core.Platform;

namespace RevOps.Core.Ingestion.Connectors;

/// <summary>Who buys, put together from what was entered by hand, what the mapping says, what the sender said, and what is known already.</summary>
public sealed class CustomerDraft(MappingSet mapping, Answers answers, IReadOnlyDictionary<string, string> entered)
{
    /// <summary>Our fields that a mapping may fill, in the order of the form.</summary>
    public static readonly IReadOnlyList<string> Fields = ["ref", "legalName", "kind", "siren", "vatNumber", "email", "phone", "line1", "line2", "postalCode", "city", "country", "visitorId"];

    // Names under which senders say it most often; a mapping goes before them.
    private static readonly Dictionary<string, string[]> Usual = new(StringComparer.Ordinal)
    {
        ["legalName"] = ["legalName", "company", "companyName", "company.name", "société", "entreprise", "raison sociale", "organization", "organisation"],
        ["siren"] = ["siren", "company.siren", "numéro SIREN"],
        ["vatNumber"] = ["vatNumber", "vat", "tva", "numéro de TVA", "N° de TVA", "company.vat_number", "company.vat"],
        ["phone"] = ["phone", "téléphone", "attendeePhoneNumber", "smsReminderNumber", "contact.phone", "contact.mobilephone", "company.phone"],
        ["line1"] = ["line1", "address", "adresse", "company.address", "contact.address"],
        ["line2"] = ["line2", "address2", "company.address2"],
        ["postalCode"] = ["postalCode", "zip", "zip code", "code postal", "company.zip", "contact.zip"],
        ["city"] = ["city", "ville", "company.city", "contact.city"],
        ["country"] = ["country", "pays", "company.country", "contact.country"],
        ["visitorId"] = ["visitorId", "revops_visitor", "revopsVisitorId", "contact.revops_visitor_id", "deal.revops_visitor_id"],
    };

    private static readonly Lazy<Dictionary<string, string>> Countries = new(() => Platform.Country.All
        .SelectMany(code => NamesOf(code).Select(name => (Name: name, Code: code))).DistinctBy(pair => pair.Name, StringComparer.OrdinalIgnoreCase)
        .ToDictionary(pair => pair.Name, pair => pair.Code, StringComparer.OrdinalIgnoreCase));

    /// <summary>Of the person who booked.</summary>
    public string? Name { get; init; }

    public string? Email { get; init; }

    /// <summary>The vendor's id of the customer; the e-mail address where the vendor has none.</summary>
    public string? VendorRef { get; init; }

    /// <summary>The vendor's id of the person, where it has one beside the customer's.</summary>
    public string? VendorPersonRef { get; init; }

    public string? Ref => this["ref"] ?? VendorRef ?? this["email"]?.ToLowerInvariant();

    public string? VisitorId => this["visitorId"];

    public string? this[string field] => Given(entered.GetValueOrDefault(field)) ?? Mapped(field) ?? (field == "email" ? Email : Usual.GetValueOrDefault(field)?.Select(name => answers[name]).FirstOrDefault(value => value is not null));

    /// <summary>A two-letter code, or a name that is one's in English, French or the country's own language.</summary>
    public static string? CountryOf(string? text) => text?.Trim() switch
    {
        null or "" => null,
        { Length: 2 } code when code.All(char.IsAsciiLetter) => code.ToUpperInvariant(),
        var name => Countries.Value.GetValueOrDefault(name),
    };

    /// <summary>The customer of a sale, as the contract has it, and what lacks.</summary>
    /// <param name="known">The customer that this ref already is.</param>
    public (JsonObject Customer, IReadOnlyList<string> Gaps) Build(CustomerDetails? known)
    {
        var kind = KindOf(known);
        var legalName = this["legalName"] ?? known?.LegalName ?? (kind == "consumer" ? Name : null);
        var address = this["line1"] is null && this["city"] is null ? known?.Address : null;
        var (line1, postalCode, city) = (this["line1"] ?? address?.Line1, this["postalCode"] ?? address?.PostalCode, this["city"] ?? address?.City);
        var country = CountryOf(this["country"]) ?? address?.Country ?? known?.Address?.Country;
        var customer = new JsonObject
        {
            ["ref"] = Ref,
            ["legalName"] = legalName,
            ["email"] = this["email"] ?? known?.Email,
            ["phone"] = this["phone"] ?? known?.Phone,
            ["siren"] = Tidy(this["siren"], 20) ?? known?.Siren,
            ["vatNumber"] = Tidy(this["vatNumber"], 20) ?? known?.VatNumber,
            ["kind"] = kind,
            ["address"] = new JsonObject { ["line1"] = line1, ["line2"] = this["line2"] ?? address?.Line2, ["postalCode"] = Tidy(postalCode, 20), ["city"] = city, ["country"] = country },
        };
        return (customer, [.. GapsOf(legalName, line1, postalCode, city, country)]);
    }

    /// <summary>The person whom a stage is about, or who bought.</summary>
    /// <param name="known">The customer that this ref already is.</param>
    public (JsonObject Contact, IReadOnlyList<string> Gaps) BuildContact(CustomerDetails? known)
    {
        var (reference, email, phone) = (PersonRefOf(known), this["email"], this["phone"]);
        var names = Name?.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries) ?? [];
        var contact = new JsonObject
        {
            ["ref"] = reference,
            ["email"] = email,
            ["phone"] = phone,
            ["firstName"] = names.Length > 0 ? names[0] : null,
            ["lastName"] = names.Length > 1 ? names[1] : null,
            ["postalCode"] = Tidy(this["postalCode"], 20),
            ["city"] = this["city"],
            ["country"] = CountryOf(this["country"]),
        };
        return (contact, reference is null && email is null && phone is null ? [DeliveryGap.Contact] : []);
    }

    private string? KindOf(CustomerDetails? known) => this["kind"]?.ToLowerInvariant() is "business" or "consumer" ? this["kind"]!.ToLowerInvariant() : known?.IsBusiness switch
    {
        true => "business",
        false => "consumer",
        null when (this["legalName"] ?? this["siren"] ?? this["vatNumber"]) is not null => "business",
        null => null,
    };

    /// <summary>A company's ref is everybody's who acts for it: it names none of them.</summary>
    private string? PersonRefOf(CustomerDetails? known)
    {
        if (KindOf(known) == "business")
            return VendorPersonRef;
        return this["ref"] ?? VendorPersonRef ?? (VendorRef is null ? this["email"]?.ToLowerInvariant() : null);
    }

    private IEnumerable<string> GapsOf(string? legalName, string? line1, string? postalCode, string? city, string? country)
    {
        if (Ref is null)
            yield return DeliveryGap.Ref;
        if (legalName is null)
            yield return DeliveryGap.LegalName;
        if (line1 is null || postalCode is null || city is null)
            yield return DeliveryGap.Address;
        if (country is null)
            yield return DeliveryGap.Country;
    }

    private string? Mapped(string field) => mapping.Field(field) switch
    {
        null => null,
        ['=', .. var fixedValue] => Given(fixedValue),
        var name => answers[name],
    };

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static string? Tidy(string? text, int longest) => text is null ? null : text.Length > longest ? string.Concat(text.Where(sign => !char.IsWhiteSpace(sign))) is var tight && tight.Length <= longest ? tight : null : text;

    private static IEnumerable<string> NamesOf(string code)
    {
        RegionInfo region;
        try
        {
            region = new(code);
        }
        catch (ArgumentException)
        {
            yield break;
        }

        yield return region.EnglishName;
        yield return region.NativeName;
    }
}
