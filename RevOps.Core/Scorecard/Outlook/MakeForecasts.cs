using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Data;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Outbox;

namespace RevOps.Core.Scorecard.Outlook;

/// <summary>
/// Every night: forecasts every figure in weeks and in months, and keeps what it found. Of the nights that knew the same steps the first is kept
/// for <see cref="KeptMonths"/> months, so that a year ahead can be laid beside what came; the others for <see cref="KeptDays"/> days.
/// </summary>
public sealed class MakeForecasts(IDbContextFactory<RevOpsDb> databases, CompanyProfile company, StripeAccount stripe, TimeProvider clock) : IOutboxJob
{
    public const int KeptDays = 35;
    public const int KeptMonths = 36;

    public async Task<OutboxResult> RunAsync(OutboxRow row, CancellationToken cancel)
    {
        var working = stripe.Connection?.Mode ?? Mode.Live;
        foreach (var mode in new[] { Mode.Live, working }.Distinct())
        {
            // Leads have no mode: they are those of the one that works now, and prove nothing of another.
            foreach (var figure in Enum.GetValues<ForecastFigure>().Where(figure => figure != ForecastFigure.Leads || mode == working))
                await MakeAsync(mode, figure, cancel);
        }

        return OutboxResult.Done;
    }

    private async Task MakeAsync(Mode mode, ForecastFigure figure, CancellationToken cancel)
    {
        var (now, owner) = (clock.GetUtcNow(), await company.CurrentAsync(cancel));
        var today = owner.DayOf(now);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var reader = new FigureReader(db, owner, mode, today);
        var (movements, until) = (await reader.ReadAsync(figure, cancel), await reader.KnownUntilAsync(figure, cancel));
        foreach (var frequency in Enum.GetValues<Frequency>())
        {
            // Thinking takes a second or two: nobody waits for the database meanwhile.
            if (FigureSeries.Of(frequency, movements, until) is { } past)
                await KeepAsync(new(mode, figure, today, now, owner.Currency), past, Foresight.Of(past), cancel);
        }
    }

    private async Task KeepAsync(Made made, FigureSeries past, Foresight found, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        var known = await db.Set<ForecastRun>().Where(run => run.Mode == made.Mode && run.Figure == made.Figure && run.Frequency == past.Frequency).ToListAsync(cancel);
        var run = known.Find(one => one.Day == made.Day);
        if (run is null)
            db.Add(run = New(made, past));
        else
            known.Remove(run);

        var row = found.Trial.OfChosen;
        (run.MadeAt, run.Currency, run.First, run.Last) = (made.At, made.Currency, past.First, past.Last);
        (run.Model, run.Origins, run.TestedSteps, run.IsShort) = (found.Model, found.Trial.Origins, found.Trial.Steps, found.IsShort);
        (run.Owa, run.Coverage80, run.Coverage95, run.Points) = (row?.Owa, row?.Coverage80, row?.Coverage95, row?.Points ?? 0);
        (run.Past, run.Foreseen, run.Trials) = (JsonSerializer.Serialize(past.Values), JsonSerializer.Serialize(found.Steps), JsonSerializer.Serialize(found.Trial.Rows));

        // Amounts of another currency do not compare.
        run.OutsideTwice = ForecastAccuracy.IsOutsideTwice([.. known.Where(one => one.Currency == made.Currency || !made.Figure.IsMoney()).Select(one => new ForeseenRun(one.MadeAt, one.Last, one.Steps))], past);
        db.RemoveRange(Forgotten(known, made.Day));
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>What no longer needs to be kept.</summary>
    public static IEnumerable<ForecastRun> Forgotten(IEnumerable<ForecastRun> runs, DateOnly today)
    {
        var (recent, oldest, seen) = (today.AddDays(-KeptDays), today.AddMonths(-KeptMonths), new HashSet<(DateOnly, string)>());
        foreach (var run in runs.OrderBy(run => run.Day))
        {
            var isFirst = seen.Add((run.Last, run.Currency));
            if (run.Day < oldest || (run.Day < recent && !isFirst))
                yield return run;
        }
    }

    private static ForecastRun New(Made made, FigureSeries past) => new()
    {
        Id = Guid.CreateVersion7(),
        Mode = made.Mode,
        Figure = made.Figure,
        Frequency = past.Frequency,
        Day = made.Day,
        MadeAt = made.At,
        Currency = made.Currency,
        First = past.First,
        Last = past.Last,
        Model = default,
        Origins = 0,
        TestedSteps = 0,
        Points = 0,
        IsShort = false,
        OutsideTwice = false,
        Past = "",
        Foreseen = "",
        Trials = "",
    };

    private sealed record Made(Mode Mode, ForecastFigure Figure, DateOnly Day, DateTimeOffset At, string Currency);
}
