using System.Globalization;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Platform;

namespace RevOps.Tests.Billing.Stripe;

public sealed class StripeRequestsTests
{
    [Fact]
    public void CreateInvoice_NeverLetsStripeGoOnByItself()
    {
        var request = StripeRequests.CreateInvoice(new StripeInvoiceDraft
        {
            CustomerId = "cus_1",
            Currency = "EUR",
            DaysUntilDue = 30,
            Footer = "Pénalités : 12 % & 40 €",
            CustomFields = [new StripeCustomField("Bon de commande", "PO-7")],
            Metadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["invoice"] = "i1", ["deal"] = "d 1" },
        });

        Assert.Equal("POST /v1/invoices", request.ToString());
        Assert.Equal(
            "customer=cus_1&currency=eur&collection_method=send_invoice&days_until_due=30&auto_advance=false"
            + "&pending_invoice_items_behavior=exclude&automatic_tax[enabled]=false&discounts="
            + "&footer=P%C3%A9nalit%C3%A9s%20%3A%2012%20%25%20%26%2040%20%E2%82%AC"
            + "&custom_fields[0][name]=Bon%20de%20commande&custom_fields[0][value]=PO-7"
            + "&metadata[deal]=d%201&metadata[invoice]=i1",
            request.Body);
    }

    [Fact]
    public void AddLines_LeavesAProductToStripeOnlyWhereNothingIsRounded()
    {
        var body = StripeRequests.AddLines("in_1", [Line("a", 3, 12.5m, 3750), Line("b", 3, 0.333333m, 100), Line("c", 1.5m, 10m, 1500)]).Body;

        Assert.Contains("lines[0][quantity]=3&lines[0][price_data][currency]=eur&lines[0][price_data][product_data][name]=Work&lines[0][price_data][unit_amount_decimal]=1250&", body, StringComparison.Ordinal);
        Assert.Contains("lines[1][description]=Work%20%283%20%C3%97%200.333333%20EUR%29&lines[1][amount]=100&", body, StringComparison.Ordinal);
        Assert.Contains("lines[2][amount]=1500&", body, StringComparison.Ordinal);
        Assert.Contains("lines[1][metadata][line_key]=b&lines[1][metadata][quantity]=3&lines[1][metadata][unit_price]=0.333333", body, StringComparison.Ordinal);
    }

    [Fact]
    public void AddLines_PrintsWhatWasTakenOff()
    {
        // A reduction that was agreed has to stand on a French invoice: without it the figures would not add up for the client.
        Assert.Equal("Work (2 × 50 EUR, remise 10.5 EUR)", Line("a", 2, 50m, 8_950).Printed);
        Assert.Equal("Work (1 × 50 EUR, remise 50 EUR)", Line("a", 1, 50m, 0).Printed);
        Assert.Equal(["Work", "Work", "Work"], new[] { Line("a", 2, 50m, 10_000), Line("a", 1, 0.125m, 13), Line("a", 1, -50m, -5_000) }.Select(line => line.Printed));
    }

    [Fact]
    public void AddLines_SendsOurOwnVatPerLine()
    {
        var line = Line("a", 1, 33.33m, 3333) with
        {
            Taxes = [new StripeTaxDraft { Amount = new Money(666, "EUR"), Taxable = new Money(3333, "EUR"), DisplayName = "TVA", RateBasisPoints = 550 }],
        };

        Assert.EndsWith(
            "&lines[0][tax_amounts][0][amount]=666&lines[0][tax_amounts][0][taxable_amount]=3333"
            + "&lines[0][tax_amounts][0][tax_rate_data][display_name]=TVA&lines[0][tax_amounts][0][tax_rate_data][percentage]=5.5"
            + "&lines[0][tax_amounts][0][tax_rate_data][inclusive]=false&lines[0][tax_amounts][0][tax_rate_data][country]=FR"
            + "&lines[0][tax_amounts][0][tax_rate_data][tax_type]=vat",
            StripeRequests.AddLines("in_1", [line]).Body,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Bodies_AreTheSameInEveryCultureAndOrderOfMetadata()
    {
        var before = CultureInfo.CurrentCulture;
        var english = Write(["a", "b", "c"]);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("fr-FR");
            Assert.Equal(english, Write(["c", "a", "b"]));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        static string Write(string[] keys) =>
            StripeRequests.AddLines("in_1", [Line("a", 2.5m, 1234.5m, 308625)]).Body
            + StripeRequests.UpdateInvoice("in_1", new StripeInvoiceChange { Metadata = keys.ToDictionary(key => key, key => key, StringComparer.Ordinal) }).Body;
    }

    [Fact]
    public void Drafts_BeyondStripesLimitsAreRefusedHere()
    {
        var fields = Enumerable.Repeat(new StripeCustomField("n", "v"), 5).ToList();
        Assert.Throws<ArgumentException>(() => StripeRequests.UpdateInvoice("in_1", new StripeInvoiceChange { CustomFields = fields }));
        Assert.Throws<ArgumentException>(() => StripeRequests.AddLines("in_1", []));
        Assert.Throws<ArgumentException>(() => new StripeForm().AddMetadata("metadata", new Dictionary<string, string>(StringComparer.Ordinal) { ["k"] = new('x', 501) }));
    }

    [Fact]
    public void Paths_HoldNoForeignCharacters() =>
        Assert.Equal("/v1/invoices/in_1%2F..%2F..%3Fx/finalize", StripeRequests.Finalize("in_1/../..?x").Path);

    [Theory]
    [InlineData("EUR", 12050, 12050)]
    [InlineData("JPY", 500, 500)]
    [InlineData("UGX", 5000, 500000)]
    [InlineData("TND", 1230, 1230)]
    public void StripeAmount_TurnsMinorUnitsIntoStripesAndBack(string currency, long ours, long stripes)
    {
        Assert.Equal(stripes, StripeAmount.Of(new Money(ours, currency)));
        Assert.Equal(new Money(ours, currency), StripeAmount.Read(stripes, currency.ToLowerInvariant()));
    }

    [Fact]
    public void StripeAmount_RefusesWhatStripeCannotHold()
    {
        Assert.Throws<ArgumentException>(() => StripeAmount.Of(new Money(1234, "TND")));
        Assert.Equal(5m, StripeAmount.Of(5m, "MGA"));
    }

    private static StripeLineDraft Line(string key, decimal quantity, decimal price, long minor) =>
        new() { Key = key, Description = "Work", Quantity = quantity, UnitPrice = price, Amount = new Money(minor, "EUR") };
}
