namespace RevOps.Sandbox.Stripe;

/// <summary>One gapless series for the account, or (Stripe's other setting) one for each customer.</summary>
internal static class InvoiceNumbers
{
    public static string Next(StripeSession session, Customer customer)
    {
        var prefix = session.Options.NumberPerCustomer ? customer.InvoicePrefix : session.Options.InvoicePrefix;
        return $"{prefix}-{session.Documents.Next("invoices:" + prefix):D4}";
    }
}
