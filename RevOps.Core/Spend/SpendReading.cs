using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RevOps.Core.Spend;

/// <summary>Why days are read. Stored as its number: append only.</summary>
public enum ReadingKind
{
    /// <summary>A month of the past, when the account was first connected.</summary>
    History = 0,

    /// <summary>The last 28 days, every day: platforms correct them.</summary>
    Daily = 1,

    /// <summary>The same, because somebody clicked.</summary>
    ByHand = 2,
}

/// <summary>How far a reading is. Stored as its number: append only.</summary>
public enum ReadingState
{
    Waiting = 0,
    Done = 1,

    /// <summary>The last attempt failed; it is tried again by itself.</summary>
    Failing = 2,

    /// <summary>It would fail again whatever is waited for.</summary>
    GivenUp = 3,
}

/// <summary>One portion of an account's days, asked for once and read by one job: what was read stays read when the next portion fails.</summary>
public sealed class SpendReading
{
    public required Guid Id { get; init; }
    public required Guid AccountId { get; init; }
    public required ReadingKind Kind { get; init; }
    public required DateOnly From { get; init; }

    /// <summary>Included. Once read: the last day that had begun in the account's time zone.</summary>
    public required DateOnly To { get; set; }

    /// <summary>Business clock.</summary>
    public required DateTimeOffset AskedAt { get; init; }

    public ReadingState State { get; set; }
    public int Attempts { get; set; }

    /// <summary>Of the last attempt.</summary>
    public DateTimeOffset? TriedAt { get; set; }

    /// <summary>The platform's code of what went wrong last, such as "80004/2446079"; ours where there was no answer.</summary>
    public string? Code { get; set; }

    /// <summary>In the platform's words.</summary>
    public string? Message { get; set; }

    public int Rows { get; set; }

    /// <summary>Rows that were new, other than before, or gone.</summary>
    public int Added { get; set; }

    public int Changed { get; set; }
    public int Removed { get; set; }

    public bool IsOpen => State is ReadingState.Waiting or ReadingState.Failing;

    internal sealed class Mapping : IEntityTypeConfiguration<SpendReading>
    {
        public void Configure(EntityTypeBuilder<SpendReading> builder)
        {
            builder.ToTable("SpendReadings").HasKey(reading => reading.Id);
            builder.Property(reading => reading.Code).HasMaxLength(100);
            builder.Property(reading => reading.Message).HasMaxLength(1_000);
            builder.HasIndex(reading => new { reading.AccountId, reading.Kind, reading.From, reading.AskedAt }).IsUnique();
            builder.HasIndex(reading => reading.AskedAt);
            builder.HasOne<AdAccount>().WithMany().HasForeignKey(reading => reading.AccountId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
