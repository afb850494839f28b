using System.Globalization;
using Microsoft.Extensions.Localization;
using RevOps.Core.Attribution.Lift;
using RevOps.Core.Attribution.Models;
using RevOps.Core.Platform;
using RevOps.Web.Shared;

namespace RevOps.Web.Attribution.Credits;

/// <summary>How the figures of these pages are written.</summary>
internal static class CreditWords
{
    public const string Unknown = "–";

    /// <summary>Credit comes in parts of conversions: "12.4".</summary>
    public static string Count(double? conversions) => conversions is { } known ? Round(known).ToString("N1", CultureInfo.CurrentCulture) : Unknown;

    public static string Amount(long? minor, string currency) => minor is { } known ? Culture.Text(new Money(known, currency)) : Unknown;

    /// <summary>Money where the kind of conversion has some, else conversions.</summary>
    public static string Figure(double conversions, long? minor, string currency) => minor is null ? Count(conversions) : Amount(minor, currency);

    /// <summary>What one unit of spend brought in: "3.42".</summary>
    public static string Ratio(double? ratio) => ratio?.ToString("N2", CultureInfo.CurrentCulture) ?? Unknown;

    public static string Share(double? share) => share is { } known ? Culture.Percent((int)Math.Round(known * 10_000)) : Unknown;

    /// <summary>For drawing: whole units of a currency, or conversions.</summary>
    public static decimal Size(double conversions, long? minor, string currency) => minor is { } known ? new Money(known, currency).Amount : (decimal)Round(conversions);

    public static string Model(this IStringLocalizer<CreditTexts> text, AttributionModel model) => text["Model." + model.WireName];

    public static string Channel(this IStringLocalizer<AttributionTexts> channels, string channel) => channels.WordOf("Channel.", channel);

    public static string Path(this IStringLocalizer<AttributionTexts> channels, IEnumerable<string> path) => string.Join(" > ", path.Select(channels.Channel));

    /// <summary>A difference of two shares: "2.3 pts".</summary>
    public static string Points(double shares) => (shares * 100).ToString("N1", CultureInfo.CurrentCulture) + "\u00a0pts";

    /// <summary>What a lift test found: money or conversions.</summary>
    public static string LiftFigure(this IStringLocalizer<CreditTexts> text, LiftTestView test) => LiftText(text, test, test.Incremental);

    public static string LiftEnds(this IStringLocalizer<CreditTexts> text, LiftTestView test) => (test.Low, test.High) switch
    {
        (null, null) => "",
        ({ } low, { } high) => text["Ends", LiftText(text, test, low), LiftText(text, test, high)],
        ({ } low, null) => text["AtLeast", LiftText(text, test, low)],
        (null, { } high) => text["AtMost", LiftText(text, test, high)],
    };

    private static string LiftText(IStringLocalizer<CreditTexts> text, LiftTestView test, double figure) =>
        test.Currency is { } currency ? Culture.Text(new Money((long)figure, currency)) : text["LiftConversions", figure.ToString("N0", CultureInfo.CurrentCulture)];

    // Sums of fractions miss zero by a hair, and nobody wants to read "-0.0".
    private static double Round(double conversions) => Math.Round(conversions, 1, MidpointRounding.AwayFromZero) is var rounded && rounded == 0 ? 0 : rounded;
}
