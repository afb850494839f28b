using System.Globalization;

namespace RevOps.Core.Platform;

/// <summary>Amounts as files of other programs write them.</summary>
public static class AmountText
{
    /// <summary>"1 234,50", "1,234.50", "1234.5": the last of comma and full stop separates the decimals, unless it parts thousands.</summary>
    /// <returns>
    /// Minor units; null where it is no amount, is below zero (a day's spend and a customer's debt are not), has more decimals than the
    /// currency, or may be two amounts: "12.500" is twelve and a half or twelve thousand and five hundred.
    /// </returns>
    public static long? MinorOf(string text, string currency)
    {
        var tidy = string.Concat(text.Where(sign => !char.IsWhiteSpace(sign) && sign is not ('€' or '$' or '£' or '\u00a0' or '\u202f')));
        var last = tidy.LastIndexOfAny([',', '.']);
        if (last >= 0 && tidy[last] == '.' && tidy.IndexOfAny([',', '.']) == last && tidy.Length - last - 1 == 3 && last is >= 1 and <= 3 && tidy[0] != '0' && Currency.Decimals(currency) < 3)
            return null;
        var isDecimal = last >= 0 && (tidy.Length - last - 1 != 3 || tidy.IndexOfAny([',', '.']) != last || tidy[last] == '.');
        var plain = last < 0 ? tidy : isDecimal ? string.Concat(tidy[..last].Where(sign => sign is not (',' or '.'))) + "." + tidy[(last + 1)..] : string.Concat(tidy.Where(sign => sign is not (',' or '.')));
        return decimal.TryParse(plain, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) && amount < 1_000_000_000m && Money.Round(amount, currency) is var money && money.Amount == amount ? money.Minor : null;
    }
}
