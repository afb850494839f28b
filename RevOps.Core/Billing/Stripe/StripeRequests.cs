using System.Globalization;
using RevOps.Core.Platform;

namespace RevOps.Core.Billing.Stripe;

/// <summary>
/// Writes every change we ask of Stripe. Pure: the same draft gives the same bytes, and nothing is sent.
/// Source: docs.stripe.com/api at <see cref="StripeClient.ApiVersion"/>.
/// </summary>
public static class StripeRequests
{
    /// <summary>Stripe's own limit for one invoice.</summary>
    public const int MostLines = 250;

    public static StripeRequest CreateCustomer(StripeCustomerDraft customer) => Post("/v1/customers", CustomerForm(customer));

    /// <summary>Says all of it anew; what the draft leaves out keeps its value at Stripe.</summary>
    public static StripeRequest UpdateCustomer(string customerId, StripeCustomerDraft customer) => Post($"/v1/customers/{Id(customerId)}", CustomerForm(customer));

    private static StripeForm CustomerForm(StripeCustomerDraft customer)
    {
        var form = new StripeForm()
            .Add("name", customer.Name)
            .Add("email", customer.Email)
            .Add("phone", customer.Phone)
            .Add("address[line1]", customer.Address?.Line1)
            .Add("address[line2]", customer.Address?.Line2)
            .Add("address[postal_code]", customer.Address?.PostalCode)
            .Add("address[city]", customer.Address?.City)
            .Add("address[country]", customer.Address?.Country)
            .Add("tax_exempt", customer.TaxExempt switch { StripeTaxExempt.Exempt => "exempt", StripeTaxExempt.Reverse => "reverse", _ => null });
        foreach (var (index, locale) in customer.PreferredLocales.Index())
            form.Add($"preferred_locales[{index}]", locale);
        return form.AddMetadata("metadata", customer.Metadata);
    }

    /// <param name="type">Such as <c>eu_vat</c>; Stripe checks those against VIES by itself.</param>
    public static StripeRequest CreateTaxId(string customerId, string type, string value) =>
        Post($"/v1/customers/{Id(customerId)}/tax_ids", new StripeForm().Add("type", type).Add("value", value));

    /// <summary>A draft that Stripe neither issues nor mails by itself, and that picks up no stray item or discount of the customer.</summary>
    public static StripeRequest CreateInvoice(StripeInvoiceDraft invoice)
    {
        var form = new StripeForm()
            .Add("customer", invoice.CustomerId)
            .Add("currency", Code(invoice.Currency))
            .Add("collection_method", "send_invoice")
            .Add("days_until_due", invoice.DaysUntilDue)
            .Add("auto_advance", false)
            .Add("pending_invoice_items_behavior", "exclude")
            .Add("automatic_tax[enabled]", false)
            .Add("discounts", "")
            .Add("description", invoice.Description)
            .Add("footer", invoice.Footer);
        AddFields(form, invoice.CustomFields);
        return Post("/v1/invoices", form.AddMetadata("metadata", invoice.Metadata));
    }

    /// <summary>All lines in one call: all of them arrive or none.</summary>
    /// <exception cref="ArgumentException">No line, or more than <see cref="MostLines"/>.</exception>
    public static StripeRequest AddLines(string invoiceId, IReadOnlyList<StripeLineDraft> lines)
    {
        if (lines.Count is 0 or > MostLines)
            throw new ArgumentException($"An invoice has 1 to {MostLines} lines, not {lines.Count}.", nameof(lines));
        var form = new StripeForm();
        foreach (var (index, line) in lines.Index())
            AddLine(form, $"lines[{index}]", line);
        return Post($"/v1/invoices/{Id(invoiceId)}/add_lines", form);
    }

    /// <summary>Puts our names and texts on lines that another program added; amounts and taxes stay.</summary>
    public static StripeRequest NameLines(string invoiceId, IReadOnlyList<StripeLineName> names)
    {
        var form = new StripeForm();
        foreach (var (index, name) in names.Index())
        {
            form.Add($"lines[{index}][id]", name.LineId).Add($"lines[{index}][description]", name.Description)
                .AddMetadata($"lines[{index}][metadata]", new Dictionary<string, string>(StringComparer.Ordinal) { ["line_key"] = name.Key });
        }

        return Post($"/v1/invoices/{Id(invoiceId)}/update_lines", form);
    }

    public static StripeRequest UpdateInvoice(string invoiceId, StripeInvoiceChange change)
    {
        var form = new StripeForm()
            .Add("due_date", change.DueDate)
            .Add("effective_at", change.EffectiveAt)
            .Add("description", change.Description)
            .Add("footer", change.Footer);
        if (change.TakenOverWithDays is { } days)
            form.Add("collection_method", "send_invoice").Add("days_until_due", days).Add("auto_advance", false).Add("automatic_tax[enabled]", false);
        if (change.CustomFields is { Count: 0 })
            form.Add("custom_fields", "");
        else if (change.CustomFields is { } fields)
            AddFields(form, fields);
        if (change.Metadata is { } metadata)
            form.AddMetadata("metadata", metadata);
        return Post($"/v1/invoices/{Id(invoiceId)}", form);
    }

    /// <summary>Says again that Stripe shall not go on by itself: it forgets the draft's own choice here.</summary>
    public static StripeRequest Finalize(string invoiceId) =>
        Post($"/v1/invoices/{Id(invoiceId)}/finalize", new StripeForm().Add("auto_advance", false));

    public static StripeRequest Send(string invoiceId) => Post($"/v1/invoices/{Id(invoiceId)}/send", new StripeForm());

    /// <summary>
    /// A payment past Stripe as a record of it. Source: docs.stripe.com/api/payment-record/report-payment.
    /// </summary>
    /// <param name="reference">By which the company finds it at its bank.</param>
    /// <param name="at">When it came in.</param>
    public static StripeRequest ReportPayment(Money amount, string customerId, string reference, DateTimeOffset at, IReadOnlyDictionary<string, string> metadata) =>
        Post("/v1/payment_records/report_payment", new StripeForm()
            .Add("amount_requested[value]", StripeAmount.Of(amount))
            .Add("amount_requested[currency]", Code(amount.Currency))
            .Add("customer_details[customer]", customerId)
            .Add("initiated_at", at)
            .Add("outcome", "guaranteed")
            .Add("guaranteed[guaranteed_at]", at)
            .Add("payment_method_details[type]", "custom")
            .Add("payment_method_details[custom][display_name]", "Bank transfer")
            .Add("processor_details[type]", "custom")
            .Add("processor_details[custom][payment_reference]", reference)
            .AddMetadata("metadata", metadata));

    /// <summary>A payment that was recorded is one of this invoice's, of all of it or of a part.</summary>
    public static StripeRequest AttachPayment(string invoiceId, string paymentRecordId) =>
        Post($"/v1/invoices/{Id(invoiceId)}/attach_payment", new StripeForm().Add("payment_record", paymentRecordId));

    /// <summary>A payment that was recorded never was. Source: docs.stripe.com/api/payment-record/report-refund.</summary>
    public static StripeRequest ReportRefund(string paymentRecordId, string reference, DateTimeOffset at) =>
        Post($"/v1/payment_records/{Id(paymentRecordId)}/report_refund", new StripeForm()
            .Add("outcome", "refunded")
            .Add("refunded[refunded_at]", at)
            .Add("processor_details[type]", "custom")
            .Add("processor_details[custom][refund_reference]", reference));

    /// <summary>Tells Stripe that the whole invoice was paid elsewhere, so that it stops asking the client.</summary>
    public static StripeRequest Pay(string invoiceId) =>
        Post($"/v1/invoices/{Id(invoiceId)}/pay", new StripeForm().Add("paid_out_of_band", true));

    /// <summary>For what never left the house; an invoice that was sent is corrected by a credit note.</summary>
    public static StripeRequest Void(string invoiceId) => Post($"/v1/invoices/{Id(invoiceId)}/void", new StripeForm());

    public static StripeRequest DeleteTaxId(string customerId, string taxId) => new(HttpMethod.Delete, $"/v1/customers/{Id(customerId)}/tax_ids/{Id(taxId)}", "");

    /// <summary>Drafts only.</summary>
    public static StripeRequest Delete(string invoiceId) => new(HttpMethod.Delete, $"/v1/invoices/{Id(invoiceId)}", "");

    public static StripeRequest CreateCreditNote(StripeCreditDraft credit)
    {
        var form = new StripeForm()
            .Add("invoice", credit.InvoiceId)
            .Add("reason", credit.Reason)
            .Add("memo", credit.Memo)
            .Add("effective_at", credit.EffectiveAt);
        foreach (var (index, line) in credit.Lines.Index())
            AddCreditLine(form, $"lines[{index}]", line);
        form.Add("refund_amount", credit.Refund is { } refund ? StripeAmount.Of(refund) : default(long?))
            .Add("credit_amount", credit.Credit is { } kept ? StripeAmount.Of(kept) : default(long?))
            .Add("out_of_band_amount", credit.OutOfBand is { } elsewhere ? StripeAmount.Of(elsewhere) : default(long?));
        return Post("/v1/credit_notes", form.AddMetadata("metadata", credit.Metadata));
    }

    internal static string Id(string id) => Uri.EscapeDataString(id);

    private static StripeRequest Post(string path, StripeForm form) => new(HttpMethod.Post, path, form.ToString());

    private static string Code(string currency) => currency.ToLowerInvariant();

    private static void AddLine(StripeForm form, string at, StripeLineDraft line)
    {
        if (line.IsExact)
        {
            form.Add($"{at}[description]", line.Printed)
                .Add($"{at}[quantity]", line.Quantity)
                .Add($"{at}[price_data][currency]", Code(line.Amount.Currency))
                .Add($"{at}[price_data][product_data][name]", line.Description)
                .Add($"{at}[price_data][unit_amount_decimal]", line.Price);
        }
        else
        {
            form.Add($"{at}[description]", line.Printed)
                .Add($"{at}[amount]", StripeAmount.Of(line.Amount));
        }

        form.Add($"{at}[discountable]", false)
            .AddMetadata($"{at}[metadata]", new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["line_key"] = line.Key,
                ["quantity"] = Number(line.Quantity),
                ["unit_price"] = Number(line.UnitPrice),
            });
        foreach (var (index, tax) in line.Taxes.Index())
            AddTax(form, $"{at}[tax_amounts][{index}]", tax);
    }

    private static void AddTax(StripeForm form, string at, StripeTaxDraft tax) => form
        .Add($"{at}[amount]", StripeAmount.Of(tax.Amount))
        .Add($"{at}[taxable_amount]", StripeAmount.Of(tax.Taxable))
        .Add($"{at}[tax_rate_data][display_name]", tax.DisplayName)
        .Add($"{at}[tax_rate_data][percentage]", tax.RateBasisPoints / 100m)
        .Add($"{at}[tax_rate_data][inclusive]", tax.Inclusive)
        .Add($"{at}[tax_rate_data][country]", tax.Country)
        .Add($"{at}[tax_rate_data][tax_type]", "vat");

    private static void AddCreditLine(StripeForm form, string at, StripeCreditLine line)
    {
        form.Add($"{at}[type]", "invoice_line_item")
            .Add($"{at}[invoice_line_item]", line.InvoiceLineId)
            .Add($"{at}[amount]", StripeAmount.Of(line.Amount));
        foreach (var (index, tax) in line.Taxes.Index())
        {
            form.Add($"{at}[tax_amounts][{index}][amount]", StripeAmount.Of(tax.Amount))
                .Add($"{at}[tax_amounts][{index}][taxable_amount]", StripeAmount.Of(tax.Taxable))
                .Add($"{at}[tax_amounts][{index}][tax_rate]", tax.TaxRateId);
        }
    }

    private static void AddFields(StripeForm form, IReadOnlyList<StripeCustomField> fields)
    {
        if (fields.Count > 4 || fields.Any(field => field.Name.Length > 40 || field.Value.Length > 140))
            throw new ArgumentException("Stripe prints four custom fields, names of 40 characters and values of 140.", nameof(fields));
        foreach (var (index, field) in fields.Index())
            form.Add($"custom_fields[{index}][name]", field.Name).Add($"custom_fields[{index}][value]", field.Value);
    }

    private static string Number(decimal value) => value.ToString("0.############", CultureInfo.InvariantCulture);
}
