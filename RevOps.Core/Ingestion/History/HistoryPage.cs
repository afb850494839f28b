using RevOps.Core.Billing;
using RevOps.Core.Billing.Stripe;

namespace RevOps.Core.Ingestion.History;

/// <summary>What one page of a list of Stripe's brought.</summary>
/// <param name="Last">The object that reading goes on after.</param>
internal sealed record HistoryPage(string? Last, bool HasMore)
{
    public int Customers { get; init; }
    public int Invoices { get; init; }
    public int CreditNotes { get; init; }
    public int Payments { get; init; }
    public int Refunds { get; init; }
    public int Payouts { get; init; }

    /// <summary>Payments of which something went back.</summary>
    public IReadOnlyList<string> Intents { get; init; } = [];

    /// <summary>The list was begun anew: what was counted of it before counts again.</summary>
    public bool StartsAgain { get; init; }

    public static HistoryPage Of<T>(StripeList<T> list) where T : StripeObject => new(list.Data.Count == 0 ? null : list.Data[^1].Id, list is { HasMore: true, Data.Count: > 0 });

    public void CountInto(HistoryImport import)
    {
        if (StartsAgain)
            Forget(import);
        import.Customers += Customers;
        import.Invoices += Invoices;
        import.CreditNotes += CreditNotes;
        import.Payments += Payments;
        import.Refunds += Refunds;
        import.Payouts += Payouts;
    }

    private static void Forget(HistoryImport import)
    {
        switch (import.Step)
        {
            case "customers": import.Customers = 0; break;
            case "invoices": (import.Invoices, import.CreditNotes, import.Payments) = (0, 0, 0); break;
            case "refunds": import.Refunds = 0; break;
            case "payouts": import.Payouts = 0; break;
        }
    }
}
