using System.Globalization;
using System.Text;
using Microsoft.Extensions.Localization;
using RevOps.Core.Platform;
using RevOps.Core.Scorecard.Checks;
using RevOps.Core.Scorecard.Digest;
using RevOps.Web.Shared;

namespace RevOps.Web.Scorecard.Digest;

/// <summary>Puts a digest into words: for the page, and as the letter.</summary>
public sealed class DigestWords(IStringLocalizer<DigestTexts> text, IStringLocalizer<ScorecardTexts> checks, IStringLocalizer<AlertTexts> alerts)
{
    private const string Unknown = "–";

    public static string Value(DigestFigure figure, double? value, string currency, IStringLocalizer text) => (figure.Kind, value) switch
    {
        (_, null) => Unknown,
        (DigestKind.Cash, { } minor) => Culture.Text(new Money((long)minor, currency)),
        (DigestKind.Dso, { } days) => text["Days", days.ToString("N1", CultureInfo.CurrentCulture)],
        (DigestKind.Roas, { } ratio) => ratio.ToString("N2", CultureInfo.CurrentCulture),
        (DigestKind.Delivery, { } share) => Culture.InOneLine(share.ToString("P1", CultureInfo.CurrentCulture)),
        (_, { } points) => text["Points", points.ToString("0.#", CultureInfo.CurrentCulture)],
    };

    public static FigureChange? ChangeOf(DigestFigure figure) => figure.Kind switch
    {
        DigestKind.Dso => FigureChange.Of(figure.Now, figure.Before, moreIsGood: false),
        DigestKind.Delivery => FigureChange.OfShare(figure.Now, figure.Before, moreIsGood: true),
        DigestKind.Score => FigureChange.OfShare(figure.Now / 100, figure.Before / 100, moreIsGood: true),
        _ => FigureChange.Of(figure.Now, figure.Before, moreIsGood: true),
    };

    /// <summary>In the language of whoever is going to read it.</summary>
    public (string Subject, string Text) Letter(DigestView digest, string company, Uri address, TimeZoneInfo zone, CultureInfo language)
    {
        var (culture, words) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (language, language);
            return (text["MailSubject", company, Culture.Text(digest.Days)], Body(digest, address, zone));
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, words);
        }
    }

    public string NameOf(CheckLine line) => checks["CheckName", line.Rule.Id, checks["Check." + line.Rule.Id].Value];

    private string Body(DigestView digest, Uri address, TimeZoneInfo zone)
    {
        var body = new StringBuilder(text["MailBegin", Culture.Text(digest.Days), Culture.Text(digest.Compared)]).Append("\n\n");
        if (digest.Mode != Mode.Live)
            body.Append(text["NotLive"]).Append("\n\n");
        foreach (var figure in digest.Figures)
        {
            var name = text["Figure." + figure.Kind].Value;
            body.Append(ChangeOf(figure) is { } change
                ? text["MailFigure", name, Value(figure, figure.Now, digest.Currency, text), change.Text(CultureInfo.CurrentCulture), Value(figure, figure.Before, digest.Currency, text)]
                : text["MailFigureAlone", name, Value(figure, figure.Now, digest.Currency, text)]).Append('\n');
        }

        body.Append('\n').Append(text["Alerts"]).Append('\n');
        foreach (var alert in digest.Alerts)
            body.Append("- ").Append(alerts.Said(alert, digest.Currency, zone)).Append('\n');
        if (digest.Alerts.Count == 0)
            body.Append(text["NoAlerts"]).Append('\n');

        body.Append('\n').Append(text["Next"]).Append('\n');
        foreach (var line in digest.Next)
            body.Append("- ").Append(text["MailNext", NameOf(line), line.ToWin.ToString("0.#", CultureInfo.CurrentCulture), checks["Role." + line.Rule.Owner].Value]).Append('\n');
        if (digest.Next.Count == 0)
            body.Append(text["NothingNext"]).Append('\n');
        return body.Append('\n').Append(text["MailEnd", new Uri(address, $"digest?week={FromUrl.Text(digest.Days.From)}")]).Append('\n').ToString();
    }
}
