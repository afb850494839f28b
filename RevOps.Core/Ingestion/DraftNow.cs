using RevOps.Core.Billing;
using RevOps.Core.Billing.Stripe;

namespace RevOps.Core.Ingestion;

/// <summary>How a draft stands at Stripe at the moment of a decision.</summary>
internal static class DraftNow
{
    /// <summary>In the place of a status, for what is no longer there.</summary>
    public const string Gone = "gone";

    /// <summary>What a review hash is compared with; empty when it is no draft any more, null when Stripe could not be asked.</summary>
    public static async Task<byte[]?> HashAsync(StripeClient stripe, Invoice invoice, CancellationToken cancel)
    {
        try
        {
            var review = await StripeReview.ReadAsync(stripe, invoice.StripeInvoiceId!, cancel);

            // Finalised elsewhere it is no draft any more, whatever its amounts.
            return review.Invoice.Status == "draft" ? review.ComputeHash() : [];
        }
        catch (StripeException gone) when (gone.Code == "resource_missing")
        {
            return [];
        }
        catch (StripeException)
        {
            return null;
        }
    }

    /// <summary>Stripe's word for it; null when Stripe could not be asked.</summary>
    public static async Task<string?> StatusAsync(StripeClient stripe, Invoice invoice, CancellationToken cancel)
    {
        try
        {
            return (await stripe.GetInvoiceAsync(invoice.StripeInvoiceId!, cancel)) is { Deleted: false } found ? found.Status : Gone;
        }
        catch (StripeException gone) when (gone.Code == "resource_missing")
        {
            return Gone;
        }
        catch (StripeException)
        {
            return null;
        }
    }
}
