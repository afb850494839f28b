using RevOps.Core.Scorecard.Checks;

namespace RevOps.Core.Scorecard.Alerts;

/// <summary>The figures that rules watch, as their pages show them: nothing is computed here.</summary>
public sealed class WatchedFigures(OverviewQueries overview, ScorecardQueries scorecard)
{
    // The check whose only part is the share of known channels.
    private const string KnownChannels = "M08";

    /// <summary>Of the Overview's usual days; a figure that cannot be known is null.</summary>
    public async Task<(OverviewFigures Overview, IReadOnlyDictionary<AlertFigure, double?> Values)> NowAsync(CancellationToken cancel)
    {
        var figures = await overview.OfAsync(await overview.UsualPeriodAsync(cancel), null, TimeSpan.Zero, cancel);
        var known = (await scorecard.OfAsync(figures.Mode, cancel)).Lines.Single(line => line.Rule.Id == KnownChannels);
        var (now, score) = (figures.Chosen, figures.Score.Verified);
        return (figures, new Dictionary<AlertFigure, double?>
        {
            [AlertFigure.Dso] = now.Dso.SimpleDays,
            [AlertFigure.Overdue] = now.Receivables.OverdueMinor,
            [AlertFigure.WaitingDrafts] = now.Waiting,
            [AlertFigure.Roas] = now.Ads.ByClickDate,
            [AlertFigure.DeliveryRate] = now.Conversions.DeliveryRate,

            // What is stale proves nothing of today.
            [AlertFigure.UnknownChannel] = known.Verdict.IsOpen ? null : 1 - known.Finding?.Parts.FirstOrDefault()?.Value,
            [AlertFigure.ScoreGlobal] = score.Global,
            [AlertFigure.ScoreRevEng] = score.RevEng,
            [AlertFigure.ScoreMarEng] = score.MarEng,
        });
    }
}
