namespace RevOps.Core.Scorecard.Simulation;

/// <summary>What can be put into service, as the source document proposes it and says is missing. Stored as its number: append only.</summary>
[Flags]
public enum Levers
{
    None = 0,
    Billing = 1,
    Attribution = 2,
    Feedback = 4,
    Pricing = 8,
    Forecasting = 16,
    All = Billing | Attribution | Feedback | Pricing | Forecasting,
}

/// <summary>Which checks a lever is meant to win.</summary>
public static class LeverChecks
{
    private static readonly Dictionary<Levers, string[]> Wins = new()
    {
        [Levers.Billing] = ["R12", "R13", "R14", "R15", "R16"],
        [Levers.Attribution] = ["M12", "M13", "M18", "M19"],
        [Levers.Feedback] = ["M14", "M15", "M16", "M17"],
        [Levers.Pricing] = ["R18"],
        [Levers.Forecasting] = ["R17"],
    };

    /// <summary>One by one, in the order of the page.</summary>
    public static IReadOnlyList<Levers> Each { get; } = [.. Wins.Keys];

    public static IEnumerable<string> Of(Levers levers) => Wins.Where(lever => levers.HasFlag(lever.Key)).SelectMany(lever => lever.Value);
}
