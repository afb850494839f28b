using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RevOps.Core.Platform.Demo;

public enum DemoState
{
    /// <summary>Under way, or broken off and to be gone on with.</summary>
    Running = 0,

    Done = 1,

    /// <summary>Taken away by somebody: it does not come back by itself.</summary>
    Removed = 2,
}

/// <summary>How far the demo has come. There is at most one.</summary>
public sealed class DemoRun
{
    public static readonly Guid TheOne = new("00000000-0000-7000-8000-000000000004");

    /// <summary>Of the one service that the demo itself enters into the catalogue: it goes with the demo, and no other does.</summary>
    public const string ServiceCode = "DEMO-ATELIER";

    public Guid Id { get; init; } = TheOne;

    /// <summary>The same seed and first day tell the same story.</summary>
    public required int Seed { get; init; }

    /// <summary>In the company's time zone.</summary>
    public required DateOnly FirstDay { get; init; }

    /// <summary>How many days are told, the last one being today.</summary>
    public required int Days { get; init; }

    public int DaysDone { get; set; }
    public DemoState State { get; set; }

    /// <summary>By the system's clock, as the end.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<DemoRun>
    {
        public void Configure(EntityTypeBuilder<DemoRun> builder) => builder.ToTable("DemoRuns").HasKey(run => run.Id);
    }
}
