using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RevOps.Core.Data;

namespace RevOps.Core.People;

/// <summary>What the company makes of an answer about ads, or of none, where the law leaves it to it. From one instant on; a change is a new version.</summary>
public sealed class ConsentRule
{
    public required Guid Id { get; init; }
    public required DateTimeOffset ValidFrom { get; init; }

    /// <summary>"user:…"; null for what the product starts with.</summary>
    public string? EnteredBy { get; init; }

    /// <summary>Outside the EEA, the United Kingdom and Switzerland a missing answer holds a conversion as it does there; else it goes.</summary>
    public required bool HoldsMissing { get; init; }

    /// <summary>In the United States a refusal limits what the platforms may do with a conversion; else it is not sent.</summary>
    public required bool LimitsRefused { get; init; }

    /// <summary>What a company has that said nothing: no law asks first outside those countries, and whoever refuses is told of to nobody.</summary>
    public static ConsentRule Default { get; } = new() { Id = new("00000000-0000-7000-8000-000000000006"), ValidFrom = DateTimeOffset.UnixEpoch, HoldsMissing = false, LimitsRefused = false };

    internal ConsentPolicy Policy => new(HoldsMissing, LimitsRefused);

    /// <summary>The one in force.</summary>
    public static async Task<ConsentRule> CurrentAsync(RevOpsDb db, CancellationToken cancel) =>
        await db.Set<ConsentRule>().AsNoTracking().OrderByDescending(rule => rule.ValidFrom).FirstOrDefaultAsync(cancel) ?? Default;

    internal sealed class Mapping : IEntityTypeConfiguration<ConsentRule>
    {
        public void Configure(EntityTypeBuilder<ConsentRule> builder)
        {
            builder.ToTable("ConsentRules").HasKey(rule => rule.Id);
            builder.Property(rule => rule.EnteredBy).HasMaxLength(100);
            builder.Ignore(rule => rule.Policy);
            builder.HasIndex(rule => rule.ValidFrom).IsUnique();
            builder.HasData(Default);
        }
    }
}

/// <param name="HoldsMissing">See <see cref="ConsentRule.HoldsMissing"/>.</param>
/// <param name="LimitsRefused">See <see cref="ConsentRule.LimitsRefused"/>.</param>
public readonly record struct ConsentPolicy(bool HoldsMissing, bool LimitsRefused);
