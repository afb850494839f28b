using System.Collections.Frozen;

namespace RevOps.Core.Conversions.Meta;

/// <summary>
/// "Limited data use": for people in the United States who refused, Meta uses the event only as a state's law lets a service provider. It gives no
/// basis in Europe. Source: developers.facebook.com, data processing options.
/// </summary>
/// <param name="Country">1: the United States; 0: Meta finds it by the visitor's address.</param>
/// <param name="State">Meta's number of the state; 0: as above.</param>
internal readonly record struct MetaLimit(int Country, int State)
{
    private const int UnitedStatesOfAmerica = 1;

    private static readonly FrozenDictionary<string, int> Numbers = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["ca"] = 1000, ["co"] = 1001, ["ct"] = 1002, ["fl"] = 1003, ["or"] = 1004, ["tx"] = 1005, ["mt"] = 1006, ["de"] = 1007, ["ne"] = 1008, ["nh"] = 1009, ["nj"] = 1010, ["mn"] = 1011,
        ["md"] = 1012, ["ri"] = 1013,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Null where neither a state that Meta numbers nor the visitor's address is known: then Meta could not limit anything.</summary>
    public static MetaLimit? Of(ConversionFacts facts) => MetaUserData.Region(facts.Person.Region, "US") is { } state && Numbers.TryGetValue(state, out var number)
        ? new(UnitedStatesOfAmerica, number)
        : MetaUserData.Ip(facts.Person.Ip) is null ? null : new(0, 0);
}
