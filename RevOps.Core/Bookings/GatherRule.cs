namespace RevOps.Core.Bookings;

/// <summary>Which bookings of a customer share an invoice. Stored as its number: append only.</summary>
public enum GatherRule
{
    /// <summary>Each booking is invoiced by itself.</summary>
    None = 0,

    /// <summary>Those of one day.</summary>
    PerDay = 1,

    /// <summary>Those of one month.</summary>
    PerMonth = 2,
}
