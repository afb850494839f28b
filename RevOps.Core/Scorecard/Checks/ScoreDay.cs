using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RevOps.Core.Platform;

namespace RevOps.Core.Scorecard.Checks;

/// <summary>The score of a day in one mode, as it was worked out last on that day.</summary>
public sealed class ScoreDay
{
    public required Guid Id { get; init; }
    public required Mode Mode { get; init; }
    public required DateOnly Day { get; init; }

    /// <summary>Points that are proven.</summary>
    public required double RevEng { get; set; }

    public required double MarEng { get; set; }

    /// <summary>Points that nobody can speak of: what is unknown or stale.</summary>
    public required double RevEngOpen { get; set; }

    public required double MarEngOpen { get; set; }

    /// <summary><see cref="CheckBook.Version"/> of that day: the trend marks where it changed.</summary>
    public required int RulesVersion { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<ScoreDay>
    {
        public void Configure(EntityTypeBuilder<ScoreDay> builder)
        {
            builder.ToTable("ScoreDays").HasKey(day => day.Id);
            builder.HasIndex(day => new { day.Mode, day.Day }).IsUnique();
        }
    }
}
