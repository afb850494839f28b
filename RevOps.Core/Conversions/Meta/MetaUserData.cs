using RevOps.Core.People;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace RevOps.Core.Conversions.Meta;

/// <summary>
/// Each piece of a person as Meta compares it. The normalised texts are for reading and testing; what leaves is
/// <see cref="Hash"/> of them. Null: not usable, and then not sent, because a digest of nothing matches nobody.
/// Source: developers.facebook.com, customer information parameters (2026-09-12); where it is silent, Meta's parameter builder.
/// </summary>
public static class MetaUserData
{
    /// <summary>Lower case, nothing else: Meta keeps the dots and the tag of a Gmail address, Google does not.</summary>
    public static string? Email(string? given) => Clean(given)?.ToLowerInvariant() is { } email && (IsHashed(email) || email.Contains('@')) ? email : null;

    /// <summary>Digits with the country's code and without a plus: 33612345678.</summary>
    public static string? Phone(string? given, string? country) =>
        Clean(given)?.ToLowerInvariant() is { } text && IsHashed(text) ? text : PhoneNumber.ToE164(given, country)?[1..];

    /// <summary>Given and family names: lower-case letters of any script, no spaces, hyphens or apostrophes.</summary>
    public static string? Name(string? given) => LettersAndDigits(given);

    /// <summary>The docs allow any script. Accents stay, although Meta's own parameter builder drops them and loses Москва.</summary>
    public static string? City(string? given) => LettersAndDigits(given);

    /// <summary>In the United States the two letters of the post, elsewhere the letters of the name.</summary>
    public static string? Region(string? given, string? country) =>
        LettersAndDigits(given) is not { } region ? null : Country(country) == "us" && !IsHashed(region) ? UnitedStates.CodeOf(region) : region;

    /// <summary>Lower case without spaces and dashes; American ones are cut to five digits.</summary>
    public static string? PostalCode(string? given, string? country) =>
        LettersAndDigits(given) is not { } code ? null : Country(country) == "us" && !IsHashed(code) ? code[..Math.Min(5, code.Length)] : code;

    /// <summary>Two lower-case letters; "UK" is gb.</summary>
    public static string? Country(string? given) => Clean(given)?.ToLowerInvariant() switch
    {
        "uk" => "gb",
        { Length: 2 } code when code.All(char.IsAsciiLetter) => code,
        { } hashed when IsHashed(hashed) => hashed,
        _ => null,
    };

    public static string? ExternalId(string? given) => Clean(given);

    /// <summary>An IPv4 or IPv6 address; a port, brackets and a zone are taken off.</summary>
    public static string? Ip(string? given)
    {
        var text = Clean(given);

        // A bare number would parse as an IPv4 address too.
        if (text is null || !text.AsSpan().ContainsAny('.', ':') || (!IPAddress.TryParse(text, out var address) && !TryWithPort(text, out address)))
            return null;
        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4().ToString() : address.ToString().Split('%')[0];
    }

    /// <summary>
    /// The cookie, or <c>fb.1.{first seen, ms}.{fbclid}</c>: 1 stands for "made by a server", and the time is that of the click and
    /// never that of the sending, else each attempt looks like a new click.
    /// </summary>
    public static string? Fbc(ClickFacts? click) => Clean(click?.Fbc)
        ?? (Clean(click?.Fbclid) is { } id ? string.Create(CultureInfo.InvariantCulture, $"fb.1.{click!.SeenAt.ToUnixTimeMilliseconds()}.{id}") : null);

    /// <summary>SHA-256 in lower-case hex; what is a digest already passes through.</summary>
    public static string Hash(string normalised) =>
        IsHashed(normalised) ? normalised : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(normalised)));

    // Composed form first: é as one character and as two have different digests.
    private static string? Clean(string? given) => string.IsNullOrWhiteSpace(given) ? null : given.Trim().Normalize(NormalizationForm.FormC);

    private static bool IsHashed(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);

    private static string? LettersAndDigits(string? given)
    {
        var kept = new StringBuilder();
        foreach (var rune in (Clean(given) ?? "").ToLowerInvariant().EnumerateRunes())
        {
            // Marks are parts of letters in scripts that have no composed form.
            if (Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark)
                kept.Append(rune);
        }

        return kept.Length > 0 ? kept.ToString() : null;
    }

    private static bool TryWithPort(string text, out IPAddress address)
    {
        var parsed = IPEndPoint.TryParse(text, out var endPoint);
        address = endPoint?.Address ?? IPAddress.None;
        return parsed;
    }
}
