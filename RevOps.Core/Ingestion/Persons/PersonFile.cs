namespace RevOps.Core.Ingestion.Persons;

/// <summary>Kinds of data that are held of a person, in the order of the page and the export.</summary>
public enum HeldKind
{
    Contact,
    Keys,
    Consents,
    Touches,
    VoiceSessions,
    Readings,
    LeadStages,
    Customers,
    Bookings,
    Invoices,
    InvoiceLines,
    InvoiceEdits,
    CreditNotes,
    Payments,
    BankLines,
    InvoiceNotes,
    Conversions,
    Messages,
    Mails,
    Deliveries,
    Events,
    Merges,
    Links,
    Changes,
}

/// <param name="First">Of the oldest; null where there is none.</param>
public sealed record Held(HeldKind Kind, int Count, DateTimeOffset? First, DateTimeOffset? Last);

public sealed record PersonFile
{
    /// <summary>The member that stands for all.</summary>
    public required Guid Id { get; init; }

    public DateTimeOffset? ErasedAt { get; init; }
    public required IReadOnlyList<Held> Held { get; init; }

    /// <summary>They have to be issued or dropped before the person can be erased.</summary>
    public required IReadOnlyList<Guid> WaitingDrafts { get; init; }

    /// <summary>To them as a private person: name and address stay on these.</summary>
    public required int IssuedInvoices { get; init; }

    public required int WaitingConversions { get; init; }

    /// <summary>They book for a company, whose data stay.</summary>
    public required bool IsClient { get; init; }
}

/// <param name="Rows">One page, newest first.</param>
/// <param name="Total">On all pages.</param>
public sealed record ConsentList(IReadOnlyList<ConsentView> Rows, int Total);

/// <param name="HasProof">Something was kept that shows it.</param>
/// <param name="Proof">Only for whoever may see it.</param>
/// <param name="OnBrowser">Given on one of their browsers, which that answer may have parted from them.</param>
public sealed record ConsentView(Guid Id, DateTimeOffset OccurredAt, DateTimeOffset RecordedAt, bool? Measurement, bool? Ads, bool? Personalization, string TextVersion, bool HasProof, string? Proof, bool OnBrowser);
