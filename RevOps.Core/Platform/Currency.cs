namespace RevOps.Core.Platform;

/// <summary>ISO 4217 currencies and how many decimals their minor unit has.</summary>
public static class Currency
{
    // Active codes of ISO 4217 that name money people pay with: funds, metals and test codes are left out.
    private const string TwoDecimals =
        "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP " +
        "CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR " +
        "KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK " +
        "PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS " +
        "UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG";

    private const string NoDecimals = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF";
    private const string ThreeDecimals = "BHD IQD JOD KWD LYD OMR TND";

    private static readonly Dictionary<string, int> DecimalsByCode = Read();

    /// <summary>True for an upper-case code of a currency in use, such as "EUR".</summary>
    public static bool IsKnown(string? code) => code is not null && DecimalsByCode.ContainsKey(code);

    /// <summary>Decimals of the minor unit: 2 for EUR, 0 for JPY, 3 for TND.</summary>
    /// <exception cref="ArgumentException">The code is not a currency in use.</exception>
    public static int Decimals(string code) =>
        DecimalsByCode.TryGetValue(code, out var decimals) ? decimals : throw new ArgumentException($"'{code}' is not an ISO 4217 currency.", nameof(code));

    private static Dictionary<string, int> Read() =>
        new[] { (NoDecimals, 0), (TwoDecimals, 2), (ThreeDecimals, 3) }
            .SelectMany(group => group.Item1.Split(' '), (group, code) => (code, group.Item2))
            .ToDictionary(pair => pair.code, pair => pair.Item2, StringComparer.Ordinal);
}
