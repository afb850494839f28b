using System.Security.Cryptography;
using System.Text.Json;

namespace RevOps.Core.Billing.Stripe;

/// <summary>A draft as it stands at Stripe: what Finance sees, and what the click to approve is compared with.</summary>
public sealed record StripeReview(StripeInvoice Invoice, IReadOnlyList<StripeLine> Lines)
{
    public static async Task<StripeReview> ReadAsync(StripeClient stripe, string stripeInvoiceId, CancellationToken cancel)
    {
        var invoice = await stripe.GetInvoiceAsync(stripeInvoiceId, cancel);
        return new(invoice, await stripe.GetLinesAsync(invoice, cancel));
    }

    /// <summary>Currency, number of lines, each line, net, tax and total are ours, to the cent; and it waits to be sent, not for Stripe's own clock.</summary>
    public bool Equals(BillableSale sale, InvoiceTotals totals)
    {
        var lines = sale.Lines.Select(line => line.Line).ToList();
        return Invoice is { Status: "draft", CollectionMethod: "send_invoice", AutoAdvance: false }
            && string.Equals(Invoice.Currency, sale.Content.Currency, StringComparison.OrdinalIgnoreCase)
            && Lines.Count == lines.Count
            && lines.All(line => Lines.Any(theirs => theirs.Key == line.Key && StripeAmount.Read(theirs.Amount, theirs.Currency) == line.Amount(sale.Content.Currency)))
            && StripeAmount.Read(Invoice.Total, Invoice.Currency) == totals.Gross
            && StripeAmount.Read(Invoice.TotalExcludingTax ?? Invoice.Total, Invoice.Currency) == totals.Net;
    }

    /// <summary>SHA-256 over everything that a client would be asked to pay for, and whom it would be sent to.</summary>
    public byte[] ComputeHash() => SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new
    {
        Invoice.Id,
        Invoice.Customer,
        Invoice.Currency,
        Invoice.Total,
        Invoice.TotalExcludingTax,
        Invoice.Footer,
        Invoice.Description,
        Invoice.CollectionMethod,
        Invoice.AutoAdvance,
        Invoice.CustomerName,
        Invoice.CustomerEmail,
        Invoice.CustomerAddress,
        Invoice.CustomFields,
        Lines = Lines.OrderBy(line => line.Id, StringComparer.Ordinal)
            .Select(line => new { line.Id, line.Key, line.Amount, line.Description, line.Quantity, Tax = line.Taxes?.Sum(tax => tax.Amount) }),
    }));
}
