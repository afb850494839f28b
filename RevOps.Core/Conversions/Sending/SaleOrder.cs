using RevOps.Core.Platform;

namespace RevOps.Core.Conversions.Sending;

/// <summary>
/// Booking, payment and refund of one sale overwrite one another's value under one transaction id, where a platform restates. So they
/// go one after the other, never two in one request, and none after a later one.
/// </summary>
internal static class SaleOrder
{
    /// <summary>Stages that share a transaction id.</summary>
    public static bool IsOfSale(ConversionStage stage) => stage is ConversionStage.Booked or ConversionStage.Paid or ConversionStage.Refunded;

    /// <summary>The platform has the transaction already.</summary>
    public static bool Restates(Conversion conversion, ILookup<string, Conversion> told) => Others(conversion, told).Any(IsTold);

    public static bool IsSuperseded(Conversion conversion, ILookup<string, Conversion> told) =>
        Others(conversion, told).Any(other => IsTold(other) && IsLater(other, conversion));

    /// <summary>What a refund would take back where the platform has nothing of the sale and is to be told of it later; null: nothing.</summary>
    public static Conversion? WaitsFor(Conversion conversion, ILookup<string, Conversion> told) => conversion.Stage != ConversionStage.Refunded || Restates(conversion, told) ? null
        : Others(conversion, told).FirstOrDefault(other => other.Stage != ConversionStage.Refunded && other.Status == ConversionStatus.Queued);

    /// <summary>Of each sale the one that comes first, even where another became due before it; the others follow when it has been told.</summary>
    /// <param name="due">In the order in which they became due.</param>
    /// <param name="told">Their sales.</param>
    /// <param name="mode">Of those that may go.</param>
    /// <param name="now">The business clock's.</param>
    /// <param name="busy">Sales of which something is on its way.</param>
    public static List<Conversion> FirstOfEach(List<Conversion> due, ILookup<string, Conversion> told, Mode mode, DateTimeOffset now, IReadOnlySet<string> busy)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var first = new List<Conversion>(due.Count);
        foreach (var row in due.Where(row => !busy.Contains(row.TransactionId) && seen.Add(row.TransactionId)))
        {
            var ready = told[row.TransactionId].Where(other => other.Status == ConversionStatus.Queued && other.DueAt <= now && other.Mode == mode).ToList();
            first.Add(ready.Count < 2 ? row : ready.OrderBy(other => other.Stage).ThenBy(other => other.OccurredAt).ThenBy(other => other.Id).First());
        }

        return first;
    }

    private static IEnumerable<Conversion> Others(Conversion conversion, ILookup<string, Conversion> told) => told[conversion.TransactionId].Where(other => other.Id != conversion.Id);

    /// <summary>A receipt is not enough: what was refused after it the platform has not, and a new value of it would count as a new conversion.</summary>
    private static bool IsTold(Conversion other) => other.SentAt is not null && other.Status is ConversionStatus.Received or ConversionStatus.Delivered;

    /// <summary>Of two refunds the later one says what is left.</summary>
    private static bool IsLater(Conversion other, Conversion than) => other.Stage > than.Stage || (other.Stage == than.Stage && other.OccurredAt > than.OccurredAt);
}
