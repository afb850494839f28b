namespace RevOps.Core.Billing.Stripe;

/// <summary>
/// Which series Stripe takes its invoice numbers from. It tells the setting nowhere in its API, but the numbers show it: "prefix-0007", where
/// the prefix is the account's, or each customer's own. French law wants one series without gaps (CGI annexe II 242 nonies A, I-7°).
/// </summary>
public static class StripeNumbering
{
    public const string Account = "account";
    public const string PerCustomer = "customer";

    /// <summary>No two customers have an invoice yet.</summary>
    public const string Untold = "untold";

    /// <param name="issued">Invoices with a number, the newest first: the setting may have been changed since the older ones.</param>
    public static string Of(IEnumerable<StripeInvoice> issued)
    {
        StripeInvoice? newest = null;
        foreach (var invoice in issued.Where(invoice => invoice.Number is not null))
        {
            newest ??= invoice;
            if (invoice.Customer != newest.Customer)
                return PrefixOf(invoice.Number!) == PrefixOf(newest.Number!) ? Account : PerCustomer;
        }

        return Untold;
    }

    private static string PrefixOf(string number) => number.LastIndexOf('-') is > 0 and var dash ? number[..dash] : number;
}
