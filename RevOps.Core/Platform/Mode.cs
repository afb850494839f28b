namespace RevOps.Core.Platform;

/// <summary>Whose world a booking, invoice, payment or conversion belongs to. No figure, number series or check mixes two.</summary>
public enum Mode
{
    /// <summary>Made against the local stand-ins.</summary>
    Sandbox = 0,

    /// <summary>Made against a platform's test keys.</summary>
    Test = 1,

    /// <summary>Real customers and real money.</summary>
    Live = 2,
}
