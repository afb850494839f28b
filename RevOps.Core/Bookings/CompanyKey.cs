using System.Globalization;
using System.Text;
using RevOps.Core.Platform;

namespace RevOps.Core.Bookings;

/// <summary>What makes two customers one company: the register's number, else the VAT number. A name or an e-mail only makes them look alike.</summary>
public static class CompanyKey
{
    /// <summary>What the keyed hashes of numbers, names and e-mail addresses are made under.</summary>
    public const string NumberKind = "company";

    public const string NameKind = "customer-name";
    public const string EmailKind = "customer-email";

    // Common legal forms, as whole words, after accents and case are gone.
    private static readonly HashSet<string> LegalForms = new(StringComparer.Ordinal)
    {
        "sa", "sas", "sasu", "sarl", "eurl", "sci", "snc", "scop", "scp", "selarl", "gie", "ei", "eirl", "gmbh", "ag", "ug", "kg", "ltd", "limited", "llc", "llp", "plc", "inc", "corp", "bv", "nv",
        "srl", "spa", "sl", "slu", "societe", "ste", "the",
    };

    /// <summary>Such as "siren:732829320" or "vat:DE123456789"; null for a private person, and where no number is valid.</summary>
    public static string? Of(CustomerDetails details)
    {
        if (details.IsBusiness == false)
            return null;
        if (details.Siren is { } siren && Siren.IsValid(Siren.Tidy(siren)))
            return $"siren:{Siren.Tidy(siren)}";
        return details.VatNumber is { } vat && VatNumber.Tidy(vat) is var tidy && VatNumber.IsValid(tidy)
            ? VatNumber.SirenOf(tidy) is { } inside ? $"siren:{inside}" : $"vat:{tidy}"
            : null;
    }

    public static string EmailOf(string email) => email.Trim().ToUpperInvariant();

    /// <summary>A name as it is compared: "Société Générale d'Édition, S.A.S." is "generale d edition".</summary>
    public static string? NameOf(string? legalName)
    {
        if (legalName is null)
            return null;
        var plain = new StringBuilder(legalName.Length);
        foreach (var sign in legalName.Replace(".", "", StringComparison.Ordinal).Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(sign) != UnicodeCategory.NonSpacingMark)
                plain.Append(char.IsLetterOrDigit(sign) ? char.ToLowerInvariant(sign) : ' ');
        }

        var words = plain.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var kept = words.Where(word => !LegalForms.Contains(word)).ToList();
        return kept.Count > 0 ? string.Join(' ', kept) : words.Length > 0 ? string.Join(' ', words) : null;
    }
}
