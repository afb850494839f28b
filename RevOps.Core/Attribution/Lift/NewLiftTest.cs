
namespace RevOps.Core.Attribution.Lift;

/// <summary>A lift test as it is entered; see <see cref="LiftTest"/> for what each field means.</summary>
public sealed record NewLiftTest(string Channel, string? Platform, DateOnly From, DateOnly To, LiftMethod Method, LiftMeasure Measure, double Incremental, double? Low, double? High, string? Currency, string Source, string? Note)
{
    public LiftHeldOut HeldOut { get; init; }

    /// <summary>What was counted in its two arms, where the source tells.</summary>
    public LiftArms? Arms { get; init; }

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
        if (Arms is { IsValid: false })
            throw new ArgumentException("Two counts, and a share between 0 and 1.", nameof(Arms));
    }

    private static bool IsCurrency(string code) => Core.Platform.Currency.IsKnown(code);
}

/// <summary>What was counted in the two arms of a test.</summary>
/// <param name="Control">Conversions of the arm that was held out.</param>
/// <param name="Treated">Of the other.</param>
/// <param name="ControlShare">Which part of the people or regions was held out, from 0 to 1.</param>
public sealed record LiftArms(long Control, long Treated, double ControlShare)
{
    public bool IsValid => Control >= 0 && Treated >= 0 && ControlShare is > 0 and < 1;
}
