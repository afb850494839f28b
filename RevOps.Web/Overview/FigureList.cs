using RevOps.Web.Identity;

namespace RevOps.Web.Overview;

/// <summary>The lists that open beside the figures, by their word in the address.</summary>
public enum FigureList
{
    Open = 0,
    Overdue,
    NotDue,
    Sold,
    Cash,
    Incomplete,
    Clicks,
    Payments,
    Spend,
}

public static class FigureLists
{
    /// <summary>Everybody sees the figures; rows name clients, invoices and campaigns.</summary>
    public static string Policy(this FigureList list) => list is FigureList.Clicks or FigureList.Payments or FigureList.Spend ? Policies.Marketing : Policies.Finance;
}
