using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RevOps.Core.Forecasting;
using RevOps.Core.Platform;

namespace RevOps.Core.Scorecard.Outlook;

/// <summary>
/// One forecast of one figure, as it was made on a day and in one mode, with the past that it was made of; making it again on the same day
/// replaces it. What came later is laid beside it.
/// </summary>
public sealed class ForecastRun
{
    public required Guid Id { get; init; }
    public required Mode Mode { get; init; }
    public required ForecastFigure Figure { get; init; }
    public required Frequency Frequency { get; init; }

    /// <summary>The company's day.</summary>
    public required DateOnly Day { get; init; }

    public required DateTimeOffset MadeAt { get; set; }

    /// <summary>The company's on that day: amounts are in its minor units.</summary>
    public required string Currency { get; set; }

    /// <summary>First day of the first whole step that was known.</summary>
    public required DateOnly First { get; set; }

    /// <summary>First day of the last whole step that was known: the forecast begins with the next.</summary>
    public required DateOnly Last { get; set; }

    public required ForecastModel Model { get; set; }

    /// <summary>From how many earlier ends the models were tried; 0: history too short to try any.</summary>
    public required int Origins { get; set; }

    /// <summary>How far each of those reached, in steps.</summary>
    public required int TestedSteps { get; set; }

    /// <summary>The model's errors as a share of Naive2's on the company's own series; null without a trial.</summary>
    public double? Owa { get; set; }

    /// <summary>Of what came in the trial, the share that lay within the interval; null without one.</summary>
    public double? Coverage80 { get; set; }

    public double? Coverage95 { get; set; }

    /// <summary>How many points were compared.</summary>
    public required int Points { get; set; }

    /// <summary>Less than two years of steps.</summary>
    public required bool IsShort { get; set; }

    /// <summary>The last two steps both lay outside the 95 % interval that was told before each.</summary>
    public required bool OutsideTwice { get; set; }

    /// <summary>The past, as JSON.</summary>
    public required string Past { get; set; }

    /// <summary><see cref="ForecastStep"/>s as JSON.</summary>
    public required string Foreseen { get; set; }

    /// <summary><see cref="BacktestRow"/>s as JSON.</summary>
    public required string Trials { get; set; }

    public FigureSeries Series => new(Frequency, First, JsonSerializer.Deserialize<long[]>(Past)!);

    public IReadOnlyList<ForecastStep> Steps => StepsOf(Foreseen);

    public IReadOnlyList<BacktestRow> Models => ModelsOf(Trials);

    /// <summary>It does no better than the last value, seasonally adjusted.</summary>
    public bool IsNaive => Owa >= 1;

    /// <param name="trials">Of <see cref="Trials"/>.</param>
    public static IReadOnlyList<BacktestRow> ModelsOf(string trials) => JsonSerializer.Deserialize<BacktestRow[]>(trials)!;

    /// <param name="foreseen">Of <see cref="Foreseen"/>.</param>
    public static IReadOnlyList<ForecastStep> StepsOf(string foreseen) => JsonSerializer.Deserialize<ForecastStep[]>(foreseen)!;

    internal sealed class Mapping : IEntityTypeConfiguration<ForecastRun>
    {
        public void Configure(EntityTypeBuilder<ForecastRun> builder)
        {
            builder.ToTable("ForecastRuns").HasKey(run => run.Id);
            foreach (var name in new[] { nameof(Series), nameof(Steps), nameof(Models), nameof(IsNaive) })
                builder.Ignore(name);
            builder.Property(run => run.Currency).HasMaxLength(3);
            builder.HasIndex(run => new { run.Mode, run.Figure, run.Frequency, run.Day }).IsUnique();
        }
    }
}

/// <summary>What is foreseen of one step, in the unit of the figure.</summary>
/// <param name="Start">Its first day.</param>
/// <param name="Mean">What is expected.</param>
/// <param name="Low80">Four of five such intervals hold what comes.</param>
/// <param name="Low95">Nineteen of twenty do.</param>
public sealed record ForecastStep(DateOnly Start, long Mean, long Low80, long High80, long Low95, long High95)
{
    public bool Holds80(long came) => came >= Low80 && came <= High80;

    public bool Holds95(long came) => came >= Low95 && came <= High95;
}
