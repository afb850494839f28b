using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Scorecard.Notes;

namespace RevOps.Core.Scorecard.Outlook;

/// <summary>The last forecast of a figure and how those before it came out: reading computes nothing anew.</summary>
public sealed class OutlookQueries(IDbContextFactory<RevOpsDb> databases, CompanyProfile company, StripeAccount stripe, TimeProvider clock)
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
            Running = frequency.StartOf(owner.DayOf(now)),
            Run = run,
            Past = past,
            Steps = run is null ? [] : [.. run.Steps.Select(step => new OutlookStep(step, past!.At(YearBefore(frequency, step.Start))))],
            Accuracy = run is null ? [] : ForecastAccuracy.Of(foreseen, past!),
            Notes = past is null ? [] : await NotesAsync(db, figure, past.First, cancel),
        };
    }

    /// <summary>The figures whose last two whole steps lay outside what was foreseen, by their newest forecasts.</summary>
    public async Task<IReadOnlyList<(ForecastFigure Figure, Frequency Frequency)>> OutsideAsync(Mode mode, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var since = (await company.CurrentAsync(cancel)).DayOf(clock.GetUtcNow()).AddDays(-MakeForecasts.KeptDays);
        var runs = await db.Set<ForecastRun>().Where(run => run.Mode == mode && run.Day >= since).Select(run => new { run.Figure, run.Frequency, run.Day, run.OutsideTwice }).ToListAsync(cancel);
        return [.. runs.GroupBy(run => (run.Figure, run.Frequency)).Where(group => group.MaxBy(run => run.Day)!.OutsideTwice).Select(group => group.Key).Order()];
    }

    // Weeks have no year: 52 of them before is the same week of the season.
    private static DateOnly YearBefore(Frequency frequency, DateOnly start) => frequency.Later(start, -frequency.Season());

    private static async Task<IReadOnlyList<(DateOnly Day, string Text)>> NotesAsync(RevOpsDb db, ForecastFigure figure, DateOnly from, CancellationToken cancel)
    {
        var topic = figure is ForecastFigure.Leads or ForecastFigure.Spend ? AnnotationTopic.Marketing : AnnotationTopic.Finance;
        var notes = await db.Set<Annotation>().AsNoTracking().Where(note => note.Day >= from && (note.Topic == topic || note.Topic == AnnotationTopic.Management)).OrderBy(note => note.Day).ThenBy(note => note.Id).Select(note => new { note.Day, note.Text }).ToListAsync(cancel);
        return notes.ConvertAll(note => (note.Day, note.Text));
    }
}

public sealed record OutlookView
{
    public required Mode Mode { get; init; }
    public required ForecastFigure Figure { get; init; }
    public required Frequency Frequency { get; init; }
    public required string Currency { get; init; }
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>First day of the step that today lies in.</summary>
    public required DateOnly Running { get; init; }

    /// <summary>The newest; null where none was made, or nothing whole is known yet.</summary>
    public required ForecastRun? Run { get; init; }

    public required FigureSeries? Past { get; init; }
    public required IReadOnlyList<OutlookStep> Steps { get; init; }
    public required IReadOnlyList<ForecastAccuracy> Accuracy { get; init; }

    /// <summary>What happened, as its readers wrote it down: notes of the figure's own topic and of management.</summary>
    public required IReadOnlyList<(DateOnly Day, string Text)> Notes { get; init; }

    /// <summary>A step has ended since it was made.</summary>
    public bool IsBehind => Run is { } run && Frequency.Later(run.Last, 1) < Running;
}

/// <param name="YearBefore">What came in the same step a year before; null where that is not known.</param>
public sealed record OutlookStep(ForecastStep Foreseen, long? YearBefore);
