namespace RevOps.Core.Forecasting;

/// <summary>What comes next, step by step, in the unit of the series; never below 0 where the series never was.</summary>
/// <param name="Model">What it was made with.</param>
/// <param name="Mean">What is expected.</param>
/// <param name="Low80">Lower ends of the intervals that hold four of five.</param>
/// <param name="High80">Their upper ends.</param>
/// <param name="Low95">Lower ends of the intervals that hold nineteen of twenty.</param>
/// <param name="High95">Their upper ends.</param>
/// <param name="IsShort">History too short: less than two seasons. The intervals are wide, and the model is a simple one.</param>
public sealed record SeriesForecast(ForecastModel Model, IReadOnlyList<double> Mean, IReadOnlyList<double> Low80, IReadOnlyList<double> High80, IReadOnlyList<double> Low95, IReadOnlyList<double> High95, bool IsShort);
