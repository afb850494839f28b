using RevOps.Core.People;
using System.Security.Cryptography;
using System.Text;

namespace RevOps.Core.Conversions.Google;

/// <summary>
/// Each piece of a person as Google compares it. Null: not usable, and then not sent.
/// Source: developers.google.com, Data Manager API, format user data; where it is silent, Google's own formatter for .NET (2026-06).
/// </summary>
public static class GoogleUserData
{
    // Written in full words, without dots.
    private static readonly string[] Titles = ["mr", "mrs", "ms", "dr"];

    private static readonly string[] Suffixes = ["jr", "sr", "2nd", "3rd", "ii", "iii", "iv", "v", "vi", "cpa", "dc", "dds", "vm", "jd", "md", "phd"];

    /// <summary>Lower case without white space; at Gmail the dots and the tag go too, since they make no other mailbox.</summary>
    public static string? Email(string? given)
    {
        if (Hashed(given) is { } digest)
            return digest;
        var email = string.Concat((given ?? "").Where(c => !char.IsWhiteSpace(c))).Normalize(NormalizationForm.FormC).ToLowerInvariant();
        var at = email.LastIndexOf('@');
        if (at <= 0 || at == email.Length - 1)
            return null;

        var (local, domain) = (email[..at], email[(at + 1)..]);
        if (domain is not ("gmail.com" or "googlemail.com"))
            return email;
        local = local.Split('+')[0].Replace(".", "", StringComparison.Ordinal);
        return local.Length > 0 ? $"{local}@{domain}" : null;
    }

    /// <summary>E.164 with its plus; Meta wants none.</summary>
    public static string? Phone(string? given, string? country) => Hashed(given) ?? PhoneNumber.ToE164(given, country);

    /// <summary>Lower case without a title; inner spaces and hyphens stay, unlike at Meta.</summary>
    public static string? GivenName(string? given)
    {
        var words = Words(given);
        words.RemoveAll(word => word.EndsWith('.') && Titles.Contains(word[..^1], StringComparer.Ordinal));
        return words.Count > 0 ? string.Join(' ', words) : null;
    }

    /// <summary>Lower case without "Jr." and the like at its end.</summary>
    public static string? FamilyName(string? given)
    {
        var words = Words(given?.Replace(",", ", ", StringComparison.Ordinal));
        while (words.Count > 0 && Suffixes.Contains(words[^1].Trim('.', ','), StringComparer.Ordinal) && (words.Count > 1 || given!.Contains(',')))
            words.RemoveAt(words.Count - 1);
        return words.Count > 0 && string.Join(' ', words).TrimEnd(',', ' ') is { Length: > 0 } name ? name : null;
    }

    /// <summary>Two upper-case letters, in clear; "UK" is GB.</summary>
    public static string? Region(string? given) => given?.Trim().ToUpperInvariant() switch
    {
        "UK" => "GB",
        { Length: 2 } code when code.All(char.IsAsciiLetter) => code,
        _ => null,
    };

    /// <summary>In clear, as written.</summary>
    public static string? PostalCode(string? given) => string.IsNullOrWhiteSpace(given) ? null : given.Trim();

    /// <summary>SHA-256 in hex; what is a digest already passes through.</summary>
    public static string Hash(string normalised) => Hashed(normalised) ?? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(normalised)));

    /// <summary>In lower case, where it is a digest; else null.</summary>
    private static string? Hashed(string? given) => given?.Trim() is { Length: 64 } text && text.All(char.IsAsciiHexDigit) ? text.ToLowerInvariant() : null;

    private static List<string> Words(string? given) =>
        [.. (given ?? "").Normalize(NormalizationForm.FormC).ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)];
}
