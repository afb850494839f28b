namespace RevOps.Core.Identity;

/// <summary>Who may open which rooms. A person may have several roles; Admin alone never approves money.</summary>
public static class Roles
{
    /// <summary>Approves, sends and collects.</summary>
    public const string Finance = "Finance";

    /// <summary>Inspects journeys, credit and conversions.</summary>
    public const string Marketing = "Marketing";

    /// <summary>Watches figures, scores and forecasts.</summary>
    public const string Management = "Management";

    /// <summary>Runs the installation: users, connections, jobs.</summary>
    public const string Admin = "Admin";

    /// <summary>Sees personal values in clear and erases them.</summary>
    public const string Privacy = "Privacy";

    public static readonly IReadOnlyList<string> All = [Finance, Marketing, Management, Admin, Privacy];
}
