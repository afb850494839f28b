using RevOps.Core.Platform;

namespace RevOps.Core.Billing.Stripe;

/// <summary>
/// Our minor units are those of ISO 4217; Stripe's differ for a few currencies: MGA has no decimals there, ISK and UGX keep two, and
/// of three decimals the last must be 0. Source: docs.stripe.com/currencies, zero-decimal, three-decimal and special cases.
/// </summary>
public static class StripeAmount
{
    /// <summary>12,050 for 120.50 EUR; 500,000 for 5,000 UGX.</summary>
    /// <exception cref="ArgumentException">The amount has a minor unit that Stripe cannot hold (1.234 TND).</exception>
    public static long Of(Money money)
    {
        var exact = Of(money.Amount, money.Currency);
        var step = Decimals(money.Currency) == 3 ? 10 : 1;
        return exact % step == 0
            ? checked((long)exact)
            : throw new ArgumentException($"Stripe has no minor unit for {money}.", nameof(money));
    }

    /// <summary>A unit price in Stripe's minor units, decimals kept: 0.125 EUR is 12.5.</summary>
    public static decimal Of(decimal amount, string currency) => amount * Scale(Decimals(currency));

    /// <summary>A unit price back from Stripe's minor units, in whole units of the currency.</summary>
    public static decimal Units(decimal amount, string stripeCurrency) => amount / Scale(Decimals(stripeCurrency.ToUpperInvariant()));

    /// <summary>Back from Stripe's integer and its lower-case code.</summary>
    public static Money Read(long amount, string stripeCurrency)
    {
        var currency = stripeCurrency.ToUpperInvariant();
        return Money.Round(amount / Scale(Decimals(currency)), currency);
    }

    private static int Decimals(string currency) => currency switch
    {
        "MGA" => 0,
        "ISK" or "UGX" => 2,
        _ => Currency.Decimals(currency),
    };

    private static decimal Scale(int decimals) => decimals switch { 0 => 1m, 3 => 1_000m, _ => 100m };
}
