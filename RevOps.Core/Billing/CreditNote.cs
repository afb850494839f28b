using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RevOps.Core.Platform;

namespace RevOps.Core.Billing;

/// <summary>Where a credit note stands; it only moves forward. Stored as its number: append only.</summary>
public enum CreditNoteStatus
{
    /// <summary>Waits for Finance.</summary>
    Proposed = 0,

    /// <summary>Approved and numbered; on its way to Stripe.</summary>
    Approved = 1,

    Issued = 2,

    /// <summary>Not made: no number was used.</summary>
    Rejected = 3,
}

/// <summary>Why an issued invoice is corrected. Stored as its number: append only.</summary>
public enum CreditReason
{
    /// <summary>The booking was cancelled.</summary>
    Cancelled = 0,

    /// <summary>The booking changed after issue.</summary>
    Changed = 1,

    /// <summary>The invoice was wrong: it counts in the invoice error rate.</summary>
    BillingError = 2,

    /// <summary>The service was not what was promised.</summary>
    Unsatisfactory = 3,

    /// <summary>Invoiced twice; counts in the invoice error rate.</summary>
    Duplicate = 4,

    /// <summary>A gesture.</summary>
    Goodwill = 5,
}

/// <summary>What becomes of the part that the client has paid already. Stored as its number: append only.</summary>
public enum CreditSettlement
{
    /// <summary>Paid back to where the payment came from.</summary>
    Refund = 0,

    /// <summary>Kept on the client's balance, for their next invoice.</summary>
    Balance = 1,

    /// <summary>Paid back outside Stripe, by transfer.</summary>
    Transfer = 2,
}

/// <summary>
/// Takes back an issued invoice, whole or in part: what left the house is never edited. Its own number, from a series without gaps, is the
/// legal one (CGI annexe II 242 nonies A); Stripe's stands beside it.
/// </summary>
public sealed class CreditNote
{
    public required Guid Id { get; init; }
    public required Guid InvoiceId { get; init; }
    public required Guid CustomerId { get; init; }
    public required Mode Mode { get; init; }
    public CreditNoteStatus Status { get; set; }
    public required CreditReason Reason { get; init; }

    /// <summary>What is printed as reason, sealed under the invoice's key; null: the reason alone.</summary>
    public byte[]? SealedMemo { get; set; }

    public required string Currency { get; init; }
    public required long NetMinor { get; init; }
    public required long TaxMinor { get; init; }
    public required long GrossMinor { get; init; }

    /// <summary>What is to become of what was paid already.</summary>
    public CreditSettlement Settlement { get; set; }

    /// <summary>How much of it goes back or is kept, as it turned out when it was issued; the rest lowers what is owed.</summary>
    public long SettledMinor { get; set; }

    /// <summary>The invoice is made anew from its bookings once this is issued.</summary>
    public bool Reissues { get; init; }

    /// <summary>Legal number, such as "AV-2026-0007"; given with the approval, in the same commit.</summary>
    public string? Number { get; set; }

    /// <summary>Number in use at Stripe.</summary>
    public string? StripeNumber { get; set; }

    public string? StripeCreditNoteId { get; set; }

    /// <summary>Who proposed it; null when a changed or cancelled booking did.</summary>
    public Guid? MakerId { get; init; }

    public required DateTimeOffset OccurredAt { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>Who gave the first of two approvals; null where one was enough, or none came yet.</summary>
    public Guid? FirstApproverId { get; set; }

    public DateTimeOffset? ApprovedAt { get; set; }
    public Guid? ApproverId { get; set; }
    public DateTimeOffset? IssuedAt { get; set; }

    /// <summary>Under whose key the memo stands: that of the invoice.</summary>
    public required Guid OwnerId { get; set; }

    public int Version { get; private set; }

    public Money Net => new(NetMinor, Currency);
    public Money Tax => new(TaxMinor, Currency);
    public Money Gross => new(GrossMinor, Currency);

    internal sealed class Mapping : IEntityTypeConfiguration<CreditNote>
    {
        public void Configure(EntityTypeBuilder<CreditNote> builder)
        {
            builder.ToTable("CreditNotes").HasKey(note => note.Id);
            builder.Ignore(note => note.Net).Ignore(note => note.Tax).Ignore(note => note.Gross);
            builder.Property(note => note.Currency).HasMaxLength(3);
            builder.Property(note => note.Number).HasMaxLength(50);
            builder.Property(note => note.StripeNumber).HasMaxLength(100);
            builder.Property(note => note.StripeCreditNoteId).HasMaxLength(100);
            builder.Property(note => note.Version).IsConcurrencyToken();
            builder.HasIndex(note => note.InvoiceId);
            builder.HasIndex(note => new { note.Mode, note.Number }).IsUnique();
            builder.HasIndex(note => note.StripeCreditNoteId).IsUnique();
            builder.HasIndex(note => new { note.Status, note.OccurredAt });
        }
    }
}

/// <summary>What a credit note takes back of one line of the invoice.</summary>
public sealed class CreditNoteLine
{
    public required Guid Id { get; init; }
    public required Guid CreditNoteId { get; init; }
    public required Guid InvoiceLineId { get; init; }
    public required int Position { get; init; }
    public required long NetMinor { get; init; }
    public required long TaxMinor { get; init; }
    public required TaxCategory Category { get; init; }
    public required int RateBasisPoints { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<CreditNoteLine>
    {
        public void Configure(EntityTypeBuilder<CreditNoteLine> builder)
        {
            builder.ToTable("CreditNoteLines").HasKey(line => line.Id);
            builder.HasIndex(line => new { line.CreditNoteId, line.Position }).IsUnique();
            builder.HasIndex(line => line.InvoiceLineId);
        }
    }
}
