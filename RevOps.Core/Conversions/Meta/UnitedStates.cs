using System.Collections.Frozen;

namespace RevOps.Core.Conversions.Meta;

/// <summary>The states as the post writes them, by their names: lower case, no spaces. Source: ANSI INCITS 38.</summary>
internal static class UnitedStates
{
    private static readonly FrozenDictionary<string, string> Codes = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["alabama"] = "al", ["alaska"] = "ak", ["arizona"] = "az", ["arkansas"] = "ar", ["california"] = "ca", ["colorado"] = "co", ["connecticut"] = "ct", ["delaware"] = "de",
        ["districtofcolumbia"] = "dc", ["florida"] = "fl", ["georgia"] = "ga", ["hawaii"] = "hi", ["idaho"] = "id", ["illinois"] = "il", ["indiana"] = "in", ["iowa"] = "ia",
        ["kansas"] = "ks", ["kentucky"] = "ky", ["louisiana"] = "la", ["maine"] = "me", ["maryland"] = "md", ["massachusetts"] = "ma", ["michigan"] = "mi", ["minnesota"] = "mn",
        ["mississippi"] = "ms", ["missouri"] = "mo", ["montana"] = "mt", ["nebraska"] = "ne", ["nevada"] = "nv", ["newhampshire"] = "nh", ["newjersey"] = "nj", ["newmexico"] = "nm",
        ["newyork"] = "ny", ["northcarolina"] = "nc", ["northdakota"] = "nd", ["ohio"] = "oh", ["oklahoma"] = "ok", ["oregon"] = "or", ["pennsylvania"] = "pa", ["rhodeisland"] = "ri",
        ["southcarolina"] = "sc", ["southdakota"] = "sd", ["tennessee"] = "tn", ["texas"] = "tx", ["utah"] = "ut", ["vermont"] = "vt", ["virginia"] = "va", ["washington"] = "wa",
        ["westvirginia"] = "wv", ["wisconsin"] = "wi", ["wyoming"] = "wy",
        ["americansamoa"] = "as", ["guam"] = "gu", ["northernmarianaislands"] = "mp", ["puertorico"] = "pr", ["virginislands"] = "vi",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Known = Codes.Values.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Null where it is no state: a wrong one matches nobody.</summary>
    public static string? CodeOf(string region) => Known.Contains(region) ? region : Codes.GetValueOrDefault(region);
}
