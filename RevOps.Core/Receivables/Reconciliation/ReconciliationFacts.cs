namespace RevOps.Core.Receivables.Reconciliation;

/// <summary>A won deal as the CRM's own list has it.</summary>
/// <param name="NetMinor">Without tax.</param>
public sealed record WonDeal(string DealId, DateOnly WonOn, long NetMinor);

/// <summary>A sale that we received: a booking or a won deal.</summary>
/// <param name="Reference">What events call it.</param>
/// <param name="DealId">The CRM's id; null where the sender named none.</param>
/// <param name="NetMinor">Without tax, as it was sold.</param>
/// <param name="IsDue">It has to be invoiced: neither cancelled, nor of before RevOps.</param>
public sealed record Sold(Guid BookingId, string Reference, string? DealId, DateOnly Day, long NetMinor, bool IsDue)
{
    public string Subject => DealId is null ? $"booking/{Reference}" : $"deal/{DealId}";
}

/// <summary>An invoice of a sale, or the share of a gathered one that is the sale's.</summary>
/// <param name="State">Code of its status, for a reason.</param>
/// <param name="IsIssued">It left the house.</param>
/// <param name="IsElsewhere">Another program issued it.</param>
/// <param name="NetMinor">After credit notes, without tax.</param>
/// <param name="GrossMinor">After credit notes, with the tax: what has to be paid.</param>
/// <param name="SeenMinor">Of what was paid, what was seen at the bank.</param>
/// <param name="PaidOn">The day of its last payment; null where nothing was paid, or only out of what was kept for the client.</param>
public sealed record SoldInvoice(Guid BookingId, Guid InvoiceId, string Number, string State, bool IsIssued, bool IsElsewhere, long NetMinor, long GrossMinor, long PaidMinor, long SeenMinor, DateOnly? PaidOn = null);

/// <summary>An invoice that was issued and stands on no sale; also a deposit whose deal never came, and what another program issued.</summary>
public sealed record LooseInvoice(Guid InvoiceId, string Number, DateOnly IssuedOn, long NetMinor, long GrossMinor, long PaidMinor, long SeenMinor, DateOnly? PaidOn = null);

/// <summary>Money that came in at the bank.</summary>
public sealed record BankCredit(Guid LineId, DateOnly BookedOn, long AmountMinor, long MatchedMinor, bool IsAside, string? Reason, Guid? OwnerId);

/// <summary>What Stripe paid out.</summary>
/// <param name="IsSeen">It was matched with a line of the bank.</param>
/// <param name="PartsMinor">Sum of what it is made of; null while it was not read, or cannot be.</param>
public sealed record PaidOut(Guid PayoutId, string StripeId, DateOnly ArrivesOn, long AmountMinor, bool IsSeen, long? PartsMinor);

/// <summary>Everything that a period is reconciled from, in one currency.</summary>
/// <param name="Won">Null: the CRM's list does not cover all days of the period, and what the CRM has is not known.</param>
/// <param name="WonOutside">Ids of deals that we received within the period and the CRM won on days outside it: they are of that other period.</param>
/// <param name="SoldOutside">Deals of the list that we received on days outside the period.</param>
public sealed record ReconciliationFacts(
    DateOnly From, DateOnly To, DateOnly Today, IReadOnlyList<WonDeal>? Won, IReadOnlySet<string> WonOutside, IReadOnlyList<Sold> Sold, IReadOnlyList<Sold> SoldOutside, IReadOnlyList<SoldInvoice> Invoices,
    IReadOnlyList<LooseInvoice> Loose, IReadOnlyList<BankCredit> Credits, IReadOnlyList<PaidOut> PaidOut)
{
    /// <summary>The days that every account's statements cover: what was paid on them the bank would have shown. Null: none were brought.</summary>
    public (DateOnly From, DateOnly To)? Statements { get; init; }
}
