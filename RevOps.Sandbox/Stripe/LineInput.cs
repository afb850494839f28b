namespace RevOps.Sandbox.Stripe;

/// <summary>One entry of <c>lines[n]</c>: either an amount, or a quantity at a price; with rates, or with tax already worked out.</summary>
internal static class LineInput
{
    private static readonly string[] Changing = ["amount", "quantity", "quantity_decimal", "tax_rates", "tax_amounts"];

    public static InvoiceLine Read(StripeSession session, Invoice invoice, FormBody form, InvoiceLine before)
    {
        if (form.Text("discounts") is not null || form.Items("discounts").Count > 0)
            throw StripeException.Invalid(form.Path("discounts"), "The sandbox has no coupons: give a discount as a negative line.");
        if (before.Amount != 0 && !Changing.Any(form.Has) && form.Group("price_data") is null && form.Items("tax_amounts").Count == 0)
            return before with { Description = form.Text("description", before.Description), Metadata = form.Metadata(before.Metadata) };
        var priced = Priced(form, invoice, before) with
        {
            Description = form.Text("description", before.Description),
            Discountable = form.Flag("discountable") ?? before.Discountable,
            Metadata = form.Metadata(before.Metadata),
            Period = form.Group("period") is { } p ? new Period(p.Integer("end") ?? session.Now, p.Integer("start") ?? session.Now) : before.Period,
        };
        return priced with { Taxes = Taxes(session, invoice, form, priced) };
    }

    private static InvoiceLine Priced(FormBody form, Invoice invoice, InvoiceLine before)
    {
        var amount = form.Integer("amount");
        if (form.Has("quantity") && form.Has("quantity_decimal"))
            throw StripeException.Invalid(form.Path("quantity"), "Give quantity or quantity_decimal, not both.");
        var quantity = form.Integer("quantity") ?? form.Number("quantity_decimal");
        if (quantity < 0)
            throw StripeException.Invalid(form.Path("quantity"), "This value must be greater than or equal to 0.");
        if (form.Group("price_data") is { } price)
        {
            if (amount is not null)
                throw StripeException.Invalid(form.Path("amount"), "You may only specify one of these parameters: amount, price_data.");
            return AtPrice(price, invoice, before, quantity ?? before.Quantity);
        }
        if (amount is null)
        {
            if (before.Pricing.UnitAmountDecimal is not { } unit)
                throw StripeException.Missing(form.Path("amount"));
            return before with { Quantity = quantity ?? before.Quantity, Amount = InvoiceMath.Round(Number(unit) * (quantity ?? before.Quantity)) };
        }
        return quantity is null or 1
            ? before with { Amount = amount.Value, Quantity = 1, Pricing = new Pricing(null, InvoiceMath.Decimal(amount.Value)) }
            : throw StripeException.Invalid(form.Path("quantity"), "Pass price_data with a quantity; an amount stands for the whole line.");
    }

    private static InvoiceLine AtPrice(FormBody price, Invoice invoice, InvoiceLine before, decimal quantity)
    {
        if (price.Required("currency") != invoice.Currency)
            throw StripeException.Invalid(price.Path("currency"), $"The currency of the line must be that of the invoice: {invoice.Currency}.");
        price.OneOf("tax_behavior", null, "inclusive", "exclusive", "unspecified");
        var product = price.Text("product");
        if (product is null)
        {
            var data = price.Group("product_data") ?? throw StripeException.Missing(price.Path("product"));
            data.Required("name");
            data.Text("description");
            product = Wire.NewId("prod_", 14);
        }
        var unit = price.Integer("unit_amount") ?? price.Number("unit_amount_decimal") ?? throw StripeException.Missing(price.Path("unit_amount"));
        return before with
        {
            Amount = InvoiceMath.Round(unit * quantity),
            Quantity = quantity,
            Description = before.Description ?? price.Group("product_data")?.Text("name"),
            Pricing = new Pricing(new PriceDetails(Wire.NewId("price_"), product), InvoiceMath.Decimal(unit)),
        };
    }

    private static IReadOnlyList<Tax> Taxes(StripeSession session, Invoice invoice, FormBody form, InvoiceLine line)
    {
        var manual = form.Items("tax_amounts");
        if (manual.Count > 0)
            return [.. manual.Select(t => Manual(session, t))];
        var rates = form.Has("tax_rates") ? form.Texts("tax_rates")
            : form.Has("tax_amounts") ? []
            : line.Taxes.Count > 0 ? [.. line.Taxes.Select(t => t.TaxRateDetails.TaxRate)]
            : invoice.DefaultTaxRates;
        return InvoiceMath.Taxes(line.Amount,
            [.. rates.Where(id => id.Length > 0).Select(id => session.Get<TaxRate>(id, "tax rate", form.Path("tax_rates")))]);
    }

    private static Tax Manual(StripeSession session, FormBody form)
    {
        var data = form.Group("tax_rate_data") ?? throw StripeException.Missing(form.Path("tax_rate_data"));
        var rate = TaxRates.Add(session, data, active: false);
        form.OneOf("taxability_reason", null, "not_available", "reverse_charge", "customer_exempt", "not_collecting", "standard_rated", "zero_rated");
        return new Tax(
            form.Integer("amount") ?? throw StripeException.Missing(form.Path("amount")),
            rate.Inclusive ? "inclusive" : "exclusive",
            new TaxRateDetails(rate.Id),
            form.Integer("taxable_amount") ?? throw StripeException.Missing(form.Path("taxable_amount")));
    }

    private static decimal Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
