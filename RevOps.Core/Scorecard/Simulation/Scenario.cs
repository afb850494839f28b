using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RevOps.Core.Platform;

namespace RevOps.Core.Scorecard.Simulation;

/// <summary>A simulation that somebody kept under a name: its inputs, levers and seed, from which everything else comes out again.</summary>
public sealed class Scenario
{
    public const int LongestName = 80;

    public required Guid Id { get; init; }
    public required string Name { get; set; }

    /// <summary><see cref="SimulationInputs"/> as JSON.</summary>
    public required string Inputs { get; set; }

    public required Levers Levers { get; set; }
    public required long Seed { get; set; }

    /// <summary>Of the figures that it began with.</summary>
    public required Mode Mode { get; set; }

    public required Guid UserId { get; set; }

    /// <summary>When it was kept last.</summary>
    public required DateTimeOffset RecordedAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<Scenario>
    {
        public void Configure(EntityTypeBuilder<Scenario> builder)
        {
            builder.ToTable("Scenarios").HasKey(scenario => scenario.Id);
            builder.Property(scenario => scenario.Name).HasMaxLength(LongestName);
            builder.HasIndex(scenario => scenario.Name).IsUnique();
        }
    }
}
