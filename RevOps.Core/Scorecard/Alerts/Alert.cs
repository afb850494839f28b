using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RevOps.Core.Conversions;
using RevOps.Core.Platform;

namespace RevOps.Core.Scorecard.Alerts;

/// <summary>A figure was found past its threshold, or something costs conversions: since when, how far, and who has put it off. It stays when it is over.</summary>
public sealed class Alert
{
    public required Guid Id { get; init; }
    public required Mode Mode { get; init; }
    public required AlertFigure Figure { get; init; }

    /// <summary>Of which ad platform; null where it is of all.</summary>
    public AdPlatform? Platform { get; init; }

    /// <summary>Null for what is watched without a rule.</summary>
    public Guid? RuleId { get; init; }

    /// <summary>What it is about, while it is open: there is one at a time. Null once it is over.</summary>
    public required string? OpenKey { get; set; }

    /// <summary>Of the rule as it was; null without one.</summary>
    public bool? IsAbove { get; init; }

    public double? Threshold { get; init; }
    public required AlertRoles Roles { get; set; }

    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>When it was found first; null for a token.</summary>
    public double? OpenedValue { get; init; }

    /// <summary>Of the last look.</summary>
    public double? Value { get; set; }

    public required DateTimeOffset ValueAt { get; set; }

    /// <summary>What it was a period ago, where that is what is wrong.</summary>
    public double? Before { get; set; }

    /// <summary>Of a token; null where it is refused already.</summary>
    public DateTimeOffset? EndsAt { get; set; }

    public DateTimeOffset? ClosedAt { get; set; }

    /// <summary>The first day on which it is shown again, in the company's zone.</summary>
    public DateOnly? SnoozedUntil { get; set; }

    public Guid? SnoozedBy { get; set; }
    public string? SnoozeReason { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<Alert>
    {
        public void Configure(EntityTypeBuilder<Alert> builder)
        {
            builder.ToTable("Alerts").HasKey(alert => alert.Id);
            builder.Property(alert => alert.OpenKey).HasMaxLength(60);
            builder.Property(alert => alert.SnoozeReason).HasMaxLength(AlertDesk.LongestReason);
            builder.HasIndex(alert => new { alert.Mode, alert.OpenKey }).IsUnique().HasFilter("\"OpenKey\" IS NOT NULL");
            builder.HasIndex(alert => new { alert.Mode, alert.ClosedAt });
        }
    }
}
