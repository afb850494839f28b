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

    /// <summary>Taken back in full by credit notes before it was paid; nothing is owed.</summary>
    Credited = 10,

    /// <summary>Only compared with what another program invoices; never made at Stripe (shadow mode).</summary>
    Shadow = 11,
}

/// <summary>Where an invoice comes from. Stored as its number: append only.</summary>
public enum InvoiceOrigin
{
    /// <summary>A booking or a won deal, or several that were gathered.</summary>
    Sale = 0,

    /// <summary>Written by Finance.</summary>
    ByHand = 1,

    /// <summary>Part of a deal's price, asked for before the deal is invoiced, which then deducts it.</summary>
    Deposit = 2,

    /// <summary>Read from Stripe's history: it counts in the figures, and is never drafted, reminded of, or told to ad platforms.</summary>
    Imported = 3,

    /// <summary>Owed since before RevOps, entered from a file; as <see cref="Imported"/>.</summary>
    OpeningBalance = 4,

    /// <summary>Late interest and the indemnity for another invoice: outside the scope of VAT, and never late-paid at interest itself.</summary>
    LateClaim = 5,
}

/// <summary>What a change after issue asks for; Finance decides.</summary>
public enum InvoiceCorrection
{
    None = 0,

    /// <summary>The booking was cancelled: credit all of it.</summary>
    CreditWhole = 1,

    /// <summary>The booking changed: credit it and invoice the new content.</summary>
    CreditAndReissue = 2,

    /// <summary>One of several gathered bookings was cancelled: credit its lines.</summary>
    CreditPart = 3,
}

/// <summary>The local twin of a Stripe invoice. A booking names the one that it stands on, so a sale is invoiced once.</summary>
public sealed class Invoice
{
    public required Guid Id { get; init; }

    public InvoiceOrigin Origin { get; init; }

    /// <summary>What it is called before it has a number: the booking's or deal's id, the first of them where several were gathered, or Finance's own word.</summary>
    public required string Reference { get; init; }

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

    /// <summary>What came in less what went back: the sum of its payments, refunds and disputes.</summary>
    public long PaidMinor { get; set; }

    /// <summary>Sum of its issued credit notes, with the tax.</summary>
    public long CreditedMinor { get; set; }

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

    /// <summary>Finance's own version of the draft that counts instead of the sender's; null: the sender's.</summary>
    public Guid? EditId { get; set; }

    /// <summary>The user who wrote or edited what stands in it; null when nobody of the house did.</summary>
    public Guid? MakerId { get; set; }

    /// <summary>Hash of the content whose prices Finance accepted although the catalogue says otherwise.</summary>
    public byte[]? PricesAcceptedFor { get; set; }

    /// <summary>Bookings of this customer and period go onto this draft, such as "2026-11/EUR/exclusive"; null: it takes no others.</summary>
    public string? GatherKey { get; set; }

    /// <summary>Last day on which bookings are gathered; it may be approved afterwards, or when it was closed by hand.</summary>
    public DateOnly? GathersUntil { get; set; }

    /// <summary>The deal or booking id that a deposit is for.</summary>
    public string? DepositFor { get; set; }

    /// <summary>The credited invoice that this one stands in for.</summary>
    public Guid? ReplacesId { get; set; }

    /// <summary>When it was last read at Stripe and laid beside this row.</summary>
    public DateTimeOffset? CheckedAt { get; set; }

    /// <summary>The company's day of issue, which every figure of receivables goes by; null before it.</summary>
    public DateOnly? IssuedOn { get; set; }

    /// <summary>The company's day on which a payment, what went back or a credit note moved it last.</summary>
    public DateOnly? MovedOn { get; private set; }

    /// <summary>Since this day nothing is owed of it, and nothing overpaid; null while something is.</summary>
    public DateOnly? SettledOn { get; private set; }

    public int Version { get; private set; }

    public Money Net => new(NetMinor, Currency);
    public Money Tax => new(TaxMinor, Currency);
    public Money Gross => new(GrossMinor, Currency);
    public Money Outstanding => new(GrossMinor - CreditedMinor - PaidMinor, Currency);

    public IReadOnlyList<string> ProblemList => Problems.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Still a draft: may change with its booking, or go.</summary>
    public bool IsDraft => Status is InvoiceStatus.Drafting or InvoiceStatus.ReadyForReview or InvoiceStatus.Held;

    /// <summary>Not made at Stripe until somebody decides: only compared, or another program has an invoice for the same deal.</summary>
    public bool IsKeptBack => Status == InvoiceStatus.Shadow || (Status == InvoiceStatus.Held && ProblemList.Contains(ReviewProblem.ForeignInvoice));

    /// <summary>A change of its booking changes it: it has not left the house, and may not have been made at Stripe at all.</summary>
    public bool FollowsItsBooking => IsDraft || Status is InvoiceStatus.Rejected or InvoiceStatus.Shadow;

    /// <summary>The same as <see cref="IsDraft"/>, for the database.</summary>
    public static Expression<Func<Invoice, bool>> MayBeRedrafted { get; } =
        invoice => invoice.Status == InvoiceStatus.Drafting || invoice.Status == InvoiceStatus.ReadyForReview || invoice.Status == InvoiceStatus.Held;

    /// <summary>It left the house and counts in the receivables: what went back after payment is owed again.</summary>
    public bool IsIssued => Status is InvoiceStatus.Open or InvoiceStatus.Paid or InvoiceStatus.Uncollectible or InvoiceStatus.Credited;

    /// <summary>From before RevOps: it counts in the figures, and nothing is made, reminded of or told on its account.</summary>
    public bool IsHistory => Origin is InvoiceOrigin.Imported or InvoiceOrigin.OpeningBalance;

    /// <summary>What is still owed of it, for the database: nothing before issue and after payment, and what went back afterwards.</summary>
    public static Expression<Func<Invoice, long>> OwedMinor { get; } =
        invoice => invoice.Status == InvoiceStatus.Open || invoice.Status == InvoiceStatus.Uncollectible || invoice.Status == InvoiceStatus.Paid
            ? invoice.GrossMinor - invoice.CreditedMinor - invoice.PaidMinor : 0;

    /// <summary>Whether something of it is to be paid, for the database: what went back after payment is owed again, whatever the status.</summary>
    public static Expression<Func<Invoice, bool>> IsOwed { get; } =
        invoice => invoice.Status == InvoiceStatus.Open || invoice.Status == InvoiceStatus.Uncollectible
            || (invoice.Status == InvoiceStatus.Paid && invoice.PaidMinor + invoice.CreditedMinor < invoice.GrossMinor);

    /// <summary>What is paid or credited of it has changed, on a day of the company's. Days come in any order.</summary>
    public void Moved(DateOnly day)
    {
        MovedOn = MovedOn > day ? MovedOn : day;
        SettledOn = Outstanding.Minor == 0 ? MovedOn : null;
    }

    /// <summary>What moved it was partly taken back: these are all days on which it did, its issue among them.</summary>
    public void MovedOnly(IEnumerable<DateOnly> days)
    {
        MovedOn = days.Max();
        SettledOn = Outstanding.Minor == 0 ? MovedOn : null;
    }

    /// <summary>A credit note came: what owes nothing any more is paid, or where nothing was ever paid, credited.</summary>
    public void CloseAfterCredit(DateTimeOffset at)
    {
        if (Status is InvoiceStatus.Open or InvoiceStatus.Uncollectible && Outstanding.Minor <= 0)
            (Status, PaidAt) = PaidMinor > 0 ? (InvoiceStatus.Paid, at) : (InvoiceStatus.Credited, PaidAt);
    }

    internal sealed class Mapping : IEntityTypeConfiguration<Invoice>
    {
        public void Configure(EntityTypeBuilder<Invoice> builder)
        {
            builder.ToTable("Invoices").HasKey(invoice => invoice.Id);
            builder.Ignore(invoice => invoice.Net).Ignore(invoice => invoice.Tax).Ignore(invoice => invoice.Gross)
                .Ignore(invoice => invoice.Outstanding).Ignore(invoice => invoice.ProblemList).Ignore(invoice => invoice.IsDraft)
                .Ignore(invoice => invoice.IsIssued).Ignore(invoice => invoice.FollowsItsBooking).Ignore(invoice => invoice.IsKeptBack)
                .Ignore(invoice => invoice.IsHistory);
            builder.Property(invoice => invoice.Reference).HasMaxLength(200);
            builder.Property(invoice => invoice.Currency).HasMaxLength(3);
            builder.Property(invoice => invoice.Number).HasMaxLength(50);
            builder.Property(invoice => invoice.StripeInvoiceId).HasMaxLength(100);
            builder.Property(invoice => invoice.HostedUrl).HasMaxLength(1_000);
            builder.Property(invoice => invoice.ReviewHash).HasMaxLength(32);
            builder.Property(invoice => invoice.Problems).HasMaxLength(500);
            builder.Property(invoice => invoice.PricesAcceptedFor).HasMaxLength(32);
            builder.Property(invoice => invoice.GatherKey).HasMaxLength(40);
            builder.Property(invoice => invoice.DepositFor).HasMaxLength(200);
            builder.Property(invoice => invoice.Version).IsConcurrencyToken();
            builder.HasIndex(invoice => new { invoice.CustomerId, invoice.GatherKey });
            builder.HasIndex(invoice => invoice.DepositFor);
            builder.HasIndex(invoice => invoice.ReplacesId);
            builder.HasIndex(invoice => invoice.StripeInvoiceId).IsUnique();
            builder.HasIndex(invoice => new { invoice.Status, invoice.OccurredAt });

            // What is open on a day, and what was sold on each: read from the index alone.
            builder.HasIndex(invoice => new
            {
                invoice.Mode,
                invoice.Currency,
                invoice.SettledOn,
                invoice.IssuedOn,
                invoice.Status,
                invoice.MovedOn,
                invoice.DueOn,
                invoice.CustomerId,
                invoice.GrossMinor,
                invoice.CreditedMinor,
                invoice.PaidMinor,
                invoice.Id,
            }, "IX_Invoices_Open");
            builder.HasIndex(invoice => new { invoice.Mode, invoice.Currency, invoice.IssuedOn, invoice.Status, invoice.GrossMinor });
            builder.HasIndex(invoice => invoice.PersonId);
        }
    }
}
