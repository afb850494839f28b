using System.Text;

namespace RevOps.Core.Receivables.BankFiles;

/// <summary>The text of a bank's file, and which format it is.</summary>
public static class BankFileText
{
    /// <summary>UTF-8 where it is; French banks write Latin 1 as well, which no byte contradicts.</summary>
    public static string Decode(byte[] bytes)
    {
        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(bytes);
        }
    }

    public static BankFormat FormatOf(string text) => Camt053.Looks(text) || text.AsSpan().TrimStart('\ufeff').TrimStart().StartsWith("<") ? BankFormat.Camt053
        : LooksLikeCfonb(text) ? BankFormat.Cfonb120
        : BankFormat.Csv;

    /// <summary>One that is wrong somewhere is still one, and refused as such.</summary>
    private static bool LooksLikeCfonb(string text) => Cfonb120.Looks(text) || (text.Length >= 120 && text.StartsWith("01", StringComparison.Ordinal) && text[2..7].All(char.IsAsciiDigit) && text.AsSpan(0, 120).IndexOfAny(";\t") < 0);
}
