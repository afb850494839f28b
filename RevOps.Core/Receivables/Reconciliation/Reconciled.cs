namespace RevOps.Core.Receivables.Reconciliation;

/// <summary>How something stands between CRM, invoices and bank. Stored as its number in evidence: append only.</summary>
public enum ReconciledState
{
    Matched = 0,
    Missing = 1,
    Doubled = 2,
    Different = 3,

    /// <summary>Not due yet: money on its way, a sale of these days.</summary>
    UnderWay = 4,
}

/// <summary>Of what a row is. Stored as its number in evidence: append only.</summary>
public enum ReconciledKind
{
    Deal = 0,
    Invoice = 1,
    BankLine = 2,
    Payout = 3,
}

/// <summary>One row of the ledger from deal to cash.</summary>
/// <param name="Subject">Kind and id, by which it is found again after closing.</param>
/// <param name="Name">Deal, invoice number, or Stripe's id.</param>
/// <param name="CrmMinor">Net, as the CRM has it; null: it has none, or nobody knows.</param>
/// <param name="SoldMinor">Net, as we received it.</param>
/// <param name="InvoicedMinor">Net, after credit notes.</param>
/// <param name="GrossMinor">What has to be paid of it, with the tax.</param>
/// <param name="SeenMinor">Of what was paid, what was seen at the bank.</param>
/// <param name="Problems">Codes: why it is not matched.</param>
/// <param name="Links">Ids of the invoices, in the order in which they were issued.</param>
public sealed record Reconciled(ReconciledKind Kind, string Subject, string Name, DateOnly Day, ReconciledState State, long? CrmMinor, long? SoldMinor, long InvoicedMinor, long GrossMinor, long PaidMinor, long SeenMinor, IReadOnlyList<string> Problems, IReadOnlyList<Guid> Links)
{
    public bool IsException => State is not (ReconciledState.Matched or ReconciledState.UnderWay);
}
