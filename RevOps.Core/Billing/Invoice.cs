using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RevOps.Core.Platform;

namespace RevOps.Core.Billing;

/// <summary>Where an invoice stands. It only moves forward; money that comes back is a dated event, not a step back.</summary>
public enum InvoiceStatus
{
    /// <summary>Asked for; the draft at Stripe is being made.</summary>
    Drafting = 0,

    /// <summary>Drafted, read back and equal to the cent; waits for Finance.</summary>
    ReadyForReview = 1,

    /// <summary>Approved; being finalised and sent.</summary>
    Approved = 2,

    /// <summary>Finalised and sent, not fully paid.</summary>
    Open = 3,

    Paid = 4,

    /// <summary>Refused by Finance; a new version of the booking drafts again.</summary>
    Rejected = 5,

    /// <summary>The booking was cancelled before approval; the draft is gone.</summary>
    Cancelled = 6,

    /// <summary>Voided at Stripe before it was sent.</summary>
    Void = 7,

    /// <summary>Given up at Stripe; it can still be paid.</summary>
    Uncollectible = 8,

    /// <summary>Something does not fit; nothing happens to it until somebody decides.</summary>
    Held = 9,
}

/// <summary>What a change after issue asks for; Finance decides.</summary>
public enum InvoiceCorrection
{
    None = 0,

    /// <summary>The booking was cancelled: credit all of it.</summary>
    CreditWhole = 1,

    /// <summary>The booking changed: credit it and invoice the new content.</summary>
    CreditAndReissue = 2,
}

/// <summary>One sale, invoiced once: the local twin of a Stripe invoice.</summary>
public sealed class Invoice
{
    public required Guid Id { get; init; }

    /// <summary>The booking it invoices; unique, which is what makes an invoice per sale.</summary>
    public required Guid BookingId { get; init; }

    public required Guid CustomerId { get; set; }
    public required Guid PersonId { get; set; }
    public required Mode Mode { get; init; }
    public InvoiceStatus Status { get; set; }

    /// <summary>Counts drafts: a changed booking gives the next one. Part of every idempotency key.</summary>
    public int DraftVersion { get; set; } = 1;

    public required string Currency { get; set; }
    public long NetMinor { get; set; }
    public long TaxMinor { get; set; }
    public long GrossMinor { get; set; }
    public long PaidMinor { get; set; }

    /// <summary>When the sale happened.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>When the draft was ready for review.</summary>
    public DateTimeOffset? DraftedAt { get; set; }

    public DateTimeOffset? ApprovedAt { get; set; }
    public DateTimeOffset? IssuedAt { get; set; }
    public DateTimeOffset? SentAt { get; set; }
    public DateTimeOffset? PaidAt { get; set; }
    public DateTimeOffset? CancelledAt { get; set; }

    /// <summary>Day on which payment is due, in the company's zone; set at approval.</summary>
    public DateOnly? DueOn { get; set; }

    public int PaymentTermsDays { get; set; } = 30;

    /// <summary>Legal number, given by Stripe's account-level series when it is issued.</summary>
    public string? Number { get; set; }

    public string? StripeInvoiceId { get; set; }

    /// <summary>Where the client pays.</summary>
    public string? HostedUrl { get; set; }

    /// <summary>Hash of what was read back from Stripe and shown for review; approval compares it again.</summary>
    public byte[]? ReviewHash { get; set; }

    /// <summary>Codes of <see cref="ReviewProblem"/> that block approval, space-separated; empty when it may be approved.</summary>
    public string Problems { get; set; } = "";

    /// <summary>The version of the company's data that it was drafted with; an issued invoice keeps it.</summary>
    public required Guid CompanyVersionId { get; set; }

    /// <summary>Under whose key the buyer and the lines stand: the company's for a business, the person's for a consumer.</summary>
    public Guid OwnerId { get; set; }

    /// <summary>The buyer as drafted, as sealed JSON: what was issued keeps it when the customer moves.</summary>
    public byte[]? SealedBuyer { get; set; }

    /// <summary>A credit note that is due, since the booking changed after the invoice had left the house.</summary>
    public InvoiceCorrection Correction { get; set; }

    public int Version { get; private set; }

    public Money Net => new(NetMinor, Currency);
    public Money Tax => new(TaxMinor, Currency);
    public Money Gross => new(GrossMinor, Currency);
    public Money Outstanding => new(GrossMinor - PaidMinor, Currency);

    public IReadOnlyList<string> ProblemList => Problems.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Still a draft: may change with its booking, or go.</summary>
    public bool IsDraft => Status is InvoiceStatus.Drafting or InvoiceStatus.ReadyForReview or InvoiceStatus.Held;

    /// <summary>The same as <see cref="IsDraft"/>, for the database.</summary>
    public static Expression<Func<Invoice, bool>> MayBeRedrafted { get; } =
        invoice => invoice.Status == InvoiceStatus.Drafting || invoice.Status == InvoiceStatus.ReadyForReview || invoice.Status == InvoiceStatus.Held;

    /// <summary>What is still owed of it, for the database: nothing before issue and after payment.</summary>
    public static Expression<Func<Invoice, long>> OwedMinor { get; } =
        invoice => invoice.Status == InvoiceStatus.Open || invoice.Status == InvoiceStatus.Uncollectible ? invoice.GrossMinor - invoice.PaidMinor : 0;

    internal sealed class Mapping : IEntityTypeConfiguration<Invoice>
    {
        public void Configure(EntityTypeBuilder<Invoice> builder)
        {
            builder.ToTable("Invoices").HasKey(invoice => invoice.Id);
            builder.Ignore(invoice => invoice.Net).Ignore(invoice => invoice.Tax).Ignore(invoice => invoice.Gross)
                .Ignore(invoice => invoice.Outstanding).Ignore(invoice => invoice.ProblemList).Ignore(invoice => invoice.IsDraft);
            builder.Property(invoice => invoice.Currency).HasMaxLength(3);
            builder.Property(invoice => invoice.Number).HasMaxLength(50);
            builder.Property(invoice => invoice.StripeInvoiceId).HasMaxLength(100);
            builder.Property(invoice => invoice.HostedUrl).HasMaxLength(1_000);
            builder.Property(invoice => invoice.ReviewHash).HasMaxLength(32);
            builder.Property(invoice => invoice.Problems).HasMaxLength(500);
            builder.Property(invoice => invoice.Version).IsConcurrencyToken();
            builder.HasIndex(invoice => invoice.BookingId).IsUnique();
            builder.HasIndex(invoice => invoice.StripeInvoiceId).IsUnique();
            builder.HasIndex(invoice => new { invoice.Status, invoice.OccurredAt });
            builder.HasIndex(invoice => invoice.CustomerId);
            builder.HasIndex(invoice => invoice.PersonId);
        }
    }
}

/// <summary>One line of an invoice as drafted.</summary>
public sealed class InvoiceLine
{
    public required Guid Id { get; init; }
    public required Guid InvoiceId { get; init; }
    public required int DraftVersion { get; init; }
    public required int Position { get; init; }

    /// <summary>The booking line's key.</summary>
    public required string Key { get; init; }

    /// <summary>Under whose key the description is sealed.</summary>
    public required Guid OwnerId { get; init; }

    public required byte[] SealedDescription { get; init; }

    public required decimal Quantity { get; init; }

    /// <summary>In whole currency units, up to 6 decimals, as text: no decimal column.</summary>
    public required string UnitAmount { get; init; }

    public required long NetMinor { get; init; }
    public required long TaxMinor { get; init; }
    public required TaxCategory Category { get; init; }
    public required int RateBasisPoints { get; init; }
    public string? ServiceCode { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<InvoiceLine>
    {
        public void Configure(EntityTypeBuilder<InvoiceLine> builder)
        {
            builder.ToTable("InvoiceLines").HasKey(line => line.Id);
            builder.Property(line => line.Key).HasMaxLength(200);
            builder.Property(line => line.Quantity).HasConversion(
                quantity => quantity.ToString(System.Globalization.CultureInfo.InvariantCulture), text => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture)).HasMaxLength(40);
            builder.Property(line => line.UnitAmount).HasMaxLength(40);
            builder.Property(line => line.ServiceCode).HasMaxLength(100);
            builder.HasIndex(line => new { line.InvoiceId, line.DraftVersion, line.Position }).IsUnique();
        }
    }
}

/// <summary>What Finance decided on a draft, and who it was.</summary>
public sealed class InvoiceDecision
{
    public required Guid Id { get; init; }
    public required Guid InvoiceId { get; init; }
    public required int DraftVersion { get; init; }
    public required bool Approved { get; init; }
    public required Guid UserId { get; init; }

    /// <summary>The hash that stood on the screen and at Stripe at that moment.</summary>
    public required byte[] ReviewHash { get; init; }

    /// <summary>Why it was refused, sealed under the company's key.</summary>
    public byte[]? SealedReason { get; init; }

    public required DateTimeOffset OccurredAt { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<InvoiceDecision>
    {
        public void Configure(EntityTypeBuilder<InvoiceDecision> builder)
        {
            builder.ToTable("InvoiceDecisions").HasKey(decision => decision.Id);
            builder.Property(decision => decision.ReviewHash).HasMaxLength(32);

            // One decision per draft: of two people who click at once, one finds it taken.
            builder.HasIndex(decision => new { decision.InvoiceId, decision.DraftVersion }).IsUnique();
        }
    }
}
