namespace RevOps.Core.Billing;

/// <summary>Categories of EN 16931 (UNTDID 5305).</summary>
public enum TaxCategory
{
    /// <summary>S: taxed at a rate of the seller's country.</summary>
    Standard = 0,

    /// <summary>AE: the buyer accounts for the tax (services between companies of two EU states).</summary>
    ReverseCharge = 1,

    /// <summary>O: outside the scope of the seller's tax (services to companies outside the EU).</summary>
    OutsideScope = 2,
}

/// <summary>What a buyer is, as far as tax cares.</summary>
/// <param name="Country">ISO 3166-1 alpha-2; null when unknown.</param>
/// <param name="IsBusiness">Null when the sender did not say.</param>
/// <param name="VatVerified">The VAT number was verified.</param>
public sealed record TaxParty(string? Country, bool? IsBusiness, string? VatNumber, bool VatVerified);

/// <summary>The tax of one line, or what is missing to know it.</summary>
public sealed record TaxDecision(TaxCategory Category, int RateBasisPoints)
{
    /// <summary>Stands in the way of approval when set: a code of <see cref="ReviewProblem"/>.</summary>
    public string? Problem { get; init; }
}

/// <summary>
/// Which VAT a service carries (directive 2006/112/EC, articles 44, 45 and 196; French CGI 259, 259 B, 283-2).
/// </summary>
public static class TaxRule
{
    /// <summary>French standard rate, in force since 2014-01-01 (CGI 278).</summary>
    public const int FrenchStandard = 2_000;

    private static readonly HashSet<string> EuropeanUnion = new(StringComparer.OrdinalIgnoreCase)
    {
        "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO",
        "SE", "SI", "SK",
    };

    // Rates that may stand on a French invoice, in basis points (CGI 278, 278-0 bis, 279, 281 quater and following).
    private static readonly HashSet<int> FrenchRates = [2_000, 1_000, 550, 210];

    public static TaxDecision Decide(string sellerCountry, TaxParty buyer, int? askedRate)
    {
        if (buyer.Country is null)
            return new(TaxCategory.Standard, askedRate ?? FrenchStandard) { Problem = ReviewProblem.CountryMissing };

        var domestic = string.Equals(buyer.Country, sellerCountry, StringComparison.OrdinalIgnoreCase);
        if (domestic || buyer.IsBusiness == false)
            return Domestic(sellerCountry, askedRate);
        if (buyer.IsBusiness is null)
            return Domestic(sellerCountry, askedRate) with { Problem = ReviewProblem.KindMissing };
        if (!EuropeanUnion.Contains(buyer.Country))
            return new(TaxCategory.OutsideScope, 0) { Problem = Contradicts(askedRate) };
        if (buyer.VatNumber is null)
            return new(TaxCategory.ReverseCharge, 0) { Problem = ReviewProblem.VatNumberMissing };
        return new(TaxCategory.ReverseCharge, 0) { Problem = buyer.VatVerified ? Contradicts(askedRate) : ReviewProblem.VatNumberUnverified };
    }

    private static TaxDecision Domestic(string sellerCountry, int? askedRate)
    {
        var rate = askedRate ?? FrenchStandard;
        var known = !string.Equals(sellerCountry, "FR", StringComparison.OrdinalIgnoreCase) || FrenchRates.Contains(rate);
        return new(TaxCategory.Standard, rate) { Problem = known ? null : ReviewProblem.TaxRateUnknown };
    }

    private static string? Contradicts(int? askedRate) => askedRate is > 0 ? ReviewProblem.TaxRateContradicts : null;
}

/// <summary>What stands between a draft and its approval, by name; pages translate the code.</summary>
public static class ReviewProblem
{
    public const string LegalNameMissing = "legalName.missing";
    public const string EmailMissing = "email.missing";
    public const string AddressMissing = "address.missing";
    public const string CountryMissing = "country.missing";
    public const string KindMissing = "kind.missing";
    public const string SirenMissing = "siren.missing";
    public const string VatNumberMissing = "vatNumber.missing";
    public const string VatNumberUnverified = "vatNumber.unverified";
    public const string TaxRateUnknown = "taxRate.unknown";
    public const string TaxRateContradicts = "taxRate.contradicts";
    public const string DescriptionMissing = "description.missing";
    public const string StripeDiffers = "stripe.differs";
    public const string SaleConflict = "sale.conflict";
    public const string CompanyIncomplete = "company.incomplete";
}
