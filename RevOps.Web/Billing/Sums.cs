using RevOps.Core.Platform;
using RevOps.Web.Shared;

namespace RevOps.Web.Billing;

internal static class Sums
{
    /// <summary>"€4,820.00 + $120.00": one sum per currency, since they are never added. The one that most are in leads, wherever it stands in the list.</summary>
    public static string Text(IEnumerable<Money> amounts) => string.Join(" + ",
        from amount in amounts
        group amount by amount.Currency into sums
        orderby sums.Count() descending
        select Culture.Text(sums.Aggregate((sum, amount) => sum + amount)));
}
