using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RevOps.Core.Attribution.Channels;

/// <summary>One version of the rules that put touches into channels, and how far the touches that were there before have been decided again by it.</summary>
public sealed class ChannelRuleSet
{
    private IReadOnlyList<ChannelRule>? rules;

    public required Guid Id { get; init; }

    /// <summary>1 is what the product starts with; of two versions the higher one counts, from its day on.</summary>
    public required int Number { get; init; }

    /// <summary>Touches from this instant on are judged by it, those that were there already as well.</summary>
    public required DateTimeOffset ValidFrom { get; init; }

    public required DateTimeOffset EnteredAt { get; init; }

    /// <summary>"user:…"; null for what the product starts with.</summary>
    public string? EnteredBy { get; init; }

    /// <summary>The <see cref="ChannelRule"/>s in order, as JSON.</summary>
    public required string RulesJson { get; init; }

    /// <summary>How many touches were there when it was entered.</summary>
    public int Touches { get; init; }

    /// <summary>How many of them have been decided again.</summary>
    public int Redecided { get; set; }

    /// <summary>How many of those are in another channel, or of another platform, than before.</summary>
    public int Changed { get; set; }

    /// <summary>Where it goes on: instant and id of the last touch.</summary>
    public DateTimeOffset? CursorAt { get; set; }

    public Guid? CursorId { get; set; }

    /// <summary>On the system's clock, to tell how long it will take.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    /// <summary>When every touch was decided again; null while that is under way.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    public IReadOnlyList<ChannelRule> Rules => rules ??= ChannelRules.Read(RulesJson);

    public static ChannelRuleSet Default { get; } = new()
    {
        Id = new("00000000-0000-7000-8000-000000000005"),
        Number = 1,
        ValidFrom = DateTimeOffset.UnixEpoch,
        EnteredAt = DateTimeOffset.UnixEpoch,
        RulesJson = ChannelRules.Write(ChannelRules.Default),
        EndedAt = DateTimeOffset.UnixEpoch,
    };

    internal sealed class Mapping : IEntityTypeConfiguration<ChannelRuleSet>
    {
        public void Configure(EntityTypeBuilder<ChannelRuleSet> builder)
        {
            builder.ToTable("ChannelRuleSets").HasKey(set => set.Id);
            builder.Ignore(set => set.Rules);
            builder.Property(set => set.EnteredBy).HasMaxLength(100);
            builder.HasIndex(set => set.Number).IsUnique();
            builder.HasData(Default);
        }
    }
}
