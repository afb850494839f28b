using System.Globalization;

namespace RevOps.Core.Platform;

/// <summary>What is wrong with entered company data: the field's name and a code that the page puts into words.</summary>
public static class CompanyRules
{
    private const int LongestText = 300;
    private const int LongestCode = 60;

    /// <summary>Longest that French law lets a client take, from the issue on (Code de commerce L441-10).</summary>
    public const int FrenchTerms = 60;

    private const int LongestTerms = 365;
    private const int HighestRate = 10_000;

    public static IReadOnlyDictionary<string, string> Check(CompanyEntry entry)
    {
        var wrong = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (field, problem) in Names(entry).Concat(Numbers(entry)).Concat(Terms(entry)).Concat(Lengths(entry)))
        {
            if (problem is not null)
                wrong.TryAdd(field, problem);
        }

        return wrong;
    }

    /// <summary>A whole number of days; null when it is none.</summary>
    public static int? Days(string text) => int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var days) ? days : null;

    /// <summary>"12,15" and "12.15" are 1,215; null when it is no rate of at most two decimals.</summary>
    public static int? BasisPoints(string text) =>
        decimal.TryParse(text.Trim().TrimEnd('%').TrimEnd().Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rate) && rate is >= 0 and <= HighestRate / 100m && rate * 100 == decimal.Truncate(rate * 100)
            ? (int)(rate * 100)
            : null;

    private static IEnumerable<(string Field, string? Problem)> Names(CompanyEntry entry)
    {
        yield return (nameof(entry.LegalName), Missing(entry.LegalName));
        yield return (nameof(entry.AddressLine1), Missing(entry.AddressLine1));
        yield return (nameof(entry.City), Missing(entry.City));
        yield return (nameof(entry.PostalCode), Missing(entry.PostalCode));
        yield return (nameof(entry.PostalCode), IsFrench(entry) && (entry.PostalCode.Trim() is not { Length: 5 } code || !code.All(char.IsAsciiDigit)) ? "postalCode.french" : null);
        yield return (nameof(entry.Country), Country.IsKnown(entry.Country) ? null : "country");
        yield return (nameof(entry.Currency), Currency.IsKnown(entry.Currency) ? null : "currency");
        yield return (nameof(entry.TimeZone), TimeZoneInfo.TryFindSystemTimeZoneById(entry.TimeZone.Trim(), out _) ? null : "timeZone");
    }

    private static IEnumerable<(string Field, string? Problem)> Numbers(CompanyEntry entry)
    {
        var (siren, vat, iban, bic, address) = (Siren.Tidy(entry.Siren), VatNumber.Tidy(entry.VatNumber), Iban.Tidy(entry.Iban), Iban.Tidy(entry.Bic), entry.EInvoicingAddress.Trim());
        yield return (nameof(entry.Siren), siren.Length == 0 && IsFrench(entry) ? "siren.missing" : siren.Length > 0 && !Siren.IsValid(siren) ? "siren" : null);
        yield return (nameof(entry.VatNumber), vat.Length > 0 && !VatNumber.IsValid(vat) ? "vatNumber" : null);
        yield return (nameof(entry.VatNumber), VatNumber.SirenOf(vat) is { } inside && Siren.IsValid(siren) && inside != siren ? "vatNumber.siren" : null);
        yield return (nameof(entry.Iban), iban.Length > 0 && !Iban.IsValid(iban) ? "iban" : null);
        yield return (nameof(entry.Bic), bic.Length > 0 && !Iban.IsBic(bic) ? "bic" : null);
        yield return (nameof(entry.Bic), bic.Length > 0 && iban.Length == 0 ? "bic.alone" : null);

        // In the French directory an address begins with the company's SIREN.
        yield return (nameof(entry.EInvoicingAddress), address.Any(char.IsWhiteSpace) || address.Length > 125 ? "eInvoicing" : null);
        yield return (nameof(entry.EInvoicingAddress), address.Length > 0 && IsFrench(entry) && Siren.IsValid(siren) && !address.StartsWith(siren, StringComparison.Ordinal) ? "eInvoicing.siren" : null);
    }

    private static IEnumerable<(string Field, string? Problem)> Terms(CompanyEntry entry)
    {
        var days = Days(entry.PaymentTermsDays);
        yield return (nameof(entry.PaymentTermsDays), days is >= 1 and <= LongestTerms ? null : "terms");
        yield return (nameof(entry.PaymentTermsDays), days > FrenchTerms && IsFrench(entry) ? "terms.french" : null);
        yield return (nameof(entry.PenaltyRate), entry.PenaltyRate.Trim().Length > 0 && BasisPoints(entry.PenaltyRate) is null ? "penalty" : null);
    }

    private static IEnumerable<(string Field, string? Problem)> Lengths(CompanyEntry entry)
    {
        foreach (var (field, text) in new[]
        {
            (nameof(entry.LegalName), entry.LegalName), (nameof(entry.LegalForm), entry.LegalForm), (nameof(entry.Capital), entry.Capital), (nameof(entry.RcsCity), entry.RcsCity),
            (nameof(entry.AddressLine1), entry.AddressLine1), (nameof(entry.AddressLine2), entry.AddressLine2), (nameof(entry.City), entry.City), (nameof(entry.DiscountText), entry.DiscountText),
        })
            yield return (field, text.Length > LongestText ? "tooLong" : null);
        yield return (nameof(entry.PostalCode), entry.PostalCode.Length > LongestCode ? "tooLong" : null);
    }

    private static bool IsFrench(CompanyEntry entry) => entry.Country == "FR";

    private static string? Missing(string text) => string.IsNullOrWhiteSpace(text) ? "missing" : null;
}
