namespace RevOps.Core.Forecasting;

/// <summary>What a forecast is made with. The names are the field's own.</summary>
public enum ForecastModel
{
    /// <summary>The last value, seasonally adjusted: the measure of all others.</summary>
    Naive2 = 0,

    /// <summary>Theta method.</summary>
    Theta = 1,

    /// <summary>Dynamic optimised Theta model.</summary>
    DynamicTheta = 2,

    /// <summary>Exponential smoothing with a damped trend.</summary>
    DampedTrend = 3,

    /// <summary>Exponential smoothing, the model chosen by AICc.</summary>
    Ets = 4,

    /// <summary>Mean of the statistical models.</summary>
    Ensemble = 5,

    /// <summary>Neural network, trained across some nine hundred series of business, micro- and macroeconomics.</summary>
    Network = 6,

    /// <summary>All that fit the series together, each counting by what the series is like: feature-based model averaging, learnt across the same series.</summary>
    Combined = 7,
}
