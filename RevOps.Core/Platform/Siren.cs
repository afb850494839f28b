namespace RevOps.Core.Platform;

/// <summary>The nine digits of the French company register; the last is a check digit (Luhn).</summary>
public static class Siren
{
    public const int Length = 9;

    /// <summary>Without the spaces that people read it with: "732 829 320" is 732829320.</summary>
    public static string Tidy(string given) => string.Concat(given.Where(sign => !char.IsWhiteSpace(sign)));

    public static bool IsValid(string tidy) => tidy.Length == Length && tidy.All(char.IsAsciiDigit) && tidy.Select((digit, index) => Weighed(digit - '0', index)).Sum() % 10 == 0;

    // Every second digit counts twice, and a two-digit result counts as the sum of its digits.
    private static int Weighed(int digit, int index) => index % 2 == 0 ? digit : digit * 2 / 10 + digit * 2 % 10;
}
