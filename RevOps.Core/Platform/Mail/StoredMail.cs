using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RevOps.Core.Platform.Mail;

public enum MailState
{
    /// <summary>Not tried yet.</summary>
    Waiting = 0,

    /// <summary>The last try failed; it is tried again.</summary>
    Failing = 1,

    Sent = 2,

    /// <summary>Nobody would want it any more: its link has expired, or the person was erased.</summary>
    GivenUp = 3,
}

/// <summary>A mail to be sent, committed with what it tells of, and what became of it.</summary>
public sealed class StoredMail
{
    public required Guid Id { get; init; }

    /// <summary>What it is about, such as "reset"; its name on the Mail page.</summary>
    public required string Kind { get; init; }

    /// <summary>The user or client it concerns.</summary>
    public Guid? SubjectId { get; init; }

    /// <summary>Under whose key recipient and content are sealed.</summary>
    public required Guid OwnerId { get; init; }

    public required byte[] SealedRecipient { get; init; }

    /// <summary>JSON {subject, text}; gone once sent where it holds a link that lets somebody in.</summary>
    public byte[]? SealedContent { get; set; }

    /// <summary>It holds a link that lets somebody in.</summary>
    public required bool IsSecret { get; init; }

    public MailState State { get; set; }
    public int Attempts { get; set; }

    /// <summary>Why the last try failed, free of personal values.</summary>
    public string? Error { get; set; }

    /// <summary>"smtp" or "file".</summary>
    public string? Way { get; set; }

    public required DateTimeOffset RecordedAt { get; init; }
    public DateTimeOffset? SentAt { get; set; }

    /// <summary>System clock: past it nobody would want it any more.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public void EndAs(MailState state)
    {
        State = state;
        if (IsSecret)
            SealedContent = null;
    }

    internal sealed class Mapping : IEntityTypeConfiguration<StoredMail>
    {
        public void Configure(EntityTypeBuilder<StoredMail> builder)
        {
            builder.ToTable("Mails").HasKey(mail => mail.Id);
            builder.Property(mail => mail.Kind).HasMaxLength(40);
            builder.Property(mail => mail.Error).HasMaxLength(500);
            builder.Property(mail => mail.Way).HasMaxLength(10);
            builder.HasIndex(mail => new { mail.State, mail.RecordedAt });
            builder.HasIndex(mail => new { mail.SubjectId, mail.RecordedAt });
        }
    }
}
