using System.Globalization;
using Microsoft.Extensions.Localization;
using RevOps.Core.Platform;
using RevOps.Core.Scorecard.Checks;
using RevOps.Web.Shared;

namespace RevOps.Web.Scorecard;

/// <summary>Puts what a check found into words.</summary>
internal static class CheckWords
{
    /// <summary>The part that decides, being the worst; "–" where nothing is known.</summary>
    public static string ValueOf(Finding? finding, string currency, IStringLocalizer text) =>
        finding?.Result is not null && finding.Parts.MinBy(part => part.Result) is { } worst ? Write(worst.Measure, worst.Value!.Value, currency, text) : "–";

    public static string Write(Measure measure, double value, string currency, IStringLocalizer text) => measure switch
    {
        Measure.Share => Culture.InOneLine(value.ToString("P1", CultureInfo.CurrentCulture)),
        Measure.Seconds => text["Seconds", value.ToString("N0", CultureInfo.CurrentCulture)],
        Measure.Hours => text["Hours", value.ToString("N1", CultureInfo.CurrentCulture)],
        Measure.Ratio => value.ToString("N2", CultureInfo.CurrentCulture),
        Measure.Fact => text[value >= 1 ? "Yes" : "No"],
        Measure.Money => Culture.Text(new Money((long)value, currency)),
        _ => value.ToString("N0", CultureInfo.CurrentCulture),
    };

    /// <summary>What is asked: from where it counts to where it counts in full.</summary>
    public static string Write(Measure measure, Bar bar, string currency, IStringLocalizer text) => bar.Floor == bar.Target
        ? text["Asked", Write(measure, bar.Target, currency, text)]
        : text["AskedFrom", Write(measure, bar.Target, currency, text), Write(measure, bar.Floor, currency, text)];
}
