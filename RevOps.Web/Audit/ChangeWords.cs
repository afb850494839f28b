using System.Globalization;
using Microsoft.Extensions.Localization;
using RevOps.Core.Identity;
using RevOps.Core.Platform;
using RevOps.Web.Shared;

namespace RevOps.Web.Audit;

/// <summary>Names and values of audited fields, as the reader writes them.</summary>
internal static class ChangeWords
{
    private const string Minor = "minor";

    /// <summary>"Gross amount" for "grossMinor"; the name as it is stored where nobody has put it into words yet.</summary>
    public static string Field(this IStringLocalizer<AuditTexts> words, string field) => words.WordOf("Field.", field);

    public static string Value(this IStringLocalizer<AuditTexts> words, string field, string value, string? currency, TimeZoneInfo zone)
    {
        if (value == AuditChange.Mask)
            return value;
        if (field.EndsWith(Minor, StringComparison.OrdinalIgnoreCase) && Currency.IsKnown(currency) && long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var minor))
            return Culture.Text(new Money(minor, currency!));
        if (DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day.ToString("d", CultureInfo.CurrentCulture);

        // An instant, and not a number or a version that a parser would take for one.
        if (value.Length >= 20 && value[10] == 'T' && DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant))
            return Culture.Exact(instant, zone);
        var word = words["Value." + value];
        return word.ResourceNotFound ? value : word.Value;
    }
}
