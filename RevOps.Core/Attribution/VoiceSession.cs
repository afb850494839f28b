using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RevOps.Core.Attribution;

public enum VoiceOutcome
{
    Qualified = 0,
    Unqualified = 1,
    NoAnswer = 2,
    Callback = 3,
}

/// <summary>One conversation with the voice AI, and what it found out: budget, authority, need, timeline (BANT).</summary>
public sealed class VoiceSession
{
    public required Guid Id { get; init; }

    /// <summary>The sender's id, unique.</summary>
    public required string SessionId { get; init; }

    public required Guid PersonId { get; set; }

    /// <summary>When it started.</summary>
    public required DateTimeOffset StartedAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }
    public VoiceOutcome Outcome { get; set; }

    /// <summary>Met, not met, or null where the conversation did not say.</summary>
    public bool? Budget { get; set; }

    public bool? Authority { get; set; }
    public bool? Need { get; set; }
    public bool? Timeline { get; set; }

    /// <summary><see cref="VoiceDetails"/> as sealed JSON: what was said, and the click and ad that led to it.</summary>
    public byte[]? SealedEvidence { get; set; }

    /// <summary>Qualified by the company's rule at that time.</summary>
    public bool Qualified { get; set; }

    /// <summary>The rule that decided.</summary>
    public required Guid BantRuleId { get; set; }

    public int? LatencyP50Ms { get; set; }
    public int? LatencyP95Ms { get; set; }
    public string? Language { get; set; }
    public DateTimeOffset? AiDisclosedAt { get; set; }
    public bool? RecordingConsent { get; set; }

    /// <summary>OccurredAt of the event that this is from: a newer one of the same session replaces it.</summary>
    public required DateTimeOffset OccurredAt { get; set; }

    /// <summary>Somebody spoke: what nobody answered is no conversation, unless something was found out in it.</summary>
    public static readonly Expression<Func<VoiceSession, bool>> IsConversation = session =>
        session.Outcome != VoiceOutcome.NoAnswer || session.Budget != null || session.Authority != null || session.Need != null || session.Timeline != null;

    /// <summary>How many of the four are met.</summary>
    public int MetCount => new[] { Budget, Authority, Need, Timeline }.Count(met => met == true);

    internal sealed class Mapping : IEntityTypeConfiguration<VoiceSession>
    {
        public void Configure(EntityTypeBuilder<VoiceSession> builder)
        {
            builder.ToTable("VoiceSessions").HasKey(session => session.Id);
            builder.Ignore(session => session.MetCount);
            builder.Property(session => session.SessionId).HasMaxLength(200);
            builder.Property(session => session.Language).HasMaxLength(35);
            builder.HasIndex(session => session.SessionId).IsUnique();
            builder.HasIndex(session => new { session.PersonId, session.StartedAt });
            builder.HasIndex(session => session.StartedAt);
        }
    }
}

/// <summary>A lead reached a stage of the sale, as the CRM says.</summary>
public sealed class LeadStageRecord
{
    public required Guid Id { get; init; }
    public required Guid PersonId { get; init; }

    /// <summary>lead, qualified, meeting, proposal, won or lost.</summary>
    public required string Stage { get; init; }

    public long? ValueMinor { get; init; }
    public string? Currency { get; init; }
    public required DateTimeOffset OccurredAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<LeadStageRecord>
    {
        public void Configure(EntityTypeBuilder<LeadStageRecord> builder)
        {
            builder.ToTable("LeadStages").HasKey(record => record.Id);
            builder.Property(record => record.Stage).HasMaxLength(20);
            builder.Property(record => record.Currency).HasMaxLength(3);
            builder.HasIndex(record => new { record.PersonId, record.OccurredAt });
        }
    }
}
