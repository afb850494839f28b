using System.Text.RegularExpressions;

namespace RevOps.Core.Conversions;

/// <summary>What a platform says in its own words may repeat what it was given: addresses, numbers and digests are taken out before it is kept in clear.</summary>
public static partial class PlatformWords
{
    private const string Hidden = "•••";

    /// <summary>Null stays null.</summary>
    public static string? Clean(string? said) => said is null ? null : Personal().Replace(said, Hidden);

    // An address; a telephone number, or any other long one; a digest; and whatever is quoted.
    [GeneratedRegex("""\S+@\S+|\+?\d[\d ().-]{6,}\d|\b[0-9a-fA-F]{32,}\b|"[^"]*" """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Personal();
}
