using Microsoft.Extensions.Localization;
using RevOps.Core.Scorecard.Notes;
using RevOps.Web.Shared.Charts;

namespace RevOps.Web.Shared.Notes;

/// <summary>Puts notes into words and onto charts.</summary>
public static class NoteWords
{
    /// <summary>What somebody wrote, or what the product noted.</summary>
    public static string Said(this IStringLocalizer<NoteTexts> text, AnnotationView note) => note.Automatic switch
    {
        null => note.Text,
        { Kind: AutomaticNote.ScoreRules, Of: { } version } => text["Automatic.score", version],
        { Kind: AutomaticNote.LeverLive, Of: { } lever } => text["Lever." + lever],
        { Of: { } of, Count: 1 } one => text["Automatic." + one.Kind, of],
        { Of: { } of } several => text["Several", text["Automatic." + several.Kind, of].Value, several.Count],
        { Count: 1 } one => text["Automatic." + one.Kind],
        var several => text["Several", text["Automatic." + several.Kind].Value, several.Count],
    };

    /// <summary>Marks of a chart over time: a note stands at the first place that reaches its day.</summary>
    /// <param name="text">The words.</param>
    /// <param name="notes">Those of the page.</param>
    /// <param name="lasts">The last day of each place, in their order.</param>
    /// <param name="first">The first day of the first place; its own last day when left out.</param>
    public static IReadOnlyList<ChartAnnotation> Marks(this IStringLocalizer<NoteTexts> text, IReadOnlyList<AnnotationView> notes, IReadOnlyList<DateOnly> lasts, DateOnly? first = null) =>
    [
        .. notes.Where(note => lasts.Count > 0 && note.Day >= (first ?? lasts[0]) && note.Day <= lasts[^1])
            .Select(note => new ChartAnnotation(lasts.TakeWhile(last => last < note.Day).Count(), text.Said(note)) { Where = Culture.LongDay(note.Day) }),
    ];
}
