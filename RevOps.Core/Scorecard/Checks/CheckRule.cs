namespace RevOps.Core.Scorecard.Checks;

/// <summary>The two halves of the score, as the source document has them.</summary>
public enum Discipline
{
    RevEng = 0,
    MarEng = 1,
}

/// <summary>The first column of the source document's table that counts a check as done.</summary>
public enum SeedState
{
    Session176 = 0,
    Session177 = 1,
    Projected = 2,

    /// <summary>In none of its columns: what it says is missing for 100 of 100.</summary>
    Full = 3,
}

/// <summary>How long mending takes, once somebody begins.</summary>
public enum Effort
{
    Hours = 0,
    Days = 1,
    Weeks = 2,
}

/// <summary>What is checked, and what it is worth.</summary>
/// <param name="Id">"R01" to "R18", "M01" to "M19"; names its texts as well.</param>
/// <param name="Discipline">Which half of the score.</param>
/// <param name="Weight">Points out of the discipline's 100.</param>
/// <param name="From">Since when the source document counts it.</param>
/// <param name="TtlDays">A finding that is older proves nothing any more.</param>
/// <param name="Owner">The role that mends it: a name of <see cref="Identity.Roles"/>.</param>
/// <param name="Effort">What mending takes.</param>
public sealed record CheckRule(string Id, Discipline Discipline, int Weight, SeedState From, int TtlDays, string Owner, Effort Effort);
