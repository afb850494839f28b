using System.Globalization;

namespace RevOps.Sandbox.Stripe;

internal static class MinorUnits
{
    /// <summary>Currencies without cents, where Stripe's integer is the amount itself.</summary>
    private static readonly HashSet<string> WithoutCents = new(StringComparer.Ordinal)
    {
        "bif", "clp", "djf", "gnf", "jpy", "kmf", "krw", "mga", "pyg", "rwf", "vnd", "vuv", "xaf", "xof", "xpf",
    };

    public static string Text(long amount, string currency, CultureInfo culture) => WithoutCents.Contains(currency)
        ? $"{amount.ToString("N0", culture)} {currency.ToUpperInvariant()}"
        : $"{(amount / 100m).ToString("N2", culture)} {currency.ToUpperInvariant()}";
}
