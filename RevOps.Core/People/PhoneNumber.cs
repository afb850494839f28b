using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace RevOps.Core.People;

/// <summary>
/// Telephone numbers as people write them, to E.164: "06 12 34 56 78" in France is +33612345678. A number that cannot be read for
/// certain is null: a digest of a wrong number matches a stranger.
/// </summary>
public static class PhoneNumber
{
    // Calling code, the prefix dialled inside the country, and how many digits the number has without both.
    // Source: national numbering plans as published by the ITU (E.129).
    private static readonly FrozenDictionary<string, Plan> Plans = new Dictionary<string, Plan>(StringComparer.Ordinal)
    {
        ["FR"] = new("33", "0", 9, 9),
        ["BE"] = new("32", "0", 8, 9),
        ["CH"] = new("41", "0", 9, 9),
        ["LU"] = new("352", "", 5, 11),
        ["DE"] = new("49", "0", 6, 11),
        ["ES"] = new("34", "", 9, 9),
        ["IT"] = new("39", "", 6, 11),
        ["PT"] = new("351", "", 9, 9),
        ["NL"] = new("31", "0", 9, 9),
        ["GB"] = new("44", "0", 9, 10),
        ["US"] = new("1", "1", 10, 10),
        ["CA"] = new("1", "1", 10, 10),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>"+" and 7 to 15 digits, or null.</summary>
    /// <param name="country">Read as a number of this country where it names none; ISO 3166-1 alpha-2, "UK" included.</param>
    public static string? ToE164(string? given, string? country)
    {
        if (Digits(given) is not { } number)
            return null;
        if (number.StartsWith('+'))
            return International(number[1..]);

        var plan = Plans.GetValueOrDefault(country?.ToUpperInvariant() is "UK" ? "GB" : country?.ToUpperInvariant() ?? "");
        var exit = plan?.Code == "1" ? "011" : "00";
        return number.StartsWith(exit, StringComparison.Ordinal) ? International(number[exit.Length..])
            : plan is null ? null
            : National(number, plan) ?? (number.StartsWith(plan.Code, StringComparison.Ordinal) ? International(number) : null);
    }

    private static string? National(string number, Plan plan)
    {
        if (plan.Trunk.Length > 0 && number.StartsWith(plan.Trunk, StringComparison.Ordinal))
            return plan.Fits(number[plan.Trunk.Length..]) ? $"+{plan.Code}{number[plan.Trunk.Length..]}" : null;

        // Spreadsheets eat a leading zero; where every number has one length it can be put back without a guess.
        return (plan.Trunk.Length == 0 || plan.Shortest == plan.Longest) && plan.Fits(number) ? $"+{plan.Code}{number}" : null;
    }

    private static string? International(string digits)
    {
        var plan = Plans.Values.FirstOrDefault(plan => digits.StartsWith(plan.Code, StringComparison.Ordinal));
        if (plan is null)
            return digits.Length is >= 7 and <= 15 && digits[0] != '0' ? $"+{digits}" : null;

        // "+33 (0)6 …" is common and wrong: the zero is dialled only inside the country.
        var rest = digits[plan.Code.Length..];
        if (plan.Trunk == "0" && rest.StartsWith('0'))
            rest = rest[1..];
        return plan.Fits(rest) ? $"+{plan.Code}{rest}" : null;
    }

    // ASCII digits, with the plus that leads them; null when there is anything but separators around them.
    private static string? Digits(string? given)
    {
        var digits = new StringBuilder();
        foreach (var c in given ?? "")
        {
            if (char.IsAsciiDigit(c) || (c == '+' && digits.Length == 0))
                digits.Append(c);
            else if (!IsSeparator(c))
                return null;
        }

        return digits.Length > 1 ? digits.ToString() : null;
    }

    // Format characters come along when a number is copied out of an address book.
    private static bool IsSeparator(char c) =>
        char.IsWhiteSpace(c) || c is '.' or '-' or '/' or '(' or ')' || char.GetUnicodeCategory(c) is UnicodeCategory.DashPunctuation or UnicodeCategory.Format;

    private sealed record Plan(string Code, string Trunk, int Shortest, int Longest)
    {
        // North American area codes start at 2; where a zero is dialled first, no number starts with one.
        public bool Fits(string number) =>
            number.Length >= Shortest && number.Length <= Longest && (Code, number[0]) is not (("1", '0' or '1')) && !(Trunk == "0" && number[0] == '0');
    }
}
