using System.Globalization;
using Microsoft.Extensions.Localization;
using RevOps.Core.Platform;
using RevOps.Core.Scorecard.Outlook;
using RevOps.Web.Shared;

namespace RevOps.Web.Scorecard.Outlook;

/// <summary>Puts what is foreseen into words.</summary>
internal static class OutlookWords
{
    public const string Nothing = "–";

    /// <summary>As a cell of a table: money, or a number of things; null where nothing is known.</summary>
    public static object? Cell(this OutlookView view, long? value) => value is not { } known ? null : view.Figure.IsMoney() ? new Money(known, view.Currency) : known;

    public static string Write(this OutlookView view, long? value) => view.Cell(value) switch
    {
        null => Nothing,
        Money money => Culture.Text(money),
        var count => ((long)count).ToString("N0", CultureInfo.CurrentCulture),
    };

    /// <summary>A step by its name: "week of 5 Mar", "March 2026".</summary>
    public static string StepOf(this IStringLocalizer text, Frequency frequency, DateOnly start) => frequency == Frequency.Week ? text["WeekOf", Culture.LongDay(start)] : Culture.LongMonth(start);

    public static string Share(double? share) => share is { } known ? Culture.InOneLine(known.ToString("P1", CultureInfo.CurrentCulture)) : Nothing;

    public static string Ratio(double? value) => value is { } known ? known.ToString("N2", CultureInfo.CurrentCulture) : Nothing;

    /// <summary>Whether the intervals hold as many as they should, as check R17 of the scorecard asks.</summary>
    public static Tone ToneOf(double? coverage95) => coverage95 is not { } share ? Tone.Neutral : share is >= 0.9 and <= 0.98 ? Tone.Good : Tone.Attention;
}
