using RevOps.Core.Bookings;

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
    /// <summary>
    /// Late interest and the indemnity for recovery pay for no service: they are outside the scope of VAT, whoever the buyer is (CJEU, 1 July
    /// 1982, 222/81, BAZ Bausystem; CGI 256 and 266).
    /// </summary>
    public static TaxDecision OfLateness { get; } = new(TaxCategory.OutsideScope, 0);

    private static readonly HashSet<string> EuropeanUnion = new(StringComparer.OrdinalIgnoreCase)
    {
        "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO",
        "SE", "SI", "SK",
    };

    /// <param name="sellerCountry">ISO 3166-1 alpha-2.</param>
    /// <param name="buyer">Who is invoiced.</param>
    /// <param name="askedRate">In basis points, as the sender has it; null leaves it to the rule.</param>
    /// <param name="suppliedOn">The day of supply, which the rate is of.</param>
    public static TaxDecision Decide(string sellerCountry, TaxParty buyer, int? askedRate, DateOnly suppliedOn)
    {
        var domestic = Domestic(sellerCountry, askedRate, suppliedOn);
        if (buyer.Country is null)
            return domestic with { Problem = ReviewProblem.CountryMissing };
        if (string.Equals(TerritoryOf(buyer.Country), TerritoryOf(sellerCountry), StringComparison.OrdinalIgnoreCase) || buyer.IsBusiness == false)
            return domestic;
        if (buyer.IsBusiness is null)
            return domestic with { Problem = ReviewProblem.KindMissing };
        if (!EuropeanUnion.Contains(TerritoryOf(buyer.Country)))
            return new(TaxCategory.OutsideScope, 0) { Problem = Contradicts(askedRate) };
        if (buyer.VatNumber is null)
            return new(TaxCategory.ReverseCharge, 0) { Problem = ReviewProblem.VatNumberMissing };
        return new(TaxCategory.ReverseCharge, 0) { Problem = buyer.VatVerified ? Contradicts(askedRate) : ReviewProblem.VatNumberUnverified };
    }

    private static TaxDecision Domestic(string sellerCountry, int? askedRate, DateOnly day)
    {
        // Of a country whose rates are not known here the sender has to know them.
        var rate = askedRate ?? TaxRate.StandardOn(sellerCountry, day);
        var isKnown = rate is { } stated && TaxRate.IsInForce(sellerCountry, stated, day) != false;
        return new(TaxCategory.Standard, rate ?? 0) { Problem = isKnown ? null : ReviewProblem.TaxRateUnknown };
    }

    /// <summary>For VAT Monaco is France (directive 2006/112/EC, article 7).</summary>
    private static string TerritoryOf(string country) => string.Equals(country, "MC", StringComparison.OrdinalIgnoreCase) ? "FR" : country;

    private static string? Contradicts(int? askedRate) => askedRate is > 0 ? ReviewProblem.TaxRateContradicts : null;
}

/// <summary>What stands between a draft and its approval, by name; pages translate the code.</summary>
public static class ReviewProblem
{
    public const string LegalNameMissing = CustomerGap.LegalName;
    public const string EmailMissing = CustomerGap.Email;
    public const string AddressMissing = CustomerGap.Address;
    public const string CountryMissing = CustomerGap.Country;
    public const string KindMissing = CustomerGap.Kind;
    public const string SirenMissing = CustomerGap.Siren;
    public const string VatNumberMissing = "vatNumber.missing";
    public const string VatNumberUnverified = "vatNumber.unverified";
    public const string TaxRateUnknown = "taxRate.unknown";
    public const string TaxRateContradicts = "taxRate.contradicts";
    public const string DescriptionMissing = "description.missing";
    public const string StripeDiffers = "stripe.differs";
    public const string SaleConflict = "sale.conflict";
    public const string CompanyIncomplete = "company.incomplete";

    /// <summary>A line does not cost what the catalogue says.</summary>
    public const string PriceDiffers = "price.differs";

    /// <summary>The sender changed the sale after Finance had written its own version.</summary>
    public const string EditStale = "edit.stale";

    /// <summary>A deposit of the same deal is not issued yet, and would not be deducted.</summary>
    public const string DepositPending = "deposit.pending";

    /// <summary>Bookings are still gathered on it.</summary>
    public const string Gathering = "gathering";

    /// <summary>Deposits and discounts are more than the sale.</summary>
    public const string TotalNegative = "total.negative";

    /// <summary>The deal already has an invoice in the Stripe account that another program made.</summary>
    public const string ForeignInvoice = "foreign.invoice";

    /// <summary>It claims lateness for days that were paid by then, as turned out since, or more than they cost. Receivables finds it and takes it away.</summary>
    public const string ClaimTooHigh = "claim.tooHigh";
}
