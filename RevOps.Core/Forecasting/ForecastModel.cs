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

    /// <summary>Neural network, trained across some nine hundred series of business, micro- and macroeconomics: the one that learns.</summary>
    Network = 6,

    /// <summary>Ensemble and network together.</summary>
    Combined = 7,
}
