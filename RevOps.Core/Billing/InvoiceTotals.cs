using RevOps.Core.Platform;

namespace RevOps.Core.Billing;

/// <summary>A line before the tax is summed: what it costs as written, and its tax.</summary>
/// <param name="Amount">With or without the tax, as the booking says.</param>
public sealed record TaxedAmount(Money Amount, TaxCategory Category, int RateBasisPoints);

/// <summary>Base and tax of one category and rate.</summary>
public sealed record TaxSubtotal(TaxCategory Category, int RateBasisPoints, Money Base, Money Tax);

/// <summary>Totals after EN 16931: VAT per category and rate on the summed base, then spread over the lines to the cent.</summary>
/// <param name="LineNets">Net of each line, in the order given; they add up to <see cref="Net"/>.</param>
/// <param name="LineTaxes">Tax of each line; they add up to <see cref="Tax"/>.</param>
public sealed record InvoiceTotals(Money Net, Money Tax, Money Gross, IReadOnlyList<TaxSubtotal> Subtotals, IReadOnlyList<Money> LineNets, IReadOnlyList<Money> LineTaxes)
{
    /// <summary>
    /// Computes the totals. Three lines of 33.33 € at 20 % carry 20.00 € of tax (20 % of 99.99 €), not three times 6.67 €.
    /// </summary>
    /// <param name="inclusive">The amounts hold the tax already.</param>
    public static InvoiceTotals Of(string currency, IReadOnlyList<TaxedAmount> lines, bool inclusive)
    {
        var nets = new Money[lines.Count];
        var taxes = new Money[lines.Count];
        var subtotals = new List<TaxSubtotal>();
        foreach (var group in lines.Select((line, index) => (line, index)).GroupBy(pair => (pair.line.Category, pair.line.RateBasisPoints)))
        {
            var members = group.ToList();
            var sum = members.Aggregate(Money.Zero(currency), (total, pair) => total + pair.line.Amount);
            var net = inclusive ? Money.Round(sum.Amount * 10_000 / (10_000 + group.Key.RateBasisPoints), currency) : sum;
            var tax = inclusive ? sum - net : sum.Share(group.Key.RateBasisPoints);
            subtotals.Add(new(group.Key.Category, group.Key.RateBasisPoints, net, tax));

            var shares = Spread(tax, [.. members.Select(pair => pair.line.Amount)], amount => inclusive ? amount - Money.Round(amount.Amount * 10_000 / (10_000 + group.Key.RateBasisPoints), currency) : amount.Share(group.Key.RateBasisPoints));
            foreach (var (member, share) in members.Zip(shares))
            {
                taxes[member.index] = share;
                nets[member.index] = inclusive ? member.line.Amount - share : member.line.Amount;
            }
        }

        var (netTotal, taxTotal) = (Sum(currency, subtotals.Select(s => s.Base)), Sum(currency, subtotals.Select(s => s.Tax)));
        return new(netTotal, taxTotal, netTotal + taxTotal, subtotals, nets, taxes);
    }

    /// <summary>A deduction carries the tax of its own amount; what then remains is spread over the others.</summary>
    private static Money[] Spread(Money tax, Money[] amounts, Func<Money, Money> taxOf)
    {
        var shares = Array.ConvertAll(amounts, amount => amount.Minor < 0 ? taxOf(amount) : Money.Zero(amount.Currency));
        if (!amounts.Any(amount => amount.Minor > 0))
        {
            // Deductions alone: the last takes what rounding leaves.
            if (shares.Length > 0)
                shares[^1] += tax - Sum(tax.Currency, shares);
            return shares;
        }

        var others = (tax - Sum(tax.Currency, shares)).Split([.. amounts.Select(amount => (decimal)Math.Max(0, amount.Minor))]);
        return [.. shares.Zip(others, (share, other) => share + other)];
    }

    private static Money Sum(string currency, IEnumerable<Money> parts) => parts.Aggregate(Money.Zero(currency), (total, part) => total + part);
}
