namespace RevOps.Core.Billing;

/// <summary>A VAT rate that may stand on an invoice of a country, for what is supplied within its days.</summary>
/// <param name="Country">ISO 3166-1 alpha-2 of the seller.</param>
/// <param name="BasisPoints">2,000 is 20 %.</param>
/// <param name="IsStandard">Applies where nothing else is said.</param>
/// <param name="From">First day.</param>
/// <param name="Until">Last day; null while it is in force.</param>
/// <param name="Source">The article that sets it.</param>
public sealed record TaxRate(string Country, int BasisPoints, bool IsStandard, DateOnly From, DateOnly? Until, string Source)
{
    private static readonly DateOnly Euro = new(2002, 1, 1);
    private static readonly DateOnly LastReform = new(2014, 1, 1);
    private static readonly DateOnly BeforeReform = new(2013, 12, 31);

    /// <summary>Every rate that is known, past ones included: a correction keeps the rate of its day. Another rate is another row.</summary>
    public static IReadOnlyList<TaxRate> All { get; } =
    [
        new("FR", 2_000, true, LastReform, null, "CGI 278"),
        new("FR", 1_960, true, Euro, BeforeReform, "CGI 278, before loi 2012-1510 art. 68"),
        new("FR", 1_000, false, LastReform, null, "CGI 278 bis to 279"),
        new("FR", 700, false, new(2012, 1, 1), BeforeReform, "CGI 279, loi 2011-1978 art. 13"),
        new("FR", 550, false, Euro, null, "CGI 278-0 bis"),
        new("FR", 210, false, Euro, null, "CGI 281 quater to 281 nonies"),
    ];

    /// <summary>The standard rate of a day; null where the country's rates are not known.</summary>
    public static int? StandardOn(string country, DateOnly day) => On(country, day).FirstOrDefault(rate => rate.IsStandard)?.BasisPoints;

    /// <summary>Null where the country's rates are not known.</summary>
    public static bool? IsInForce(string country, int basisPoints, DateOnly day) =>
        All.Any(rate => IsOf(rate, country)) ? On(country, day).Any(rate => rate.BasisPoints == basisPoints) : null;

    private static IEnumerable<TaxRate> On(string country, DateOnly day) => All.Where(rate => IsOf(rate, country) && rate.From <= day && (rate.Until is null || day <= rate.Until));

    private static bool IsOf(TaxRate rate, string country) => string.Equals(rate.Country, country, StringComparison.OrdinalIgnoreCase);
}
