using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RevOps.Core.Platform;
using RevOps.Core.Pricing.Advice;

namespace RevOps.Core.Pricing.Settings;

/// <summary>What a person set for the prices of one service, from one instant on. A change is another version; the newest counts.</summary>
public sealed class PricingSetting
{
    /// <summary>Advice is only looked at for so many days, from the first one on.</summary>
    public const int ShadowDays = 14;

    // Read once: every slot asks for them.
    private PriceBound[]? bounds;

    public required Guid Id { get; init; }
    public required Guid ServiceId { get; init; }

    /// <summary>From 1 on; two people who change the same version do not overwrite each other.</summary>
    public required int Number { get; init; }

    public required DateTimeOffset At { get; init; }
    public required Guid UserId { get; init; }
    public required string Currency { get; init; }

    /// <summary>Floor, ceiling and fares hold the tax, as the list price did when they were set.</summary>
    public bool TaxInclusive { get; init; }

    /// <summary>Minor units.</summary>
    public required long FloorMinor { get; init; }

    public required long CeilingMinor { get; init; }

    /// <summary>Advised prices are whole numbers of it: 100 for whole euros.</summary>
    public required long StepMinor { get; init; }

    /// <summary>Basis points of the price until then, 1 to 10,000.</summary>
    public required int MostDailyChange { get; init; }

    /// <summary><see cref="PriceBound"/>s as JSON: floors and ceilings of some slots, which go before the service's own.</summary>
    public string BoundList { get; init; } = "[]";

    public required PriceAttitude Attitude { get; init; }

    /// <summary>A person approves what changes a price by more basis points.</summary>
    public required int ApprovalAbove { get; init; }

    /// <summary>What changes it by no more is accepted by rule; false: a person approves everything.</summary>
    public required bool AcceptsByRule { get; init; }

    public required bool IsPaused { get; init; }
    public string? PauseReason { get; init; }

    /// <summary><see cref="Fare"/>s as JSON, dearest first.</summary>
    public required string FareList { get; init; }

    public IReadOnlyList<Fare> Fares => JsonSerializer.Deserialize<Fare[]>(FareList)!;

    public IReadOnlyList<PriceBound> Bounds => bounds ??= JsonSerializer.Deserialize<PriceBound[]>(BoundList)!;

    /// <summary>The first day on which advice may be accepted: whoever learnt with a test key, or from no advice at all, has not looked yet.</summary>
    /// <param name="firstAdvised">First day on which a price was advised in the mode that works now; null: none was yet.</param>
    /// <param name="today">In the company's zone.</param>
    public static DateOnly ShadowEnd(DateOnly? firstAdvised, DateOnly today) => (firstAdvised ?? today).AddDays(ShadowDays);

    /// <param name="baseMinor">The list price that advice starts from, minor units.</param>
    public PriceRules RulesFrom(long baseMinor) => new(baseMinor, FloorMinor, CeilingMinor, MostDailyChange, Attitude) { Bounds = Bounds };

    /// <summary>Whether a price may become another on one day, all changes of that day together. Floor and ceiling win over the daily change.</summary>
    /// <param name="morning">As the day began, minor units.</param>
    /// <param name="advised">What it would be.</param>
    /// <param name="byRule">Nobody is asked.</param>
    /// <param name="day">Of the slot, in the company's zone.</param>
    /// <param name="leadDays">Days before it.</param>
    public bool Allows(long morning, long advised, bool byRule, DateOnly day, int leadDays)
    {
        var rules = RulesFrom(morning).On(day, leadDays);
        long Kept(long minor) => Math.Clamp(minor, rules.FloorMinor, rules.CeilingMinor);
        var most = (long)(morning * (decimal)MostDailyChange / 10_000);
        return advised >= Kept(morning - most) && advised <= Kept(morning + most)
            && (!byRule || (AcceptsByRule && Math.Abs(advised - morning) * 10_000m <= morning * (decimal)ApprovalAbove));
    }

    internal sealed class Mapping : IEntityTypeConfiguration<PricingSetting>
    {
        public void Configure(EntityTypeBuilder<PricingSetting> builder)
        {
            builder.ToTable("PricingSettings").HasKey(setting => setting.Id);
            builder.Ignore(setting => setting.Fares);
            builder.Ignore(setting => setting.Bounds);
            builder.Property(setting => setting.Currency).HasMaxLength(3);
            builder.Property(setting => setting.PauseReason).HasMaxLength(PricingRules.LongestReason);
            builder.HasIndex(setting => new { setting.ServiceId, setting.Number }).IsUnique();
        }
    }
}

/// <summary>One fare of a service: what a class of buyers pays.</summary>
/// <param name="Code">As senders write it in fareClass.</param>
/// <param name="PriceMinor">In the setting's currency.</param>
public sealed record Fare(string Code, string Name, long PriceMinor);
