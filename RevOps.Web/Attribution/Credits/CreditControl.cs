namespace RevOps.Web.Attribution.Credits;

/// <summary>Controls beside the period. A page shows those that change its answer.</summary>
[Flags]
public enum CreditControl
{
    None = 0,
    Kind = 1,
    LookBack = 2,
    Model = 4,

    /// <summary>With what the period is compared.</summary>
    Compare = 8,

    /// <summary>Which rows are shown; no total moves.</summary>
    Platform = 16,

    /// <summary>What becomes of journeys that may still convert.</summary>
    Open = 32,

    /// <summary>Whether conversations and bookings stand in paths.</summary>
    Stages = 64,

    /// <summary>What becomes of direct visits.</summary>
    Direct = 128,
}
