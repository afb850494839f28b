namespace RevOps.Core.Scorecard.Checks;

/// <summary>What a row of evidence is, and so where it is opened.</summary>
public enum EvidenceKind
{
    Invoice = 0,
    Booking = 1,
    Customer = 2,
    Person = 3,
    Conversion = 4,
    Payment = 5,
    BankLine = 6,
    CreditNote = 7,
    Event = 8,
    Connection = 9,
    Month = 10,
    Spend = 11,
    Snapshot = 12,
    User = 13,
    Forecast = 14,
    Price = 15,
    Payout = 16,

    /// <summary>An invoice of the same account that was made past this product.</summary>
    ForeignInvoice = 17,
}

/// <summary>One row that a check counted.</summary>
public sealed class EvidenceRow
{
    public required EvidenceKind Kind { get; init; }

    /// <summary>Of the row itself, or of what it belongs to where that is what is opened.</summary>
    public required Guid Id { get; init; }

    /// <summary>Of the row itself, where <see cref="Id"/> is of what it belongs to.</summary>
    public Guid? Part { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Whether it is as it should be.</summary>
    public required bool Holds { get; init; }

    /// <summary>Name of the part that it fails, where that counts something else than the rows of its check.</summary>
    public string? Of { get; init; }

    /// <summary>On which a booking stands: what is opened of it.</summary>
    public Guid? InvoiceId { get; init; }

    /// <summary>Whose a booking is: what is opened where it has no invoice. It may have become another, which their page knows.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>An invoice's number, a booking's reference; never a personal value.</summary>
    public string? Label { get; init; }
}
