using System.Globalization;
using Microsoft.Extensions.Localization;

namespace RevOps.Web.Shared;

/// <summary>A text for one and a text for several: "Found" and "FoundOne" in the resources, with the count as {0}.</summary>
public static class Plural
{
    private const string One = "One";

    /// <summary>The text of the key for this many; the count stands in {0} with the reader's separators, other values follow.</summary>
    public static string Counted(this IStringLocalizer texts, string key, long count, params ReadOnlySpan<object> others) =>
        texts[IsSingular(count) ? key + One : key, [count.ToString("N0", CultureInfo.CurrentCulture), .. others]];

    /// <summary>By the rules of CLDR: French counts nothing as one, English as several.</summary>
    public static bool IsSingular(long count, CultureInfo? language = null) =>
        (language ?? CultureInfo.CurrentUICulture).TwoLetterISOLanguageName == "fr" ? count is 0 or 1 or -1 : count is 1 or -1;
}
