using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;

namespace RevOps.Core.Billing;

/// <summary>
/// The structured reference that a client's bank hands on untouched (ISO 11649, "RF" and two check digits). Printed on every invoice from its
/// draft on, when it has no number yet; the invoice alone says it, so that it need not be kept.
/// </summary>
public static class CreditorReference
{
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    /// <summary>Of those that we print.</summary>
    public const int Length = BodyLength + 4;

    // 36^13 are 67 bits: no two of a company's invoices meet.
    private const int BodyLength = 13;

    /// <summary>Such as "RF18539007547034ABC"; always the same of an invoice.</summary>
    public static string Of(Guid invoiceId)
    {
        var number = new BigInteger(SHA256.HashData(invoiceId.ToByteArray(bigEndian: true)), isUnsigned: true, isBigEndian: true);
        var body = new char[BodyLength];
        for (var at = 0; at < BodyLength; at++)
        {
            body[at] = Digits[(int)(number % Digits.Length)];
            number /= Digits.Length;
        }

        var text = new string(body);
        return string.Create(CultureInfo.InvariantCulture, $"RF{98 - Remainder(text + "RF00"):00}{text}");
    }

    /// <summary>Whether the check digits are right, however it is spaced.</summary>
    public static bool IsValid(string reference)
    {
        var tidy = string.Concat(reference.Where(char.IsLetterOrDigit)).ToUpperInvariant();
        return tidy.Length is > 4 and <= 25 && tidy.StartsWith("RF", StringComparison.Ordinal) && tidy.All(Digits.Contains) && Remainder(tidy[4..] + tidy[..4]) == 1;
    }

    /// <summary>In groups of four, as it is printed.</summary>
    public static string Grouped(string reference) => string.Join(' ', reference.Chunk(4).Select(group => new string(group)));

    // A is 10, Z is 35, in the order of the digits; modulo 97 as they come.
    private static int Remainder(string text) => text.Aggregate(0, (rest, sign) => (Digits.IndexOf(sign, StringComparison.Ordinal) is var value && value > 9 ? rest * 100 + value : rest * 10 + value) % 97);
}
