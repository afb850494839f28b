using System.Globalization;
using System.Security.Claims;
using Microsoft.Extensions.Localization;
using RevOps.Core.Platform;
using RevOps.Core.Scorecard.Alerts;
using RevOps.Web.Identity;

namespace RevOps.Web.Shared;

/// <summary>Puts alerts into words, for every page that tells of them.</summary>
public static class AlertWords
{
    /// <summary>"DSO: 63.2 days, above 60 days".</summary>
    /// <param name="text">The words.</param>
    /// <param name="alert">Which.</param>
    /// <param name="currency">The company's.</param>
    /// <param name="zone">Of whoever reads.</param>
    public static string Said(this IStringLocalizer<AlertTexts> text, AlertLine alert, string currency, TimeZoneInfo zone) => alert.Figure switch
    {
        AlertFigure.Token => alert.EndsAt is { } ends ? text["Said.Token", alert.Platform!, Culture.Day(ends, zone)] : text["Said.TokenRefused", alert.Platform!],
        AlertFigure.PlatformDelivery => text["Said.PlatformDelivery", alert.Platform!, text.Value(alert.Figure, alert.Value, currency), text.Value(alert.Figure, alert.Threshold, currency)],
        AlertFigure.Match => text["Said.Match", alert.Platform!, text.Value(alert.Figure, alert.Before, currency), text.Value(alert.Figure, alert.Value, currency)],
        AlertFigure.PriceFloor => text.Counted("Said.PriceFloor", (long)(alert.Value ?? 0)),
        >= AlertFigure.ForecastRevenue => text["Said.Outside", text["Figure." + alert.Figure].Value],
        _ => text[alert.IsAbove is true ? "Said.Above" : "Said.Below", text["Figure." + alert.Figure].Value, text.Value(alert.Figure, alert.Value, currency), text.Value(alert.Figure, alert.Threshold, currency)],
    };

    /// <summary>A figure in its own unit; "–" where nobody knows it.</summary>
    public static string Value(this IStringLocalizer<AlertTexts> text, AlertFigure figure, double? value, string currency) => (AlertFigures.UnitOf(figure), value) switch
    {
        (_, null) => "–",
        (AlertUnit.Days, { } days) => Counted(text, "Days", days),
        (AlertUnit.Points, { } points) => Counted(text, "Points", points),
        (AlertUnit.Money, { } minor) => Culture.Text(new Money((long)Math.Round(minor), currency)),
        (AlertUnit.Share, { } share) => Culture.InOneLine(share.ToString(Math.Round(share, 4) == Math.Round(share, 2) ? "P0" : "P1", CultureInfo.CurrentCulture)),
        (AlertUnit.Ratio, { } ratio) => ratio.ToString("N2", CultureInfo.CurrentCulture),
        (_, { } count) => count.ToString("N0", CultureInfo.CurrentCulture),
    };

    /// <summary>Where its figure stands, for whoever may open that.</summary>
    public static string? PlaceOf(this ClaimsPrincipal user, AlertFigure figure)
    {
        var (policy, path) = figure switch
        {
            AlertFigure.Token => (Policies.Administration, "/connections"),
            AlertFigure.PlatformDelivery or AlertFigure.Match or AlertFigure.DeliveryRate => (Policies.Marketing, "/conversions/quality"),
            AlertFigure.Dso => (Policies.Finance, "/receivables"),
            AlertFigure.Overdue => (Policies.Finance, "/receivables/late"),
            AlertFigure.WaitingDrafts => (Policies.Finance, "/approvals"),
            AlertFigure.Roas => (Policies.Marketing, "/spend"),
            AlertFigure.UnknownChannel => (Policies.Marketing, "/journeys/channels"),
            AlertFigure.PriceFloor => (Policies.Pricing, "/pricing?show=ahead&sort=price&dir=asc"),
            >= AlertFigure.ForecastRevenue => (Policies.Outlook, $"/outlook?figure={PageUrl.Word(figure)["forecast".Length..]}"),
            _ => (Policies.Management, "/scorecard"),
        };
        return user.May(policy) ? path : null;
    }

    /// <summary>What somebody is told of.</summary>
    public static AlertRoles AlertRoles(this ClaimsPrincipal user) => AlertRolesNames.Of(user.IsInRole);

    private static string Counted(IStringLocalizer<AlertTexts> text, string key, double value) =>
        text[Plural.IsSingular((long)Math.Truncate(value)) && value == Math.Truncate(value) ? key + "One" : key, value.ToString("0.#", CultureInfo.CurrentCulture)];
}
