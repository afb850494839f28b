namespace RevOps.Core.Scorecard.Claims;

/// <summary>How far the source of a claim could be found.</summary>
public enum SourceState
{
    /// <summary>A survey or paper that anybody can read says so.</summary>
    Found = 0,

    /// <summary>Something was found, and it says less, or something else.</summary>
    SaysLess = 1,

    /// <summary>Only people who sell it say so.</summary>
    VendorsOnly = 2,

    /// <summary>Nothing was found.</summary>
    NotFound = 3,
}

/// <summary>How a claim is measured here.</summary>
public enum ClaimMethod
{
    /// <summary>Cohorts by day of issue before and after the lever's first live effect; Kaplan–Meier medians, since some have not paid yet; bootstrap by client.</summary>
    CohortsByIssueDay = 0,

    /// <summary>Clopper and Pearson (1934): exact for few errors.</summary>
    ExactProportion = 1,

    /// <summary>Wilson (1927).</summary>
    WilsonProportion = 2,

    /// <summary>Two arms, one of them held out.</summary>
    Holdout = 3,

    /// <summary>Cohen's kappa with its standard error.</summary>
    Kappa = 4,

    /// <summary>By the simulator, from the company's own figures.</summary>
    Simulation = 5,
}

public enum ClaimUnit
{
    Days = 0,
    Share = 1,
    Ratio = 2,
}

/// <summary>What the source document, or those whom it cites, say of the product's effect.</summary>
/// <param name="Id">Names its texts: what is claimed, by whom, what was found.</param>
/// <param name="Unit">Of the figures.</param>
/// <param name="From">The least that would make it true; null: no figure is claimed, so nothing confirms it and nothing contradicts it.</param>
/// <param name="MoreIsTrue">True: the claim holds from <paramref name="From"/> up; false: below it.</param>
public sealed record Claim(string Id, ClaimUnit Unit, double? From, bool MoreIsTrue, SourceState Source, ClaimMethod Method);

/// <summary>The claims of the source document, in its order.</summary>
public static class ClaimBook
{
    public static readonly IReadOnlyList<Claim> All =
    [
        new("dso", ClaimUnit.Days, 26, true, SourceState.SaysLess, ClaimMethod.CohortsByIssueDay),
        new("errors", ClaimUnit.Share, 0.01, false, SourceState.VendorsOnly, ClaimMethod.ExactProportion),
        new("cash", ClaimUnit.Share, 0.3, true, SourceState.NotFound, ClaimMethod.CohortsByIssueDay),
        new("match", ClaimUnit.Share, 0.99, true, SourceState.NotFound, ClaimMethod.ExactProportion),
        new("roas", ClaimUnit.Share, 0.15, true, SourceState.SaysLess, ClaimMethod.Holdout),
        new("recovered", ClaimUnit.Share, 0.3, true, SourceState.NotFound, ClaimMethod.WilsonProportion),
        new("payback", ClaimUnit.Days, 30, false, SourceState.NotFound, ClaimMethod.Simulation),
        new("pixel", ClaimUnit.Share, null, true, SourceState.NotFound, ClaimMethod.WilsonProportion),
        new("qualifies", ClaimUnit.Ratio, 0.6, true, SourceState.NotFound, ClaimMethod.Kappa),
        new("instant", ClaimUnit.Share, 0.95, true, SourceState.NotFound, ClaimMethod.WilsonProportion),
    ];

    /// <summary>What levers do of which the document says no figure: laid beside what the simulator projects, and on no page of claims.</summary>
    public static readonly IReadOnlyList<Claim> Levers =
    [
        new("yield", ClaimUnit.Share, 0, true, SourceState.NotFound, ClaimMethod.Simulation),
        new("forecast", ClaimUnit.Share, 0, true, SourceState.NotFound, ClaimMethod.Simulation),
    ];

    public static Claim Of(string id) => All.Concat(Levers).Single(claim => claim.Id == id);
}
