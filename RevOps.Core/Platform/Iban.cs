using System.Globalization;

namespace RevOps.Core.Platform;

/// <summary>Account numbers after ISO 13616: a country's length and two check digits (mod 97). And the bank's code, ISO 9362.</summary>
public static class Iban
{
    // Lengths of the IBAN registry, for the countries of SEPA.
    private static readonly Dictionary<string, int> Lengths = new(StringComparer.Ordinal)
    {
        ["AD"] = 24, ["AL"] = 28, ["AT"] = 20, ["BE"] = 16, ["BG"] = 22, ["CH"] = 21, ["CY"] = 28, ["CZ"] = 24, ["DE"] = 22, ["DK"] = 18, ["EE"] = 20, ["ES"] = 24, ["FI"] = 18,
        ["FR"] = 27, ["GB"] = 22, ["GI"] = 23, ["GR"] = 27, ["HR"] = 21, ["HU"] = 28, ["IE"] = 22, ["IS"] = 26, ["IT"] = 27, ["LI"] = 21, ["LT"] = 20, ["LU"] = 20, ["LV"] = 21,
        ["MC"] = 27, ["MD"] = 24, ["ME"] = 22, ["MK"] = 19, ["MT"] = 31, ["NL"] = 18, ["NO"] = 15, ["PL"] = 28, ["PT"] = 25, ["RO"] = 24, ["RS"] = 22, ["SE"] = 24, ["SI"] = 19,
        ["SK"] = 24, ["SM"] = 27, ["VA"] = 22,
    };

    public static string Tidy(string given) => string.Concat(given.Where(sign => !char.IsWhiteSpace(sign))).ToUpperInvariant();

    public static bool IsValid(string tidy) =>
        tidy.Length is >= 15 and <= 34 && tidy.All(sign => char.IsAsciiLetterUpper(sign) || char.IsAsciiDigit(sign))
        && tidy[..2].All(char.IsAsciiLetterUpper) && tidy[2..4].All(char.IsAsciiDigit)
        && (!Lengths.TryGetValue(tidy[..2], out var length) || tidy.Length == length)
        && Remainder(tidy[4..] + tidy[..4]) == 1;

    public static bool IsBic(string tidy) =>
        tidy.Length is 8 or 11 && tidy[..6].All(char.IsAsciiLetterUpper) && tidy[6..].All(sign => char.IsAsciiLetterUpper(sign) || char.IsAsciiDigit(sign));

    /// <summary>In groups of four, as it stands on paper.</summary>
    public static string Grouped(string tidy) => string.Join(' ', tidy.Chunk(4).Select(group => new string(group)));

    // A is 10, Z is 35; digit by digit, since the whole is too long a number.
    private static int Remainder(string text) => text.SelectMany(sign => char.IsAsciiDigit(sign) ? sign.ToString() : (sign - 'A' + 10).ToString(CultureInfo.InvariantCulture))
        .Aggregate(0, (rest, digit) => (rest * 10 + digit - '0') % 97);
}
