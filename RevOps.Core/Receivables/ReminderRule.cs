using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RevOps.Core.Receivables;

/// <summary>When a client is reminded of an open invoice, and with which words.</summary>
public sealed class ReminderRule
{
    public required Guid Id { get; init; }

    /// <summary>Days from the due date: negative before it, 0 on it.</summary>
    public required int OffsetDays { get; set; }

    public required bool IsOn { get; set; }

    /// <summary>With {placeholders}; null: the words that come with the product.</summary>
    public string? SubjectFrench { get; set; }

    public string? TextFrench { get; set; }
    public string? SubjectEnglish { get; set; }
    public string? TextEnglish { get; set; }
    public int Version { get; private set; }

    internal sealed class Mapping : IEntityTypeConfiguration<ReminderRule>
    {
        public void Configure(EntityTypeBuilder<ReminderRule> builder)
        {
            builder.ToTable("ReminderRules").HasKey(rule => rule.Id);
            builder.Property(rule => rule.SubjectFrench).HasMaxLength(200);
            builder.Property(rule => rule.SubjectEnglish).HasMaxLength(200);
            builder.Property(rule => rule.TextFrench).HasMaxLength(4_000);
            builder.Property(rule => rule.TextEnglish).HasMaxLength(4_000);
            builder.Property(rule => rule.Version).IsConcurrencyToken();
            builder.HasIndex(rule => rule.OffsetDays).IsUnique();
        }
    }
}

/// <summary>A reminder that was handed to the mail, once per invoice and rule.</summary>
public sealed class Reminder
{
    public required Guid Id { get; init; }
    public required Guid InvoiceId { get; init; }
    public required int OffsetDays { get; init; }

    /// <summary>The mail that carries it: its outcome stands there.</summary>
    public required Guid MailId { get; init; }

    /// <summary>What was owed when it was written.</summary>
    public required long OwedMinor { get; init; }

    /// <summary>Who asked for it out of turn; null when the rule did.</summary>
    public Guid? UserId { get; init; }

    public required DateTimeOffset OccurredAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<Reminder>
    {
        public void Configure(EntityTypeBuilder<Reminder> builder)
        {
            builder.ToTable("Reminders").HasKey(reminder => reminder.Id);
            builder.HasIndex(reminder => new { reminder.InvoiceId, reminder.OffsetDays }).IsUnique();
            builder.HasIndex(reminder => reminder.OccurredAt);
        }
    }
}
