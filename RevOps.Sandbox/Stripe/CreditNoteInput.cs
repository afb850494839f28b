namespace RevOps.Sandbox.Stripe;

/// <summary>What a credit note takes back: lines of the invoice, lines of its own, or one amount with its share of the tax.</summary>
internal static class CreditNoteInput
{
    public static CreditNote Read(StripeCall call, Invoice invoice)
    {
        var (session, form) = (call.Session, call.Form);
        if (form.Has("amount") == form.Has("lines"))
            throw StripeException.Invalid("amount", "Pass exactly one of amount and lines.");
        var lines = form.Integer("amount") is { } amount
            ? [OfAmount(invoice, amount)]
            : form.Items("lines").Select(l => Line(session, invoice, l)).ToList();
        CheckWithinLines(session, invoice, lines);
        // The same sums as on an invoice, over the lines given back.
        var sums = InvoiceMath.WithTotals(invoice, [.. lines.Select(l => AsInvoiceLine(session, invoice, l))]);
        var id = Wire.NewId("cn_");
        return new CreditNote
        {
            Id = id,
            Created = session.Now,
            Currency = invoice.Currency,
            Customer = invoice.Customer,
            EffectiveAt = form.Integer("effective_at") ?? session.Now,
            Invoice = invoice.Id,
            Lines = new CreditNoteLines(lines, $"/v1/credit_notes/{id}/lines"),
            Memo = form.Text("memo"),
            Metadata = form.Metadata(new SortedDictionary<string, string>(StringComparer.Ordinal)),
            OutOfBandAmount = form.Integer("out_of_band_amount"),
            Reason = form.OneOf("reason", null, "duplicate", "fraudulent", "order_change", "product_unsatisfactory"),
            Subtotal = sums.Subtotal,
            SubtotalExcludingTax = sums.SubtotalExcludingTax,
            Total = sums.Total,
            TotalExcludingTax = sums.TotalExcludingTax,
            TotalTaxes = sums.TotalTaxes,
        };
    }

    private static CreditNoteLine OfAmount(Invoice invoice, long amount)
    {
        var taxes = invoice.Total == 0 ? [] : InvoiceMath.Share(invoice.TotalTaxes, (decimal)amount / invoice.Total);
        var added = taxes.Where(t => t.TaxBehavior == "exclusive").Sum(t => t.Amount);
        return new CreditNoteLine { Id = Wire.NewId("cnli_"), Amount = amount - added, Quantity = 1, Taxes = taxes, Type = "custom_line_item" };
    }

    private static CreditNoteLine Line(StripeSession session, Invoice invoice, FormBody form)
    {
        form.OneOf("type", null, "invoice_line_item", "custom_line_item");
        return form.Required("type") == "custom_line_item" ? Custom(session, form) : OfInvoice(session, invoice, form);
    }

    private static CreditNoteLine OfInvoice(StripeSession session, Invoice invoice, FormBody form)
    {
        var line = session.Get<InvoiceLine>(form.Required("invoice_line_item"), "line item", form.Path("invoice_line_item"));
        if (line.Invoice != invoice.Id)
            throw StripeException.NoSuch("line item", line.Id, form.Path("invoice_line_item"));
        var (quantity, amount) = (form.Integer("quantity"), form.Integer("amount"));
        if (quantity is null == amount is null)
            throw StripeException.Invalid(form.Path("quantity"), "Pass exactly one of quantity and amount.");
        var part = quantity is { } q && line.Quantity > 0 ? q / line.Quantity : line.Amount == 0 ? 0 : (decimal)(amount ?? 0) / line.Amount;
        if (part is < 0 or > 1)
            throw StripeException.Invalid(form.Path("amount"), "You cannot credit more than the invoice line item.");
        return new CreditNoteLine
        {
            Id = Wire.NewId("cnli_"),
            Amount = amount ?? InvoiceMath.Round(line.Amount * part),
            Description = form.Text("description") ?? line.Description,
            InvoiceLineItem = line.Id,
            Quantity = quantity,
            Taxes = Manual(session, form) ?? InvoiceMath.Share(line.Taxes, part),
            Type = "invoice_line_item",
            UnitAmountDecimal = line.Pricing.UnitAmountDecimal,
        };
    }

    /// <summary>Tax worked out by the caller, under a rate that the invoice line already names.</summary>
    private static IReadOnlyList<Tax>? Manual(StripeSession session, FormBody form) => form.Has("tax_amounts")
        ? [.. form.Items("tax_amounts").Select(t =>
        {
            var rate = session.Get<TaxRate>(t.Required("tax_rate"), "tax rate", t.Path("tax_rate"));
            return new Tax(
                t.Integer("amount") ?? throw StripeException.Missing(t.Path("amount")),
                rate.Inclusive ? "inclusive" : "exclusive",
                new TaxRateDetails(rate.Id),
                t.Integer("taxable_amount") ?? throw StripeException.Missing(t.Path("taxable_amount")));
        })]
        : null;

    private static CreditNoteLine Custom(StripeSession session, FormBody form)
    {
        var unit = form.Integer("unit_amount") ?? form.Number("unit_amount_decimal") ?? throw StripeException.Missing(form.Path("unit_amount"));
        var quantity = form.Integer("quantity") ?? 1;
        var amount = InvoiceMath.Round(unit * quantity);
        return new CreditNoteLine
        {
            Id = Wire.NewId("cnli_"),
            Amount = amount,
            Description = form.Required("description"),
            Quantity = quantity,
            Taxes = InvoiceMath.Taxes(amount, [.. form.Texts("tax_rates").Select(id => session.Get<TaxRate>(id, "tax rate", form.Path("tax_rates")))]),
            Type = "custom_line_item",
            UnitAmountDecimal = InvoiceMath.Decimal(unit),
        };
    }

    private static void CheckWithinLines(StripeSession session, Invoice invoice, List<CreditNoteLine> lines)
    {
        var earlier = session.Documents.All<CreditNote>(invoice.Id).Where(n => n.Status == "issued").SelectMany(n => n.Lines.Data);
        foreach (var credited in earlier.Concat(lines).Where(l => l.InvoiceLineItem is not null).GroupBy(l => l.InvoiceLineItem!))
        {
            if (Math.Abs(credited.Sum(l => l.Amount)) > Math.Abs(session.Get<InvoiceLine>(credited.Key, "line item").Amount))
                throw StripeException.Invalid("lines", $"The credit notes exceed the invoice line item {credited.Key}.");
        }
    }

    private static InvoiceLine AsInvoiceLine(StripeSession session, Invoice invoice, CreditNoteLine line) => new()
    {
        Id = line.Id,
        Amount = line.Amount,
        Currency = invoice.Currency,
        Invoice = invoice.Id,
        Period = new Period(session.Now, session.Now),
        Pricing = new Pricing(null, null),
        Taxes = line.Taxes,
    };
}
