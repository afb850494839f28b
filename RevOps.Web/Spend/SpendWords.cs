using System.Globalization;
using Microsoft.Extensions.Localization;
using RevOps.Core.Platform;
using RevOps.Web.Shared;

namespace RevOps.Web.Spend;

/// <summary>How the figures of these pages are written.</summary>
internal static class SpendWords
{
    public const string Unknown = "–";

    /// <summary>"3.42": what one unit of spend brought in.</summary>
    public static string Ratio(double? ratio) => ratio?.ToString("N2", CultureInfo.CurrentCulture) ?? Unknown;

    public static string Amount(long? minor, string currency) => minor is { } known ? Culture.Text(new Money(known, currency)) : Unknown;

    public static string Share(double? share) => share is { } known ? Culture.Percent((int)Math.Round(known * 10_000)) : Unknown;

    /// <summary>"Meta", "Google"; what nobody knows as it stands.</summary>
    public static string PlatformName(this IStringLocalizer<SpendTexts> text, string platform) => text.WordOf("Platform.", platform);
}
