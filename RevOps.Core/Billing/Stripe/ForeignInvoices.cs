using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Platform;

namespace RevOps.Core.Billing.Stripe;

/// <summary>Keeps account of the invoices that other programs make in the same Stripe account.</summary>
public static class ForeignInvoices
{
    /// <summary>Under these names other programs write the deal or booking that an invoice is for; the first that says something counts.</summary>
    public static readonly IReadOnlyList<string> ReferenceKeys = ["deal_id", "dealId", "deal", "booking_id", "bookingId", "booking", "hubspot_deal_id", "order_id"];

    /// <summary>Adds it or brings it up to date. The caller saves.</summary>
    public static async Task<ForeignInvoice> NoteAsync(RevOpsDb db, StripeInvoice theirs, Mode mode, CancellationToken cancel)
    {
        var known = await db.Set<ForeignInvoice>().SingleOrDefaultAsync(row => row.StripeInvoiceId == theirs.Id, cancel);
        if (known is null)
        {
            known = new()
            {
                Id = Guid.CreateVersion7(),
                StripeInvoiceId = theirs.Id,
                Mode = mode,
                Status = theirs.Status,
                StripeCustomerId = theirs.Customer,
                Currency = theirs.Currency.ToUpperInvariant(),
                OccurredAt = theirs.Created ?? TimeProvider.System.GetUtcNow(),
                RecordedAt = TimeProvider.System.GetUtcNow(),
            };
            db.Add(known);
        }

        var total = StripeAmount.Read(theirs.Total, theirs.Currency);
        (known.Status, known.Number, known.StripeCustomerId, known.Currency) = (theirs.Status, theirs.Number, theirs.Customer, total.Currency);
        (known.GrossMinor, known.NetMinor) = (total.Minor, StripeAmount.Read(theirs.TotalExcludingTax ?? theirs.Total, theirs.Currency).Minor);

        // Said once: Finance may have decided since that it is of none of our sales.
        known.Reference ??= ReferenceOf(theirs);
        known.RecordedAt = TimeProvider.System.GetUtcNow();
        return known;
    }

    /// <summary>One that was deleted, or is not known to Stripe any more.</summary>
    public static async Task NoteGoneAsync(RevOpsDb db, string stripeInvoiceId, CancellationToken cancel)
    {
        if (await db.Set<ForeignInvoice>().SingleOrDefaultAsync(row => row.StripeInvoiceId == stripeInvoiceId, cancel) is { } known)
            (known.Status, known.RecordedAt) = ("deleted", TimeProvider.System.GetUtcNow());
    }

    /// <summary>The deal or booking that its metadata names; null: none.</summary>
    public static string? ReferenceOf(StripeInvoice theirs) =>
        ReferenceKeys.Select(key => theirs.Metadata.GetValueOrDefault(key)).FirstOrDefault(value => !string.IsNullOrWhiteSpace(value)) is { } found ? found[..Math.Min(found.Length, 200)].Trim() : null;
}
