using System.Globalization;
using RevOps.Core.Attribution;
using RevOps.Core.Platform;
using RevOps.Web.Shared;

namespace RevOps.Web.Overview;

/// <summary>How the figures of the Overview are written.</summary>
internal static class FigureText
{
    public const string Unknown = "–";

    public static string Count(long count) => count.ToString("N0", CultureInfo.CurrentCulture);

    /// <summary>"3.42": what one unit of spend brought in.</summary>
    public static string Ratio(double? ratio) => ratio?.ToString("N2", CultureInfo.CurrentCulture) ?? Unknown;

    public static string Share(double? share) => share?.ToString("P1", CultureInfo.CurrentCulture) ?? Unknown;

    public static string Amount(long minor, string currency) => Culture.Text(new Money(minor, currency));

    /// <summary>The key of a model's name.</summary>
    public static string ModelKey(string model) => model == CreditTouches.LastNonDirect ? "ModelLastNonDirect" : "ModelOther";
}
