using System.Globalization;
using Microsoft.Extensions.Localization;
using RevOps.Core.Platform;
using RevOps.Core.Receivables;
using RevOps.Web.Shared;

namespace RevOps.Web.Receivables;

/// <summary>Figures of receivables in words.</summary>
internal static class Said
{
    public const string Unknown = "–";

    public static string Days(this IStringLocalizer<ReceivablesTexts> text, double? days) => days is { } known ? text["Days", known.ToString("N1", CultureInfo.CurrentCulture)] : Unknown;

    /// <summary>"> 120 days" where the history is too short to say more.</summary>
    public static string CountBack(this IStringLocalizer<ReceivablesTexts> text, Dso dso) => dso.CountBackOver is { } over ? text["OverDays", over.ToString("N0", CultureInfo.CurrentCulture)] : text.Days(dso.CountBackDays);

    public static string Share(double? share) => share is { } known ? known.ToString("P1", CultureInfo.CurrentCulture) : Unknown;

    public static string Amount(long minor, string currency) => Culture.Text(new Money(minor, currency));
}
