using System.Buffers;
using System.Text.RegularExpressions;
using RevOps.Core.Attribution;
using RevOps.Core.People;
using RevOps.Core.Platform;

namespace RevOps.Core.Ingestion;

/// <summary>Pieces that several event types share.</summary>
internal static class CommonFields
{
    /// <summary>Kept query parameters of a landing URL: what names a campaign or a click, never what a form may have put there.</summary>
    private static readonly HashSet<string> KeptParameters = new(StringComparer.OrdinalIgnoreCase)
    {
        "utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term", "utm_id", "gclid", "gbraid", "wbraid", "fbclid", "msclkid", "ttclid", "li_fat_id",
        AdParameters.Platform, AdParameters.Campaign, AdParameters.Adset, AdParameters.Ad,
    };

    public static Contact? Contact(this Fields data, string name = "contact") => data.Object(name) is not { } fields ? null : new Contact
    {
        Ref = fields.Text("ref", 200),
        Email = fields.Text("email", 320),
        Phone = fields.Text("phone", 50),
        FirstName = fields.Text("firstName", 200),
        LastName = fields.Text("lastName", 200),
        PostalCode = fields.Text("postalCode", 20),
        City = fields.Text("city", 200),
        Region = fields.Text("region", 100),
        Country = fields.Country("country"),
    };

    /// <summary>Noted as missing when there is none, or when it holds nothing to find a person by.</summary>
    public static Contact? RequiredContact(this Fields data)
    {
        var contact = data.Contact();
        if (data.Ok && contact is not { Ref: not null } and not { Email: not null } and not { Phone: not null })
            data.Wrong("contact", "A contact with a ref, an email or a phone is required.");
        return contact;
    }

    public static ClickIds? ClickIds(this Fields data)
    {
        if (data.Object("clickIds") is not { } fields)
            return null;
        var ids = new ClickIds
        {
            Gclid = fields.Text("gclid", 500),
            Gbraid = fields.Text("gbraid", 500),
            Wbraid = fields.Text("wbraid", 500),
            Fbclid = fields.Text("fbclid", 500),
            Msclkid = fields.Text("msclkid", 500),
            Ttclid = fields.Text("ttclid", 500),
            LiFatId = fields.Text("li_fat_id", 500),
        };
        return ids.All().Any() ? ids : null;
    }

    public static AdIds? Ad(this Fields data) =>
        data.Object("ad") is { } fields ? new(fields.Text("platform", 50), fields.Text("campaignId", 100), fields.Text("adsetId", 100), fields.Text("adId", 100)) : null;

    public static Money? Money(this Fields data, string name) =>
        data.Object(name) is not { } fields ? null : fields.RequiredWhole("minor") is var minor && fields.RequiredCurrency("currency") is var currency && Currency.IsKnown(currency)
            ? new Money(minor, currency)
            : null;

    /// <summary>The URL with its kept parameters only, and without a fragment.</summary>
    public static string? KeepOfUrl(string? url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var parsed) || parsed.Scheme is not ("http" or "https"))
            return null;
        var kept = parsed.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Where(pair => KeptParameters.Contains(pair.Split('=')[0]));
        var query = string.Join('&', kept);
        return parsed.GetLeftPart(UriPartial.Path) + (query.Length > 0 ? "?" + query : "");
    }
}

/// <summary>Marks of a visit that are kept in clear, to be counted: an address or a number in one of them says who came, and is left out.</summary>
internal static partial class CountedText
{
    // Neither can be where none of these is.
    private static readonly SearchValues<char> Signs = SearchValues.Create("@+%");

    public static string? Of(string? text) => text is null || !text.AsSpan().ContainsAny(Signs) ? text : Phone().Replace(Email().Replace(text, "…"), "…");

    // A dot before the end of what follows the @: a handle such as @agency is nobody's address.
    [GeneratedRegex(@"[^\s/?&=;,]+(@|%40)[^\s/?&=;,@]+\.[^\s/?&=;,@]+", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex Email();

    // With the sign of a country's number: long numbers without it are ids of campaigns.
    [GeneratedRegex(@"(\+|%2B)\d[\d .()-]{7,}\d", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex Phone();
}
