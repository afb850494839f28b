using System.Globalization;
using System.Text.RegularExpressions;

namespace RevOps.Core.Platform;

/// <summary>VAT numbers of the EU by their form; French ones by their key too. Whether one is in use only its tax office knows.</summary>
public static class VatNumber
{
    // Per prefix what follows it (VIES, structure of VAT numbers). Greece writes EL, Northern Ireland XI.
    private static readonly Dictionary<string, string> Forms = new(StringComparer.Ordinal)
    {
        ["AT"] = "U[0-9]{8}", ["BE"] = "[01][0-9]{9}", ["BG"] = "[0-9]{9,10}", ["CY"] = "[0-9]{8}[A-Z]", ["CZ"] = "[0-9]{8,10}", ["DE"] = "[0-9]{9}",
        ["DK"] = "[0-9]{8}", ["EE"] = "[0-9]{9}", ["EL"] = "[0-9]{9}", ["ES"] = "[A-Z0-9][0-9]{7}[A-Z0-9]", ["FI"] = "[0-9]{8}", ["FR"] = "[A-HJ-NP-Z0-9]{2}[0-9]{9}",
        ["HR"] = "[0-9]{11}", ["HU"] = "[0-9]{8}", ["IE"] = "[0-9][A-Z0-9+*][0-9]{5}[A-Z]{1,2}", ["IT"] = "[0-9]{11}", ["LT"] = "([0-9]{9}|[0-9]{12})", ["LU"] = "[0-9]{8}",
        ["LV"] = "[0-9]{11}", ["MT"] = "[0-9]{8}", ["NL"] = "[A-Z0-9+*]{10}[0-9]{2}", ["PL"] = "[0-9]{10}", ["PT"] = "[0-9]{9}", ["RO"] = "[0-9]{2,10}", ["SE"] = "[0-9]{12}",
        ["SI"] = "[0-9]{8}", ["SK"] = "[0-9]{10}", ["XI"] = "([0-9]{9}|[0-9]{12}|GD[0-9]{3}|HA[0-9]{3})",
    };

    /// <summary>"fr 44 732 829 320" is FR44732829320.</summary>
    public static string Tidy(string given) => string.Concat(given.Where(sign => !char.IsWhiteSpace(sign) && sign is not ('.' or '-'))).ToUpperInvariant();

    /// <summary>True outside the EU too, where only its tax office knows the form.</summary>
    public static bool IsValid(string tidy) => tidy.Length is >= 4 and <= 15 && tidy.All(char.IsAscii) && (tidy[..2] switch
    {
        "FR" => Fits("FR", tidy) && HasFrenchKey(tidy),
        var prefix when Forms.ContainsKey(prefix) => Fits(prefix, tidy),
        _ => tidy[..2].All(char.IsAsciiLetterUpper) && tidy.All(char.IsAsciiLetterOrDigit),
    });

    /// <summary>Of a country of the EU, or Northern Ireland: those that VIES knows.</summary>
    public static bool IsEuropean(string tidy) => tidy.Length > 2 && Forms.ContainsKey(tidy[..2]);

    /// <summary>The country's prefix: Greece is EL.</summary>
    public static string PrefixOf(string country) => country == "GR" ? "EL" : country;

    /// <summary>The company register's number inside a French VAT number; null in any other.</summary>
    public static string? SirenOf(string tidy) => tidy.Length == 13 && tidy.StartsWith("FR", StringComparison.Ordinal) ? tidy[4..] : null;

    /// <summary>The French number of a company: its key follows from its SIREN, as long as the key has no letter.</summary>
    public static string OfSiren(string siren) =>
        string.Create(CultureInfo.InvariantCulture, $"FR{(12 + 3 * (int.Parse(siren, NumberStyles.None, CultureInfo.InvariantCulture) % 97)) % 97:00}{siren}");

    private static bool Fits(string prefix, string tidy) => Regex.IsMatch(tidy[2..], $"^{Forms[prefix]}$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking, TimeSpan.FromSeconds(1));

    // A key with a letter is the newer kind, whose rule is not public.
    private static bool HasFrenchKey(string tidy) => Siren.IsValid(tidy[4..]) && (tidy[2..4].Any(char.IsAsciiLetter) || tidy == OfSiren(tidy[4..]));
}
