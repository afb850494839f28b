using System.Globalization;

namespace RevOps.Core.Platform;

/// <summary>
/// An amount in minor units of one currency: <c>new Money(12_050, "EUR")</c> is 120.50 €.
/// Arithmetic is checked, and two currencies never meet: adding EUR to USD throws.
/// </summary>
public readonly record struct Money
{
    public Money(long minor, string currency)
    {
        _ = Platform.Currency.Decimals(currency);
        (Minor, Currency) = (minor, currency);
    }

    /// <summary>Minor units: cents for EUR, yen for JPY.</summary>
    public long Minor { get; }

    /// <summary>Upper-case ISO 4217 code.</summary>
    public string Currency { get; }

    /// <summary>The amount in whole units: 120.50 for 12,050 euro cents.</summary>
    public decimal Amount => Minor / Scale(Currency);

    public static Money Zero(string currency) => new(0, currency);

    /// <summary>Rounds half away from zero to the minor unit, as an invoice line does.</summary>
    public static Money Round(decimal amount, string currency) =>
        new(checked((long)Math.Round(amount * Scale(currency), MidpointRounding.AwayFromZero)), currency);

    public static Money operator +(Money left, Money right) => new(checked(left.Minor + right.In(left.Currency)), left.Currency);

    public static Money operator -(Money left, Money right) => new(checked(left.Minor - right.In(left.Currency)), left.Currency);

    public static Money operator -(Money money) => new(checked(-money.Minor), money.Currency);

    /// <summary>A share in basis points, half away from zero: 20 % of 33.33 € is <c>Share(2_000)</c> = 6.67 €.</summary>
    public Money Share(int basisPoints) => new(checked((long)Math.Round(Minor * (decimal)basisPoints / 10_000, MidpointRounding.AwayFromZero)), Currency);

    /// <summary>
    /// Splits into parts in proportion to the weights, to the minor unit: what rounding leaves goes to the largest remainders
    /// (ties to the earlier part), so the parts always add up to the whole.
    /// </summary>
    /// <exception cref="ArgumentException">No weight, a negative weight, or only zeros.</exception>
    public Money[] Split(IReadOnlyList<decimal> weights)
    {
        var sum = weights.Sum();
        if (sum <= 0 || weights.Any(weight => weight < 0))
            throw new ArgumentException("Weights are non-negative and one at least is positive.", nameof(weights));

        var (minor, currency) = (Minor, Currency);
        var exact = weights.Select(weight => minor * weight / sum).ToArray();
        var parts = exact.Select(part => (long)Math.Floor(part)).ToArray();
        var left = checked((int)(minor - parts.Sum()));
        foreach (var index in Enumerable.Range(0, parts.Length).OrderByDescending(i => exact[i] - parts[i]).ThenBy(i => i).Take(left))
            parts[index]++;

        return Array.ConvertAll(parts, part => new Money(part, currency));
    }

    /// <summary>For logs and errors, such as "120.50 EUR"; pages format with the reader's culture.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Amount.ToString("F" + Platform.Currency.Decimals(Currency), CultureInfo.InvariantCulture)} {Currency}");

    private static decimal Scale(string currency) => Platform.Currency.Decimals(currency) switch { 0 => 1m, 3 => 1_000m, _ => 100m };

    private long In(string currency) => Currency == currency
        ? Minor
        : throw new InvalidOperationException($"{Currency} and {currency} cannot be added: figures stay per currency.");
}
