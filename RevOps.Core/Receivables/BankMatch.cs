using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RevOps.Core.Billing;

namespace RevOps.Core.Receivables;

/// <summary>What a part of a bank line is. Stored as its number: append only.</summary>
public enum MatchKind
{
    /// <summary>A client paid an invoice past Stripe.</summary>
    Invoice = 0,

    /// <summary>What Stripe paid out.</summary>
    Payout = 1,

    /// <summary>Kept by a bank on the way: the invoice is paid, the money is not there.</summary>
    Fee = 2,

    /// <summary>A few cents that nobody will claim, within the limit.</summary>
    WriteOff = 3,

    /// <summary>More than was owed: kept for the client.</summary>
    Overpayment = 4,

    /// <summary>A payment that was booked before the bank told of it, such as one that somebody marked: it makes none.</summary>
    Booked = 5,
}

/// <summary>A part of a bank line and what it pays. Undone, it stays to be read.</summary>
public sealed class BankMatch
{
    public required Guid Id { get; init; }
    public required Guid LineId { get; init; }
    public required MatchKind Kind { get; init; }
    public Guid? InvoiceId { get; init; }
    public Guid? PayoutId { get; init; }

    /// <summary>Of the line; of a fee or a write-off what is missing on it, negative.</summary>
    public required long AmountMinor { get; init; }

    /// <summary>The payment that it made, or that was booked before; null on a payout, a fee and a write-off.</summary>
    public Guid? PaymentId { get; init; }

    /// <summary>Of the invoice before it, to be given back when it is undone; null where it changed nothing of the kind.</summary>
    public InvoiceStatus? StatusBefore { get; init; }

    public DateTimeOffset? PaidAtBefore { get; init; }

    /// <summary>By which rule it was found, as a code; "hand" when nobody but a person did.</summary>
    public required string Rule { get; init; }

    /// <summary>Null when it was automatic.</summary>
    public Guid? UserId { get; init; }

    public required DateTimeOffset OccurredAt { get; init; }
    public DateTimeOffset? UndoneAt { get; set; }
    public Guid? UndoneBy { get; set; }
    public int Version { get; private set; }

    internal sealed class Mapping : IEntityTypeConfiguration<BankMatch>
    {
        public void Configure(EntityTypeBuilder<BankMatch> builder)
        {
            builder.ToTable("BankMatches").HasKey(match => match.Id);
            builder.Property(match => match.Rule).HasMaxLength(20);
            builder.Property(match => match.Version).IsConcurrencyToken();
            builder.HasIndex(match => match.LineId);
            builder.HasIndex(match => match.InvoiceId);

            // What was paid out arrives once, whoever says so at the same moment.
            builder.HasIndex(match => match.PayoutId).IsUnique().HasFilter("\"UndoneAt\" IS NULL AND \"PayoutId\" IS NOT NULL");
            builder.HasIndex(match => match.PaymentId);
        }
    }
}
