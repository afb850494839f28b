namespace RevOps.Core.Receivables;

/// <summary>An issued invoice of which something was owed, or overpaid, on an evening. Those given together have one currency and one mode.</summary>
/// <param name="OpenMinor">With the tax; negative where more was paid than was owed.</param>
public sealed record OpenReceivable(Guid InvoiceId, Guid CustomerId, DateOnly IssuedOn, DateOnly DueOn, long OpenMinor)
{
    /// <summary>Days since it was due on an evening; 0 and less: not due yet.</summary>
    public int DaysLate(DateOnly evening) => evening.DayNumber - DueOn.DayNumber;
}
