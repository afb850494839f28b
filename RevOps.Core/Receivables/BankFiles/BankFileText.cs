namespace RevOps.Core.Receivables.BankFiles;

/// <summary>Which format a bank's file has.</summary>
public static class BankFileText
{
    public static BankFormat FormatOf(string text) => Camt053.Looks(text) || text.AsSpan().TrimStart('\ufeff').TrimStart().StartsWith("<") ? BankFormat.Camt053
        : LooksLikeCfonb(text) ? BankFormat.Cfonb120
        : BankFormat.Csv;

    /// <summary>One that is wrong somewhere is still one, and refused as such.</summary>
    private static bool LooksLikeCfonb(string text) => Cfonb120.Looks(text) || (text.Length >= 120 && text.StartsWith("01", StringComparison.Ordinal) && text[2..7].All(char.IsAsciiDigit) && text.AsSpan(0, 120).IndexOfAny(";\t") < 0);
}
