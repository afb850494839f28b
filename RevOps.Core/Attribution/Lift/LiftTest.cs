using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RevOps.Core.Attribution.Lift;

/// <summary>How a lift test was made. Stored as its number: append only.</summary>
public enum LiftMethod
{
    /// <summary>Regions with and without the ads.</summary>
    Regions = 0,

    /// <summary>People drawn by lot who see no ads: the platform's own test.</summary>
    HoldOut = 1,

    /// <summary>The same weeks with and without.</summary>
    BeforeAndAfter = 2,

    Other = 3,
}

/// <summary>What a lift test measures. Stored as its number: append only.</summary>
public enum LiftMeasure
{
    Conversions = 0,

    /// <summary>Money, in minor units of <see cref="LiftTest.Currency"/>.</summary>
    Value = 1,
}

/// <summary>What one arm of a lift test went without. Stored as its number: append only.</summary>
public enum LiftHeldOut
{
    /// <summary>The ads: what they bring.</summary>
    Ads = 0,

    /// <summary>What platforms are told of sales; both arms saw the same ads: what telling them brings.</summary>
    ToldBack = 1,
}

/// <summary>A trial of what a channel brings that would not have come by itself: the only figure here that speaks of cause. It stands next to credit and never changes it.</summary>
public sealed class LiftTest
{
    public required Guid Id { get; init; }

    /// <summary>Name of <see cref="Attribution.Channel"/>.</summary>
    public required string Channel { get; init; }

    /// <summary>Null: all platforms of the channel.</summary>
    public string? Platform { get; init; }

    public required DateOnly From { get; init; }
    public required DateOnly To { get; init; }
    public required LiftMethod Method { get; init; }
    public LiftHeldOut HeldOut { get; init; }
    public required LiftMeasure Measure { get; init; }

    /// <summary>Conversions, or money in minor units, that would not have come without.</summary>
    public required double Incremental { get; init; }

    /// <summary>Ends of its 95 % interval; null where the source gives none.</summary>
    public double? Low { get; init; }

    public double? High { get; init; }

    /// <summary>ISO 4217; null where conversions were counted.</summary>
    public string? Currency { get; init; }

    /// <summary>Conversions of the arm that was held out; null where the source does not tell its arms.</summary>
    public long? ControlConversions { get; init; }

    /// <summary>Conversions of the other arm.</summary>
    public long? TreatedConversions { get; init; }

    /// <summary>Which part of the people or regions was held out, from 0 to 1.</summary>
    public double? ControlShare { get; init; }

    /// <summary>Who made it: "Meta Conversion Lift", "agency X".</summary>
    public required string Source { get; init; }

    public string? Note { get; init; }

    /// <summary>"user:…".</summary>
    public required string EnteredBy { get; init; }

    public required DateTimeOffset EnteredAt { get; init; }

    /// <summary>Taken back by somebody; it stays, with who did it in the audit.</summary>
    public DateTimeOffset? WithdrawnAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<LiftTest>
    {
        public void Configure(EntityTypeBuilder<LiftTest> builder)
        {
            builder.ToTable("LiftTests").HasKey(test => test.Id);
            builder.Property(test => test.Channel).HasMaxLength(50);
            builder.Property(test => test.Platform).HasMaxLength(50);
            builder.Property(test => test.Currency).HasMaxLength(3);
            builder.Property(test => test.Source).HasMaxLength(200);
            builder.Property(test => test.Note).HasMaxLength(1_000);
            builder.Property(test => test.EnteredBy).HasMaxLength(100);
            builder.HasIndex(test => new { test.Channel, test.From });
        }
    }
}
