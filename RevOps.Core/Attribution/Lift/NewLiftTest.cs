
namespace RevOps.Core.Attribution.Lift;

/// <summary>A lift test as it is entered; see <see cref="LiftTest"/> for what each field means.</summary>
public sealed record NewLiftTest(string Channel, string? Platform, DateOnly From, DateOnly To, LiftMethod Method, LiftMeasure Measure, double Incremental, double? Low, double? High, string? Currency, string Source, string? Note)
{
    /// <exception cref="ArgumentException">What is wrong, with the field's name.</exception>
    public void Check()
    {
        if (!Attribution.Channel.All.Contains(Channel))
            throw new ArgumentException($"There is no channel '{Channel}'.", nameof(Channel));
        if (To < From)
            throw new ArgumentException("The last day lies before the first.", nameof(To));
        if (!double.IsFinite(Incremental) || Low is { } low && !(low <= Incremental) || High is { } high && !(high >= Incremental))
            throw new ArgumentException("The figure lies outside its own interval.", nameof(Incremental));
        if (Measure == LiftMeasure.Value != Currency is not null || Currency is not null && !IsCurrency(Currency))
            throw new ArgumentException("Money has a currency, and conversions have none.", nameof(Currency));
        if (string.IsNullOrWhiteSpace(Source))
            throw new ArgumentException("Who made the test is needed.", nameof(Source));
    }

    private static bool IsCurrency(string code) => Core.Platform.Currency.IsKnown(code);
}
