using System.Security.Claims;
using RevOps.Web.Identity;
using RevOps.Web.Shared;

namespace RevOps.Web.Overview;

/// <summary>A figure leads to its rows only for whoever may open them.</summary>
internal static class RowLinks
{
    public static string? ToInvoices(this ClaimsPrincipal user, string query) => user.To(Policies.Finance, $"/invoices?{query}");

    public static string? ToConversions(this ClaimsPrincipal user, string query) => user.To(Policies.Marketing, $"/conversions?{query}");

    public static string? ToJobs(this ClaimsPrincipal user, string query) => user.To(Policies.Operations, $"/jobs?{query}");

    public static string? ToEvents(this ClaimsPrincipal user, string query) => user.To(Policies.Operations, $"/events?{query}");

    public static string? ToApprovals(this ClaimsPrincipal user, string? query = null) => user.To(Policies.Finance, query is null ? "/approvals" : $"/approvals?{query}");

    /// <summary>For whoever may decide, and not only look.</summary>
    public static string? ToDecisions(this ClaimsPrincipal user, string query) => user.To(Policies.ApproveInvoices, $"/approvals?{query}");

    /// <summary>For whoever may do something about them.</summary>
    public static string? ToOverdue(this ClaimsPrincipal user) => user.To(Policies.ApproveInvoices, "/invoices?status=overdue");

    public static string? ToConnections(this ClaimsPrincipal user) => user.To(Policies.Administration, "/connections");

    /// <summary>The rows beside the figures, of the same days.</summary>
    public static string? ToRows(this ClaimsPrincipal user, FigureList list, string days) => user.To(list.Policy(), $"/overview/{PageUrl.Word(list)}?{days}");

    private static string? To(this ClaimsPrincipal user, string policy, string href) => user.May(policy) ? href : null;
}
