using System.Text.Json.Nodes;
using RevOps.Core.Billing;

namespace RevOps.Bench;

/// <summary>An invoice as Stripe has it.</summary>
/// <param name="Draft">Our invoice id and draft version, as its metadata says.</param>
internal sealed record OnceStripeInvoice(string Id, string Status, long Total, string? Deal, string Draft, long Sent)
{
    public bool IsIssued => Status != "draft";
}

/// <summary>A booking as the product has it, with the invoice that it stands on.</summary>
internal sealed record OnceBooking(string BookingId, InvoiceStatus? Status, long GrossMinor, InvoiceCorrection Correction, string? StripeId);

/// <summary>Everything that was sold, laid beside what stands at Stripe and in the product.</summary>
internal sealed class OnceAudit
{
    private readonly List<(OnceSale Sale, OnceBooking? Booking, List<OnceStripeInvoice> AtStripe)> sales;
    private readonly List<OnceStripeInvoice> invoices;
    private readonly HashSet<string> approvals;
    private readonly List<string> customers;

    private OnceAudit(IEnumerable<OnceSale> sold, OnceDatabase database, JsonObject effects)
    {
        invoices = [.. effects["invoices"]!.AsArray().Select(Read)];
        customers = [.. effects["customers"]!.AsArray().Select(customer => (string)customer!["name"]!)];
        approvals = [.. database.Rows("InvoiceId, DraftVersion FROM InvoiceDecisions WHERE Approved = 1 AND UserId IS NOT NULL", row => DraftOf(row.GetString(0), row.GetInt64(1)))];
        var bookings = database.Rows("b.BookingId, i.Status, i.GrossMinor, i.Correction, i.StripeInvoiceId FROM Bookings b LEFT JOIN Invoices i ON i.Id = b.InvoiceId", row => row.IsDBNull(1)
            ? new OnceBooking(row.GetString(0), null, 0, default, null)
            : new(row.GetString(0), (InvoiceStatus)row.GetInt32(1), row.GetInt64(2), (InvoiceCorrection)row.GetInt32(3), row.IsDBNull(4) ? null : row.GetString(4)))
            .ToDictionary(booking => booking.BookingId, StringComparer.Ordinal);
        var byDeal = invoices.ToLookup(invoice => invoice.Deal, StringComparer.Ordinal);
        sales = [.. sold.Select(sale => (sale, bookings.GetValueOrDefault(sale.BookingId), byDeal[sale.DealId].Where(invoice => invoice.Status != "void").ToList()))];
    }

    public int Sold => sales.Count;

    /// <summary>Without a booking here, or without an invoice at Stripe although nobody cancelled it.</summary>
    public int Lost => sales.Count(one => one.Booking is null || (!one.Sale.IsCancelled && one.AtStripe.Count == 0));

    /// <summary>Deals with several invoices, and invoices sent to the client more than once.</summary>
    public int Doubled => sales.Count(one => one.AtStripe.Count > 1) + invoices.Count(invoice => invoice.Sent > 1);

    /// <summary>Companies that are several customers at Stripe; here every company has a name of its own.</summary>
    public int CustomersDoubled => customers.Count - customers.Distinct(StringComparer.Ordinal).Count();

    /// <summary>Invoices whose total is not what was sold, or not what we say it is.</summary>
    public int WrongAmounts => sales.Sum(one => one.AtStripe.Count(invoice => !IsRight(one.Sale, one.Booking, invoice)));

    /// <summary>Issued or sent without a person's approval of that very draft.</summary>
    public int Unapproved => invoices.Count(IsUnapproved);

    /// <summary>Not sent, or neither taken back nor asked to be credited after the cancellation; and invoices at Stripe that no sale knows.</summary>
    public int Unfinished => sales.Count(one => !IsFinished(one.Sale, one.Booking, one.AtStripe)) + invoices.Count(invoice => !sales.Exists(one => one.Sale.DealId == invoice.Deal));

    /// <summary>A change or cancellation came after issue: a credit note is proposed, and the invoice stands as it was sent.</summary>
    public int Corrections => sales.Count(one => one.Booking?.Correction > InvoiceCorrection.None);

    public int Cancelled => sales.Count(one => one.Booking?.Status == InvoiceStatus.Cancelled);

    public int Sent => invoices.Count(invoice => invoice.Sent > 0);

    public static async Task<OnceAudit> ReadAsync(OnceWorld world, IEnumerable<OnceSale> sold) => new(sold, world.Database, await world.EffectsAsync());

    /// <summary>The deals behind the counts that should be none, to look into.</summary>
    public IEnumerable<string> Suspects() => sales
        .Where(one => one.Booking is null || one.AtStripe.Count > 1 || one.AtStripe.Exists(invoice => !IsRight(one.Sale, one.Booking, invoice)) || !IsFinished(one.Sale, one.Booking, one.AtStripe))
        .Select(one => $"{one.Sale.DealId}: sold {one.Sale.FirstMinor}, at last {one.Sale.LastMinor}{(one.Sale.IsCancelled ? ", cancelled" : "")}; {one.Booking}; {string.Join(" + ", one.AtStripe)}")
        .Concat(invoices.Where(IsUnapproved).Select(invoice => $"{invoice.Deal}: not approved: {invoice}; approved: {string.Join(", ", approvals.Where(draft => draft.Split('/')[0] == invoice.Draft.Split('/')[0]))}"));

    private bool IsUnapproved(OnceStripeInvoice invoice) => (invoice.IsIssued || invoice.Sent > 0) && !approvals.Contains(invoice.Draft);

    /// <summary>After issue an invoice stays what it was; what came too late is proposed as a correction.</summary>
    private static bool IsRight(OnceSale sale, OnceBooking? booking, OnceStripeInvoice invoice) =>
        booking is not null && booking.StripeId == invoice.Id && booking.GrossMinor == invoice.Total
        && (invoice.Total == sale.LastMinor || (booking.Correction != InvoiceCorrection.None && invoice.Total == sale.FirstMinor));

    private static bool IsFinished(OnceSale sale, OnceBooking? booking, List<OnceStripeInvoice> atStripe) => booking is not null && (sale.IsCancelled
        ? (booking.Status == InvoiceStatus.Cancelled && atStripe.Count == 0) || (booking is { Status: InvoiceStatus.Open, Correction: InvoiceCorrection.CreditWhole } && atStripe.TrueForAll(invoice => invoice.Sent == 1))
        : booking.Status == InvoiceStatus.Open && atStripe.TrueForAll(invoice => invoice.Sent == 1));

    private static OnceStripeInvoice Read(JsonNode? shown)
    {
        var metadata = shown!["metadata"]!;
        return new((string)shown["id"]!, (string)shown["status"]!, (long)shown["total"]!, (string?)metadata["deal_id"],
            $"{(string?)metadata["revops_invoice"]}/{(string?)metadata["revops_draft"]}".ToUpperInvariant(), (long)shown["sent"]!);
    }

    private static string DraftOf(string invoice, long version) => $"{invoice}/{version}".ToUpperInvariant();
}
