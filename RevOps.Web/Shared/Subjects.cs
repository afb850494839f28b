using System.Security.Claims;
using RevOps.Web.Identity;

namespace RevOps.Web.Shared;

/// <summary>Where the things stand that the audit, the jobs and the events speak of. A thing that gets a page adds its line here.</summary>
public static class Subjects
{
    private const int Handle = 6;

    /// <summary>By the name of the entity's type: the path that its id follows, and who may open it.</summary>
    private static readonly Dictionary<string, (string Path, string Policy)> Pages = new(StringComparer.Ordinal)
    {
        ["AuditEntry"] = ("/audit/", Policies.Audit),
        ["Conversion"] = ("/conversions/", Policies.Marketing),
        ["CreditNote"] = ("/credit-notes/", Policies.Finance),
        ["Customer"] = ("/customers/", Policies.Finance),
        ["HookDelivery"] = ("/connections/deliveries/", Policies.Events),
        ["Invoice"] = ("/invoices/", Policies.Finance),
        ["OutgoingHook"] = ("/connections/sent/", Policies.Administration),
        ["OutboxRow"] = ("/jobs/", Policies.Operations),
        ["Payout"] = ("/receivables/payouts/", Policies.Finance),
        ["Person"] = ("/journeys/", Policies.Marketing),
        ["ReceivedEvent"] = ("/events/", Policies.Events),
        ["Alert"] = ("/alerts/", Policies.Overview),
        ["Service"] = ("/catalogue/", Policies.Finance),
    };

    /// <summary>Null where it has no page, or this reader may not open it.</summary>
    public static string? LinkTo(this ClaimsPrincipal user, string type, string id) =>
        Pages.TryGetValue(type, out var page) && user.May(page.Policy) ? page.Path + Uri.EscapeDataString(id) : null;

    /// <summary>The end of a version 7 id is random, its beginning is the time; a short id stands as it is.</summary>
    public static string HandleOf(string id) => Guid.TryParse(id[(id.IndexOf(':', StringComparison.Ordinal) + 1)..], out var known) ? known.ToString("N")[^Handle..].ToUpperInvariant() : id;
}
