using RevOps.Core.Conversions;
using RevOps.Core.Platform;
using RevOps.Core.Scorecard.Alerts;

namespace RevOps.Core.Scorecard;

/// <summary>What the Overview says of a period, and of the one that it is compared with; all of one mode.</summary>
public sealed record OverviewFigures
{
    public required Mode Mode { get; init; }

    /// <summary>The company's: its figures lead, and those of other currencies stand beside them, never added in.</summary>
    public required string Currency { get; init; }

    public required PeriodFigures Chosen { get; init; }

    /// <summary>The same, computed the same way for the compared days; null where nothing is compared.</summary>
    public required PeriodFigures? Compared { get; init; }

    public required ScoreFigures Score { get; init; }
}

/// <summary>Figures of one period. Receivables, DSO and waiting drafts stand as of the evening of its last day.</summary>
public sealed record PeriodFigures
{
    public required Period Period { get; init; }
    public required DsoFigures Dso { get; init; }
    public required ReceivableParts Receivables { get; init; }

    /// <summary>Payments by the day they came in, one sum per currency, the company's first.</summary>
    public required IReadOnlyList<Money> Cash { get; init; }

    /// <summary>Drafts without a decision, told from the dates of drafts and decisions.</summary>
    public required int Waiting { get; init; }

    public required AdReturn Ads { get; init; }
    public required ConversionFates Conversions { get; init; }
    public required DaySeries Days { get; init; }
}

/// <summary>One value for each day of the period, oldest first; null where it cannot be known.</summary>
public sealed record DaySeries(IReadOnlyList<decimal?> Dso, IReadOnlyList<decimal?> Cash, IReadOnlyList<decimal?> Waiting);

/// <summary>What DSO is made of, in minor units of the company's currency.</summary>
/// <param name="OpenMinor">Issued and not paid on the evening.</param>
/// <param name="OverdueMinor">Of it, what was due before that day.</param>
/// <param name="SoldMinor">Issued in <paramref name="Sales"/>, with tax.</param>
/// <param name="Sales">The days whose sales simple and best-possible DSO divide by.</param>
public sealed record ReceivableParts(long OpenMinor, long OverdueMinor, long SoldMinor, Period Sales)
{
    public long NotDueMinor => OpenMinor - OverdueMinor;
}

/// <summary>Ad spend and what paid channels are credited with, in minor units of the company's currency.</summary>
/// <param name="Model">Name of the attribution model.</param>
/// <param name="SpendMinor">Spent in the period.</param>
/// <param name="ByClickMinor">Paid revenue whose touch lies in the period.</param>
/// <param name="ByPaymentMinor">Paid revenue that came in during the period.</param>
/// <param name="Days">Return by click date for each day; null on days without spend.</param>
public sealed record AdReturn(string Model, long SpendMinor, long ByClickMinor, long ByPaymentMinor, IReadOnlyList<decimal?> Days)
{
    public double? ByClickDate => SpendMinor == 0 ? null : (double)ByClickMinor / SpendMinor;

    public double? ByPaymentDate => SpendMinor == 0 ? null : (double)ByPaymentMinor / SpendMinor;
}

/// <summary>What became of the conversions whose stage was reached in the period.</summary>
/// <param name="Queued">Not sent yet.</param>
/// <param name="Received">Taken by the platform and not judged yet.</param>
/// <param name="Held">Without consent or without a conversion action: not to be sent as things stand.</param>
/// <param name="Delivered">Counted by the platform.</param>
/// <param name="Rejected">Refused.</param>
/// <param name="Days">Delivered ones for each day.</param>
public sealed record ConversionFates(int Queued, int Received, int Held, int Delivered, int Rejected, IReadOnlyList<decimal?> Days)
{
    /// <summary>Of those that may be sent, the share that was delivered; null where there are none.</summary>
    public double? DeliveryRate => Queued + Received + Delivered + Rejected is var sendable and > 0 ? (double)Delivered / sendable : null;
}

/// <summary>How many, and how much in each currency, the company's first.</summary>
public sealed record Batch(int Count, IReadOnlyList<Money> Sums);

/// <summary>Work that waits for somebody now, whichever period is looked at.</summary>
public sealed record WaitingWork
{
    /// <summary>Drafts that may be approved.</summary>
    public required Batch Ready { get; init; }

    /// <summary>Drafts that lack something.</summary>
    public required Batch Incomplete { get; init; }

    /// <summary>Drafts in which something does not fit.</summary>
    public required Batch Held { get; init; }

    /// <summary>All three.</summary>
    public required Batch Drafts { get; init; }

    /// <summary>Since when the oldest draft waits.</summary>
    public DateTimeOffset? OldestAt { get; init; }

    public required Batch Overdue { get; init; }

    /// <summary>Invoices of which there is no draft at Stripe yet.</summary>
    public required int Undrafted { get; init; }

    public required int FailingJobs { get; init; }
    public required int HeldConversions { get; init; }

    /// <summary>As of the last hourly look, those that nobody has put off; each concerns some roles only.</summary>
    public required IReadOnlyList<AlertLine> Alerts { get; init; }

    /// <summary>Not sent yet, per platform.</summary>
    public required IReadOnlyDictionary<AdPlatform, int> QueuedConversions { get; init; }
}
