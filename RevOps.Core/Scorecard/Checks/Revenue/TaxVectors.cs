using RevOps.Core.Billing;
using RevOps.Core.Platform;

namespace RevOps.Core.Scorecard.Checks.Revenue;

/// <summary>Invoices whose tax is known beforehand, worked out anew by what works out the company's own.</summary>
internal static class TaxVectors
{
    // Amounts and results in minor units, worked out by hand after EN 16931: VAT per rate on the summed base, half away from zero.
    private static readonly Vector[] All =
    [
        new([(3_333, 2_000), (3_333, 2_000), (3_333, 2_000)], false, 9_999, 2_000),
        new([(10_000, 2_000)], false, 10_000, 2_000),
        new([(12_000, 2_000)], true, 10_000, 2_000),
        new([(10_000, 2_000), (10_000, 1_000), (10_000, 550), (10_000, 210)], false, 40_000, 3_760),
        new([(1, 2_000)], false, 1, 0),
        new([(3, 2_000)], false, 3, 1),
        new([(5, 1_000)], false, 5, 1),
        new([(9_999, 550)], true, 9_478, 521),
        new([(10_000, 0)], false, 10_000, 0),
        new([(10_000, 2_000), (-3_000, 2_000)], false, 7_000, 1_400),
        new([(-10_000, 2_000)], false, -10_000, -2_000),
    ];

    public static int Count => All.Length;

    /// <summary>How many come out to the cent, with lines that add up.</summary>
    public static int Right => All.Count(vector => vector.Holds);

    private sealed record Vector((long Minor, int Rate)[] Lines, bool Inclusive, long Net, long Tax)
    {
        public bool Holds
        {
            get
            {
                var totals = InvoiceTotals.Of("EUR", [.. Lines.Select(line => new TaxedAmount(new Money(line.Minor, "EUR"), TaxCategory.Standard, line.Rate))], Inclusive);
                return (totals.Net.Minor, totals.Tax.Minor, totals.Gross.Minor) == (Net, Tax, Net + Tax) && totals.LineNets.Sum(net => net.Minor) == Net && totals.LineTaxes.Sum(tax => tax.Minor) == Tax;
            }
        }
    }
}
