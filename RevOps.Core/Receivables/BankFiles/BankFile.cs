using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RevOps.Core.Receivables.BankFiles;

/// <summary>How a bank writes its statements. Stored as its number: append only.</summary>
public enum BankFormat
{
    Camt053 = 0,
    Cfonb120 = 1,
    Csv = 2,
}

/// <summary>An account of the company's at a bank.</summary>
public sealed class BankAccount
{
    public required Guid Id { get; init; }

    /// <summary>Keyed hash of its IBAN, or of bank, branch and account number; unique.</summary>
    public required byte[] NumberHash { get; init; }

    /// <summary>Number as the files say it, sealed under the company's key.</summary>
    public required byte[] SealedNumber { get; init; }

    /// <summary>What it is called here.</summary>
    public required string Name { get; set; }

    public required string Currency { get; init; }

    /// <summary>The columns of its CSV files as JSON (<c>CsvMapping</c>); null until one was read.</summary>
    public string? CsvMapping { get; set; }

    public int Version { get; private set; }

    internal sealed class Mapping : IEntityTypeConfiguration<BankAccount>
    {
        public void Configure(EntityTypeBuilder<BankAccount> builder)
        {
            builder.ToTable("BankAccounts").HasKey(account => account.Id);
            builder.Property(account => account.NumberHash).HasMaxLength(32);
            builder.Property(account => account.Name).HasMaxLength(100);
            builder.Property(account => account.Currency).HasMaxLength(3);
            builder.Property(account => account.CsvMapping).HasMaxLength(4_000);
            builder.Property(account => account.Version).IsConcurrencyToken();
            builder.HasIndex(account => account.NumberHash).IsUnique();
        }
    }
}

/// <summary>A file of a bank's that was taken whole: one statement of one account.</summary>
public sealed class BankFile
{
    public required Guid Id { get; init; }
    public required Guid AccountId { get; init; }

    /// <summary>SHA-256 of the file and the statement's place in it, unique: the same file again is seen.</summary>
    public required byte[] Hash { get; init; }

    public required string Name { get; init; }
    public required BankFormat Format { get; init; }

    /// <summary>The bank's id or number of the statement; null where it gives none.</summary>
    public string? StatementId { get; init; }

    /// <summary>Position in the bank's own count, which has no gaps; null where it does not count.</summary>
    public long? Sequence { get; init; }

    public required DateOnly From { get; init; }
    public required DateOnly To { get; init; }

    /// <summary>Null where the format has no balances.</summary>
    public long? OpeningMinor { get; init; }

    public long? ClosingMinor { get; init; }
    public required int Lines { get; init; }

    /// <summary>Lines of it that were in already, from a file that overlaps.</summary>
    public required int Repeats { get; init; }

    /// <summary>What it does not join up with, as codes, space-separated: "gap", "balance"; empty when it does.</summary>
    public required string Warnings { get; set; }

    /// <summary>Null when it came from the watched folder.</summary>
    public Guid? UserId { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<BankFile>
    {
        public void Configure(EntityTypeBuilder<BankFile> builder)
        {
            builder.ToTable("BankFiles").HasKey(file => file.Id);
            builder.Property(file => file.Hash).HasMaxLength(32);
            builder.Property(file => file.Name).HasMaxLength(300);
            builder.Property(file => file.StatementId).HasMaxLength(100);
            builder.Property(file => file.Warnings).HasMaxLength(100);
            builder.HasIndex(file => file.Hash).IsUnique();
            builder.HasIndex(file => new { file.AccountId, file.To });
        }
    }
}
