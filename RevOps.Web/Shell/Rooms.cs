using System.Security.Claims;
using RevOps.Core.Identity;
using RevOps.Web.Identity;

namespace RevOps.Web.Shell;

/// <param name="Path">Its address.</param>
/// <param name="Name">Its text is "Room" + name.</param>
/// <param name="Policy">Who may open it.</param>
/// <param name="Group">Under which heading it stands.</param>
public sealed record Room(string Path, string Name, string Policy, RoomGroup Group)
{
    public string TextKey => "Room" + Name;

    public string Icon => Name.ToLowerInvariant();
}

/// <summary>In the order of the side bar.</summary>
public enum RoomGroup
{
    Start,
    Finance,
    Marketing,
    Management,
    Administration,
}

/// <summary>The pages of the side bar. A new page adds its line here and its name to the texts.</summary>
public static class Rooms
{
    public static readonly IReadOnlyList<Room> All =
    [
        new("/", "Overview", Policies.Overview, RoomGroup.Start),
        new("/approvals", "Approvals", Policies.Finance, RoomGroup.Finance),
        new("/invoices", "Invoices", Policies.Finance, RoomGroup.Finance),
        new("/receivables", "Receivables", Policies.Finance, RoomGroup.Finance),
        new("/bank", "Bank", Policies.Finance, RoomGroup.Finance),
        new("/reconciliation", "Reconciliation", Policies.Finance, RoomGroup.Finance),
        new("/credit-notes", "CreditNotes", Policies.Finance, RoomGroup.Finance),
        new("/customers", "Customers", Policies.Finance, RoomGroup.Finance),
        new("/catalogue", "Catalogue", Policies.Finance, RoomGroup.Finance),
        new("/pricing", "Pricing", Policies.Pricing, RoomGroup.Finance),
        new("/cut-over", "CutOver", Policies.Finance, RoomGroup.Finance),
        new("/journeys", "Journeys", Policies.Marketing, RoomGroup.Marketing),
        new("/attribution", "Attribution", Policies.Marketing, RoomGroup.Marketing),
        new("/conversions", "Conversions", Policies.Marketing, RoomGroup.Marketing),
        new("/spend", "Spend", Policies.Marketing, RoomGroup.Marketing),
        new("/people", "People", Policies.Marketing, RoomGroup.Marketing),
        new("/scorecard", "Scorecard", Policies.Management, RoomGroup.Management),
        new("/claims", "Claims", Policies.Management, RoomGroup.Management),
        new("/outlook", "Outlook", Policies.Outlook, RoomGroup.Management),
        new("/simulator", "Simulator", Policies.Management, RoomGroup.Management),
        new("/digest", "Digest", Policies.Management, RoomGroup.Management),
        new("/alerts", "Alerts", Policies.Overview, RoomGroup.Management),
        new("/connections", "Connections", Policies.Administration, RoomGroup.Administration),
        new("/events", "Events", Policies.Events, RoomGroup.Administration),
        new("/jobs", "Jobs", Policies.Operations, RoomGroup.Administration),
        new("/users", "Users", Policies.Administration, RoomGroup.Administration),
        new("/mail", "Mail", Policies.Administration, RoomGroup.Administration),
        new("/audit", "Audit", Policies.Audit, RoomGroup.Administration),
        new("/settings", "Settings", Policies.Administration, RoomGroup.Administration),
    ];

    /// <summary>What somebody may open, the rooms of their own trade first.</summary>
    public static IReadOnlyList<Room> OpenTo(ClaimsPrincipal user) =>
        [.. All.Where(room => Policies.RolesOf[room.Policy].Any(user.IsInRole)).OrderBy(room => room.Group != RoomGroup.Start && !IsHome(room.Group, user)).ThenBy(room => room.Group)];

    private static bool IsHome(RoomGroup group, ClaimsPrincipal user) => group switch
    {
        RoomGroup.Finance => user.IsInRole(Roles.Finance),
        RoomGroup.Marketing => user.IsInRole(Roles.Marketing) || user.IsInRole(Roles.Privacy),
        RoomGroup.Management => user.IsInRole(Roles.Management),
        RoomGroup.Administration => user.IsInRole(Roles.Admin),
        _ => true,
    };
}
