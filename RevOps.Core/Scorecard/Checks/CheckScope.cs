using RevOps.Core.Data;
using RevOps.Core.Platform;

namespace RevOps.Core.Scorecard.Checks;

/// <summary>What a check may look at: rows of one mode, as of one instant.</summary>
/// <param name="Db">A context of its own.</param>
/// <param name="Mode">Rows of another never count.</param>
/// <param name="Owner">Whose days and currency.</param>
/// <param name="Now">The business clock's.</param>
public sealed record CheckScope(RevOpsDb Db, Mode Mode, CompanyVersion Owner, DateTimeOffset Now)
{
    public DateOnly Today => Owner.DayOf(Now);

    /// <summary>So many days ago.</summary>
    public DateTimeOffset Ago(int days) => Now.AddDays(-days);
}
