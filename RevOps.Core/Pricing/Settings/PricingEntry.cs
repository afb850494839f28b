using System.Globalization;
using RevOps.Core.Catalogue;
using RevOps.Core.Platform;
using RevOps.Core.Pricing.Advice;

namespace RevOps.Core.Pricing.Settings;

/// <summary>The settings of a service as somebody types them: amounts in whole currency units, shares in per cent.</summary>
public sealed record PricingEntry
{
    public string Floor { get; set; } = "";
    public string Ceiling { get; set; } = "";
    public string Step { get; set; } = "1";
    public string MostDailyChange { get; set; } = "10";
    public PriceAttitude Attitude { get; set; } = PriceAttitude.Advised;
    public string ApprovalAbove { get; set; } = "5";
    public bool AcceptsByRule { get; set; }
    public bool IsPaused { get; set; }
    public string PauseReason { get; set; } = "";

    /// <summary>One a line: "code; name; price", dearest first.</summary>
    public string Fares { get; set; } = "";

    /// <summary>One a line: "kind from..to; floor; ceiling", for some slots. Kinds: date (YYYY-MM-DD), lead (days before), month (1 to 12), weekday (1 to 7), in English or French.</summary>
    public string Bounds { get; set; } = "";

    public static PricingEntry Of(PricingSetting setting, CultureInfo culture) => new()
    {
        Floor = Typed(setting.FloorMinor, setting.Currency, culture),
        Ceiling = Typed(setting.CeilingMinor, setting.Currency, culture),
        Step = Typed(setting.StepMinor, setting.Currency, culture),
        MostDailyChange = (setting.MostDailyChange / 100m).ToString("0.##", culture),
        Attitude = setting.Attitude,
        ApprovalAbove = (setting.ApprovalAbove / 100m).ToString("0.##", culture),
        AcceptsByRule = setting.AcceptsByRule,
        IsPaused = setting.IsPaused,
        PauseReason = setting.PauseReason ?? "",
        Fares = string.Join('\n', setting.Fares.Select(fare => $"{fare.Code}; {fare.Name}; {Typed(fare.PriceMinor, setting.Currency, culture)}")),
        Bounds = string.Join('\n', setting.Bounds.Select(bound => $"{BoundText.Of(bound, culture)}; {Typed(bound.FloorMinor, setting.Currency, culture)}; {Typed(bound.CeilingMinor, setting.Currency, culture)}")),
    };

    private static string Typed(long minor, string currency, CultureInfo culture) => new Money(minor, currency).Amount.ToString("0.######", culture);
}

/// <summary>What is wrong with an entry: the field's name and a code that the page puts into words; or the terms that it says.</summary>
public static class PricingRules
{
    public const int LongestReason = 300;
    public const int MostFares = 6;
    private const int LongestName = 100;

    /// <param name="entry">As typed.</param>
    /// <param name="currency">The company's.</param>
    public static (PricingTerms? Terms, IReadOnlyDictionary<string, string> Problems) Read(PricingEntry entry, string currency)
    {
        var problems = new Dictionary<string, string>(StringComparer.Ordinal);
        T? Need<T>(string field, T? value, bool holds, string problem) where T : struct
        {
            if (value is null || !holds)
                problems.TryAdd(field, problem);
            return value;
        }

        var floor = CatalogueRules.Minor(entry.Floor.Trim(), currency);
        Need(nameof(entry.Floor), floor, floor > 0, "amount");
        var ceiling = CatalogueRules.Minor(entry.Ceiling.Trim(), currency);
        Need(nameof(entry.Ceiling), ceiling, ceiling > 0, "amount");
        Need(nameof(entry.Ceiling), ceiling, floor is null || ceiling >= floor, "ceilingBelow");
        var step = CatalogueRules.Minor(entry.Step.Trim(), currency);
        Need(nameof(entry.Step), step, step > 0 && (ceiling is null || step <= ceiling), "step");
        var most = BasisPoints(entry.MostDailyChange);
        Need(nameof(entry.MostDailyChange), most, most is > 0 and <= 10_000, "share");
        var above = BasisPoints(entry.ApprovalAbove);
        Need(nameof(entry.ApprovalAbove), above, above is >= 0 and <= 10_000, "share");
        var reason = entry.PauseReason.Trim();
        if (reason.Length > LongestReason || (entry.IsPaused && reason.Length == 0))
            problems[nameof(entry.PauseReason)] = "reason";
        var fares = FaresOf(entry.Fares, currency);
        if (fares is null)
            problems[nameof(entry.Fares)] = "fares";
        var bounds = BoundText.Read(entry.Bounds, currency);
        if (bounds is null)
            problems[nameof(entry.Bounds)] = "bounds";
        return problems.Count > 0
            ? (null, problems)
            : (new(currency, floor!.Value, ceiling!.Value, step!.Value, most!.Value, entry.Attitude, above!.Value, entry.AcceptsByRule, entry.IsPaused, entry.IsPaused ? reason : null, fares!, bounds!), problems);
    }

    private static int? BasisPoints(string text) => CatalogueRules.Amount(text.Trim().TrimEnd('%')) is { } share && share <= 100 && share * 100 == Math.Truncate(share * 100) ? (int)(share * 100) : null;

    /// <summary>Null where a line cannot be read, a code comes twice, or fares rise: protection levels want the dearest first.</summary>
    private static List<Fare>? FaresOf(string text, string currency)
    {
        var fares = new List<Fare>();
        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Split(';', StringSplitOptions.TrimEntries) is not [{ Length: > 0 and <= LongestName } code, { Length: > 0 and <= LongestName } name, var price])
                return null;
            if (CatalogueRules.Minor(price, currency) is not { } minor || minor <= 0)
                return null;
            fares.Add(new(code, name, minor));
        }

        var isRight = fares.Count <= MostFares && fares.Count != 1 && fares.Select(fare => fare.Code).Distinct(StringComparer.OrdinalIgnoreCase).Count() == fares.Count
            && fares.Zip(fares.Skip(1)).All(pair => pair.First.PriceMinor >= pair.Second.PriceMinor);
        return isRight ? fares : null;
    }
}

/// <summary>The same, read.</summary>
public sealed record PricingTerms(
    string Currency, long FloorMinor, long CeilingMinor, long StepMinor, int MostDailyChange, PriceAttitude Attitude, int ApprovalAbove, bool AcceptsByRule, bool IsPaused, string? PauseReason, IReadOnlyList<Fare> Fares, IReadOnlyList<PriceBound> Bounds);
