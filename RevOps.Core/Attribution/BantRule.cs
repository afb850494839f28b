using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RevOps.Core.Attribution;

/// <summary>From when on how many of budget, authority, need and timeline make a qualified lead. Changing it adds a version.</summary>
public sealed class BantRule
{
    public required Guid Id { get; init; }
    public required DateTimeOffset ValidFrom { get; init; }

    /// <summary>At least this many of the four are met.</summary>
    public required int LeastMet { get; init; }

    /// <summary>Outcomes of a conversation that never qualify, whatever was met; separated by spaces.</summary>
    public string Excluded { get; init; } = nameof(VoiceOutcome.Unqualified);

    /// <summary>"user:…"; null for what the product starts with.</summary>
    public string? EnteredBy { get; init; }

    /// <summary>The rule of a company that has set none: three of four, and the conversation did not end unqualified.</summary>
    public static BantRule Default { get; } = new() { Id = new("00000000-0000-7000-8000-000000000002"), ValidFrom = DateTimeOffset.UnixEpoch, LeastMet = 3 };

    public IReadOnlyList<VoiceOutcome> ExcludedOutcomes => [.. Excluded.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<VoiceOutcome>)];

    public static string Join(IEnumerable<VoiceOutcome> outcomes) => string.Join(' ', outcomes.Distinct().Order());

    public bool Qualifies(VoiceSession session) => Qualifies(session.Outcome, session.MetCount);

    public bool Qualifies(VoiceOutcome outcome, int met) => met >= LeastMet && !ExcludedOutcomes.Contains(outcome);

    internal sealed class Mapping : IEntityTypeConfiguration<BantRule>
    {
        public void Configure(EntityTypeBuilder<BantRule> builder)
        {
            builder.ToTable("BantRules").HasKey(rule => rule.Id);
            builder.Ignore(rule => rule.ExcludedOutcomes);
            builder.Property(rule => rule.Excluded).HasMaxLength(100);
            builder.Property(rule => rule.EnteredBy).HasMaxLength(100);
            builder.HasIndex(rule => rule.ValidFrom).IsUnique();
            builder.HasData(Default);
        }
    }
}
