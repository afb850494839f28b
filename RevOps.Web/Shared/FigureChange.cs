using System.Globalization;

namespace RevOps.Web.Shared;

/// <summary>How a figure moved against the compared period.</summary>
/// <param name="Ratio">0.12 is twelve per cent more; null where there is nothing to divide by.</param>
/// <param name="Tone">Good or bad by what the figure is about, neutral where it did not move or nobody can say.</param>
public sealed record FigureChange(double? Ratio, Tone Tone)
{
    /// <summary>Less than this is no movement that anybody should read something into.</summary>
    private const double Still = 0.0005;

    private const double ManyTimes = 10;

    public string Sign => Ratio switch { null => "", > Still => "▲", < -Still => "▼", _ => "=" };

    /// <summary>So many times what it was, where it is at least ten times as much: nobody reads "+3,100%".</summary>
    public double? Times { get; private init; }

    /// <summary>By how many hundredths a share moved: 12% more than 50% could be read as 56 or as 62.</summary>
    public double? Points { get; private init; }

    /// <summary>"+12.5%" in English, "+12,5 %" in French; "×32" where per cent are past reading; "+6.0 pts" of a share.</summary>
    public string Text(CultureInfo culture) => (Points, Times, Ratio) switch
    {
        ({ } points, _, _) => (points > 0 ? "+" : "") + points.ToString("N1", culture) + "\u00a0pts",
        (_, { } times, _) => (culture.TwoLetterISOLanguageName == "fr" ? "×\u00a0" : "×") + Culture.InOneLine(times.ToString("N0", culture)),
        (_, _, { } ratio) => (ratio > 0 ? "+" : "") + Culture.InOneLine(ratio.ToString("P1", culture)),
        _ => "–",
    };

    /// <param name="now">The figure.</param>
    /// <param name="before">The same figure of the compared period; null when it cannot be known.</param>
    /// <param name="moreIsGood">Null where neither is.</param>
    public static FigureChange? Of(double? now, double? before, bool? moreIsGood = null)
    {
        if (now is not { } value || before is not { } past)
            return null;
        if (past == 0)
            return new(value == 0 ? 0 : null, Tone.Neutral);

        var ratio = (value - past) / Math.Abs(past);
        var tone = moreIsGood is { } good && Math.Abs(ratio) > Still ? (ratio > 0 == good ? Tone.Good : Tone.Bad) : Tone.Neutral;
        return new(ratio, tone) { Times = past > 0 && value / past >= ManyTimes ? value / past : null };
    }

    /// <summary>Of a share between 0 and 1: told in points.</summary>
    public static FigureChange? OfShare(double? now, double? before, bool? moreIsGood = null) =>
        Of(now, before, moreIsGood) is { } change ? change with { Points = (now - before) * 100 } : null;
}
