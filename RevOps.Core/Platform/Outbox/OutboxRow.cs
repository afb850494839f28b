using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RevOps.Core.Platform.Outbox;

public enum OutboxState
{
    /// <summary>Will run at <see cref="OutboxRow.NotBefore"/>; with an error it is failing and will be tried again.</summary>
    Waiting = 0,

    /// <summary>Claimed by a node until its lease ends.</summary>
    Running = 1,

    Done = 2,

    /// <summary>Given up by hand.</summary>
    Cancelled = 3,
}

/// <summary>
/// Work to be done after a commit, committed with the state that asks for it. The row is the truth: a job that runs twice, a node
/// that dies and a scheduler that forgets all end the same way, done once or visible here with its error.
/// </summary>
public sealed class OutboxRow
{
    public required Guid Id { get; init; }

    /// <summary>Name of the job's class.</summary>
    public required string Job { get; init; }

    /// <summary>Unique per job: the same work asked for twice is one row.</summary>
    public required string Key { get; init; }

    /// <summary>What the job works on: an id, never a personal value.</summary>
    public required string Argument { get; init; }

    /// <summary>Rows of one lane (an invoice, a customer) never run side by side.</summary>
    public string? Lane { get; init; }

    public OutboxState State { get; set; }

    /// <summary>Earliest instant to run, on the business clock.</summary>
    public required DateTimeOffset NotBefore { get; set; }

    /// <summary>When it was asked for, on the system clock.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>Runs begun, the present one included.</summary>
    public int Attempts { get; set; }

    /// <summary>Why the last run did not finish; null when none has failed.</summary>
    public string? LastError { get; set; }

    /// <summary>True while it waits for something outside (a platform to be connected) rather than after a failure.</summary>
    public bool Held { get; set; }

    /// <summary>System clock: past it, a running row may be claimed by another node.</summary>
    public DateTimeOffset? LeaseUntil { get; set; }

    public Guid? ClaimedBy { get; set; }

    /// <summary>When it ended, on the system clock.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<OutboxRow>
    {
        public void Configure(EntityTypeBuilder<OutboxRow> builder)
        {
            builder.ToTable("Outbox").HasKey(row => row.Id);
            builder.Property(row => row.Job).HasMaxLength(100);
            builder.Property(row => row.Key).HasMaxLength(200);
            builder.Property(row => row.Argument).HasMaxLength(200);
            builder.Property(row => row.Lane).HasMaxLength(100);
            builder.Property(row => row.LastError).HasMaxLength(1_000);
            builder.HasIndex(row => new { row.Job, row.Key }).IsUnique();
            builder.HasIndex(row => new { row.State, row.NotBefore });
        }
    }
}
