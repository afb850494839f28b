using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Scorecard.Notes;

namespace RevOps.Core.Scorecard.Outlook;

/// <summary>The last forecast of a figure and how those before it came out: reading computes nothing anew.</summary>
public sealed class OutlookQueries(IDbContextFactory<RevOpsDb> databases, CompanyProfile company, StripeAccount stripe, Annotations notes, TimeProvider clock)
{
    /// <summary>Of the rows that the product works on now.</summary>
    public Mode Mode => stripe.Connection?.Mode ?? Mode.Live;

    public async Task<OutlookView> OfAsync(Mode mode, ForecastFigure figure, Frequency frequency, CancellationToken cancel)
    {
        var (now, owner) = (clock.GetUtcNow(), await company.CurrentAsync(cancel));
        await using var db = await databases.CreateDbContextAsync(cancel);
        var all = db.Set<ForecastRun>().AsNoTracking().Where(run => run.Mode == mode && run.Figure == figure && run.Frequency == frequency);
        var (isMoney, currency) = (figure.IsMoney(), owner.Currency);
        var runs = all.Where(run => !isMoney || run.Currency == currency);
        var run = await runs.OrderByDescending(run => run.Day).FirstOrDefaultAsync(cancel);
        var past = run?.Series;
        var foreseen = (await runs.Select(one => new { one.MadeAt, one.Last, one.Foreseen }).ToListAsync(cancel)).ConvertAll(one => new ForeseenRun(one.MadeAt, one.Last, ForecastRun.StepsOf(one.Foreseen)));
        return new()
        {
            Mode = mode,
            Figure = figure,
            Frequency = frequency,
            Currency = currency,
            AsOf = now,
            Today = owner.DayOf(now),
            Running = frequency.StartOf(owner.DayOf(now)),
            Run = run,
            Past = past,
            Steps = run is null ? [] : [.. run.Steps.Select(step => new OutlookStep(step, past!.At(YearBefore(frequency, step.Start))))],
            Accuracy = run is null ? [] : ForecastAccuracy.Of(foreseen, past!),
            Notes = past is null ? [] : await NotesAsync(figure, past.First, owner.DayOf(now), cancel),
        };
    }

    /// <summary>The figures whose last two whole steps lay outside what was foreseen, by their newest forecasts.</summary>
    public async Task<IReadOnlyList<(ForecastFigure Figure, Frequency Frequency)>> OutsideAsync(Mode mode, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var owner = await company.CurrentAsync(cancel);
        var since = owner.DayOf(clock.GetUtcNow()).AddDays(-MakeForecasts.KeptDays);
        var runs = await db.Set<ForecastRun>().Where(run => run.Mode == mode && run.Day >= since).Select(run => new { run.Figure, run.Frequency, run.Day, run.Currency, run.OutsideTwice }).ToListAsync(cancel);

        // What was foreseen in another currency is shown no more.
        return [.. runs.Where(run => !run.Figure.IsMoney() || run.Currency == owner.Currency).GroupBy(run => (run.Figure, run.Frequency)).Where(group => group.MaxBy(run => run.Day)!.OutsideTwice).Select(group => group.Key).Order()];
    }

    // Weeks have no year: 52 of them before is the same week of the season.
    private static DateOnly YearBefore(Frequency frequency, DateOnly start) => frequency.Later(start, -frequency.Season());

    internal static AnnotationTopic TopicOf(ForecastFigure figure) => figure is ForecastFigure.Leads or ForecastFigure.Spend ? AnnotationTopic.Marketing : AnnotationTopic.Finance;

    private async Task<IReadOnlyList<AnnotationView>> NotesAsync(ForecastFigure figure, DateOnly from, DateOnly to, CancellationToken cancel) =>
        [.. (await notes.OfAsync(AnnotationTopic.Management, from, to, cancel)).Where(note => note.Topic == AnnotationTopic.Management || note.Topic == TopicOf(figure))];
}

public sealed record OutlookView
{
    public required Mode Mode { get; init; }
    public required ForecastFigure Figure { get; init; }
    public required Frequency Frequency { get; init; }
    public required string Currency { get; init; }
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>The company's.</summary>
    public required DateOnly Today { get; init; }

    /// <summary>First day of the step that today lies in.</summary>
    public required DateOnly Running { get; init; }

    /// <summary>The newest; null where none was made, or nothing whole is known yet.</summary>
    public required ForecastRun? Run { get; init; }

    public required FigureSeries? Past { get; init; }
    public required IReadOnlyList<OutlookStep> Steps { get; init; }
    public required IReadOnlyList<ForecastAccuracy> Accuracy { get; init; }

    /// <summary>What happened meanwhile: notes of the figure's own topic and of management.</summary>
    public required IReadOnlyList<AnnotationView> Notes { get; init; }

    /// <summary>Those that are not over yet: what is known late begins earlier.</summary>
    public IReadOnlyList<OutlookStep> Ahead => [.. Steps.Where(step => step.Foreseen.Start >= Running)];

    public AnnotationTopic Topic => OutlookQueries.TopicOf(Figure);

    /// <summary>A step has ended since it was made.</summary>
    public bool IsBehind => Run is { } run && Frequency.Later(run.Last, 1) < Running;
}

/// <param name="YearBefore">What came in the same step a year before; null where that is not known.</param>
public sealed record OutlookStep(ForecastStep Foreseen, long? YearBefore);
