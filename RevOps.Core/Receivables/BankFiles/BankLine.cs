using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RevOps.Core.Platform;

namespace RevOps.Core.Receivables.BankFiles;

/// <summary>Where a line stands in the work list. Stored as its number: append only.</summary>
public enum BankLineState
{
    /// <summary>Something of it is not accounted for.</summary>
    Open = 0,

    /// <summary>Accounted for to the cent.</summary>
    Matched = 1,

    /// <summary>None of ours: wages, taxes, a transfer between own accounts.</summary>
    SetAside = 2,

    /// <summary>Somebody waits for an answer about it.</summary>
    OnHold = 3,
}

/// <summary>One movement on an account.</summary>
public sealed class BankLine
{
    /// <summary>The reason of what was set aside because it went out.</summary>
    public const string Outgoing = "outgoing";

    public required Guid Id { get; init; }
    public required Guid AccountId { get; init; }
    public required Guid FileId { get; init; }
    public required Mode Mode { get; init; }

    /// <summary>Position in the file, from 1.</summary>
    public required int Position { get; init; }

    /// <summary>Hash of account and bank reference, or of account, statement and position, unique: the same line again is seen. Never of date, amount and label, which two lines may share.</summary>
    public required byte[] KeyHash { get; init; }

    public required DateOnly BookedOn { get; init; }
    public DateOnly? ValueOn { get; init; }
    public required string Currency { get; init; }

    /// <summary>Positive when it came in.</summary>
    public required long AmountMinor { get; init; }

    /// <summary>What is accounted for.</summary>
    public long MatchedMinor { get; set; }

    public BankLineState State { get; set; }

    /// <summary><see cref="BankText"/> as sealed JSON, under the company's key.</summary>
    public required byte[] SealedText { get; init; }

    /// <summary>Keyed hash of the payer's IBAN; null where the bank tells none.</summary>
    public byte[]? PayerHash { get; init; }

    /// <summary>Who answers for it while it is open; null: nobody yet.</summary>
    public Guid? OwnerId { get; set; }

    /// <summary>Why it was set aside or held, as a code.</summary>
    public string? Reason { get; set; }

    public int Version { get; private set; }

    public Money Amount => new(AmountMinor, Currency);

    internal sealed class Mapping : IEntityTypeConfiguration<BankLine>
    {
        public void Configure(EntityTypeBuilder<BankLine> builder)
        {
            builder.ToTable("BankLines").HasKey(line => line.Id);
            builder.Ignore(line => line.Amount);
            builder.Property(line => line.KeyHash).HasMaxLength(32);
            builder.Property(line => line.PayerHash).HasMaxLength(32);
            builder.Property(line => line.Currency).HasMaxLength(3);
            builder.Property(line => line.Reason).HasMaxLength(40);
            builder.Property(line => line.Version).IsConcurrencyToken();
            builder.HasIndex(line => line.KeyHash).IsUnique();
            builder.HasIndex(line => new { line.FileId, line.Position });
            builder.HasIndex(line => new { line.Mode, line.State, line.BookedOn });
            builder.HasIndex(line => line.PayerHash);
        }
    }
}

/// <summary>What a bank says of a line. It may name persons.</summary>
/// <param name="Reference">End-to-end or structured reference (RF…).</param>
public sealed record BankText(string Label, string? Payer, string? PayerIban, string? Reference, string? BankReference)
{
    /// <summary>The bank takes back what it had booked before.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsReversal { get; init; }

    public override string ToString() => "the text of a bank line";
}
