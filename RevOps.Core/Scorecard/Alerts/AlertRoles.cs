using RevOps.Core.Identity;

namespace RevOps.Core.Scorecard.Alerts;

/// <summary>Whom an alert concerns. Stored as its number: append only.</summary>
[Flags]
public enum AlertRoles
{
    None = 0,
    Finance = 1,
    Marketing = 2,
    Management = 4,
    Admin = 8,
    Privacy = 16,
}

public static class AlertRolesNames
{
    /// <summary>One by one, in the order of <see cref="Roles.All"/>.</summary>
    public static readonly IReadOnlyList<AlertRoles> Each = [.. Roles.All.Select(Enum.Parse<AlertRoles>)];

    /// <summary>What somebody holds.</summary>
    public static AlertRoles Of(Func<string, bool> isInRole) => Roles.All.Where(isInRole).Aggregate(AlertRoles.None, (held, role) => held | Enum.Parse<AlertRoles>(role));

    /// <summary>Names of <see cref="Roles"/>.</summary>
    public static IEnumerable<string> Names(this AlertRoles roles) => Each.Where(one => roles.HasFlag(one)).Select(one => one.ToString());
}
