using System.Globalization;

namespace RevOps.Sandbox.Stripe;

/// <summary>Stripe's arithmetic: cents, and tax rounded on each line, so three lines of 33.33 at 20 % owe 20.01, not 20.00.</summary>
internal static class InvoiceMath
{
    public static long Round(decimal cents) => (long)decimal.Round(cents, 0, MidpointRounding.AwayFromZero);

    public static string Decimal(decimal value) => value.ToString("0.############", CultureInfo.InvariantCulture);

    public static IReadOnlyList<Tax> Taxes(long amount, IReadOnlyList<TaxRate> rates)
    {
        var inside = rates.Where(r => r.Inclusive).Sum(r => r.Percentage);
        var taxable = amount / (1 + inside / 100);
        return [.. rates.Select(r => new Tax(
            Round(taxable * r.Percentage / 100), r.Inclusive ? "inclusive" : "exclusive", new TaxRateDetails(r.Id), Round(taxable)))];
    }

    public static Invoice WithTotals(Invoice invoice, IReadOnlyList<InvoiceLine> lines)
    {
        var taxes = lines.SelectMany(l => l.Taxes).GroupBy(t => (t.TaxRateDetails.TaxRate, t.TaxBehavior))
            .Select(g => g.First() with { Amount = g.Sum(t => t.Amount), TaxableAmount = g.Sum(t => t.TaxableAmount) }).ToList();
        var subtotal = lines.Sum(l => l.Amount);
        var included = taxes.Where(t => t.TaxBehavior == "inclusive").Sum(t => t.Amount);
        var total = subtotal + taxes.Sum(t => t.Amount) - included;
        return Due(invoice with
        {
            Subtotal = subtotal,
            SubtotalExcludingTax = subtotal - included,
            Total = total,
            TotalExcludingTax = subtotal - included,
            TotalTaxes = taxes,
        });
    }

    /// <summary>What is asked for: the total less credit notes given before payment and less the customer's own credit.</summary>
    public static Invoice Due(Invoice invoice)
    {
        var due = Math.Max(0, invoice.Total - invoice.PrePaymentCreditNotesAmount + invoice.StartingBalance - (invoice.EndingBalance ?? 0));
        return invoice with { AmountDue = due, AmountRemaining = Math.Max(0, due - invoice.AmountPaid) };
    }

    /// <summary>A part of a tax, for the part of a line that a credit note takes back.</summary>
    public static IReadOnlyList<Tax> Share(IReadOnlyList<Tax> taxes, decimal part) =>
        [.. taxes.Select(t => t with { Amount = Round(t.Amount * part), TaxableAmount = Round(t.TaxableAmount * part) })];
}
