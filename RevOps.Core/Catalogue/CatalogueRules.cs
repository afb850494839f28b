using System.Globalization;
using RevOps.Core.Platform;

namespace RevOps.Core.Catalogue;

/// <summary>What is wrong with an entry of the catalogue: the field's name and a code that the page puts into words.</summary>
public static class CatalogueRules
{
    public const string Exclusive = "HT";
    public const string Inclusive = "TTC";

    private const int LongestCode = 100;
    private const int LongestName = 200;
    private const int Places = 6;
    private const decimal Highest = 999_999_999m;
    private static readonly DateOnly Earliest = new(2000, 1, 1);
    private static readonly DateOnly Latest = new(2100, 12, 31);

    /// <param name="entry">As typed.</param>
    /// <param name="isRate">Whether the seller's country knows a rate.</param>
    public static IReadOnlyDictionary<string, string> Check(ServiceEntry entry, Func<int, bool> isRate) => Found(OfService(entry, isRate));

    public static IReadOnlyDictionary<string, string> Check(PriceEntry entry) => Found(OfPrice(entry));

    /// <summary>"1 212,15" and "1212.15", with whichever blank; null when it is no amount of at most six decimals.</summary>
    public static decimal? Amount(string text) =>
        decimal.TryParse(string.Concat(text.Where(sign => !char.IsWhiteSpace(sign))).Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
        && amount <= Highest && decimal.Round(amount, Places) == amount ? amount : null;

    /// <summary>In minor units; null when it is no amount, or has more decimals than the currency.</summary>
    public static long? Minor(string text, string currency) =>
        Amount(text) is { } amount && Currency.IsKnown(currency) && Money.Round(amount, currency) is var money && money.Amount == amount ? money.Minor : null;

    /// <summary>Null for the standard rate, and for what is no rate.</summary>
    public static int? Rate(string text) => text.Trim().Length == 0 ? null : CompanyRules.BasisPoints(text);

    /// <summary>As a form or a file writes days: 2026-03-31, or 31/03/2026.</summary>
    public static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text.Trim(), ["yyyy-MM-dd", "dd/MM/yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day >= Earliest && day <= Latest ? day : null;

    /// <summary>Null when it is neither HT nor TTC.</summary>
    public static bool? IsInclusive(string text) => text.Trim().ToUpperInvariant() switch { Exclusive => false, Inclusive => true, _ => null };

    public static string Text(decimal amount) => amount.ToString("0.######", CultureInfo.InvariantCulture);

    private static IEnumerable<(string Field, string? Problem)> OfService(ServiceEntry entry, Func<int, bool> isRate)
    {
        var (code, name, cost, currency) = (entry.Code.Trim(), entry.Name.Trim(), entry.Cost.Trim(), entry.CostCurrency.Trim().ToUpperInvariant());
        yield return (nameof(entry.Code), code.Length == 0 ? "codeMissing" : null);

        // Senders' codes are compared whatever their case, which only plain letters have the same way in every database.
        yield return (nameof(entry.Code), code.Length > LongestCode || !code.All(sign => sign is >= ' ' and <= '~' and not ';') ? "codeForm" : null);
        yield return (nameof(entry.Name), name.Length == 0 ? "nameMissing" : name.Length > LongestName ? "nameLong" : null);
        yield return (nameof(entry.Rate), entry.Rate.Trim().Length == 0 ? null : Rate(entry.Rate) is not { } rate ? "rate" : isRate(rate) ? null : "rateUnknown");
        if (cost.Length == 0)
            yield break;
        yield return (nameof(entry.CostCurrency), Currency.IsKnown(currency) ? null : "currency");
        yield return (nameof(entry.Cost), Currency.IsKnown(currency) ? Minor(cost, currency) is null ? "cost" : null : Amount(cost) is null ? "cost" : null);
    }

    private static IEnumerable<(string Field, string? Problem)> OfPrice(PriceEntry entry)
    {
        yield return (nameof(entry.Amount), entry.Amount.Trim().Length == 0 ? "priceMissing" : Amount(entry.Amount) is null ? "price" : null);
        yield return (nameof(entry.Currency), Currency.IsKnown(entry.Currency.Trim().ToUpperInvariant()) ? null : "currency");
        yield return (nameof(entry.Tax), IsInclusive(entry.Tax) is null ? "tax" : null);
        yield return (nameof(entry.From), entry.From.Trim().Length == 0 ? "fromMissing" : Day(entry.From) is null ? "from" : null);
        if (entry.Until.Trim().Length > 0)
            yield return (nameof(entry.Until), Day(entry.Until) is not { } until ? "until" : until < Day(entry.From) ? "untilBefore" : null);
    }

    private static Dictionary<string, string> Found(IEnumerable<(string Field, string? Problem)> checks)
    {
        var wrong = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (field, problem) in checks)
        {
            if (problem is not null)
                wrong.TryAdd(field, problem);
        }

        return wrong;
    }
}
