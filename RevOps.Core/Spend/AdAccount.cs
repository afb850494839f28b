using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RevOps.Core.Platform;

namespace RevOps.Core.Spend;

/// <summary>An account of a platform whose spend is read, as the platform describes it.</summary>
public sealed class AdAccount
{
    public required Guid Id { get; init; }

    /// <summary>One of <see cref="SpendPlatform"/>.</summary>
    public required string Platform { get; init; }

    /// <summary>Digits, without Meta's act_ and Google's hyphens.</summary>
    public required string Account { get; init; }

    public required Mode Mode { get; init; }
    public string? Name { get; set; }

    /// <summary>Null until the platform has answered once, as the zone.</summary>
    public string? Currency { get; set; }

    /// <summary>IANA name: its days are the days of the rows.</summary>
    public string? TimeZone { get; set; }

    /// <summary>The first day that is read.</summary>
    public required DateOnly HistoryFrom { get; init; }

    public required DateTimeOffset ConnectedAt { get; init; }

    /// <summary>Up to this day the platform was asked which campaigns the clicks were of whose address did not say; null: never.</summary>
    public DateOnly? ClicksReadTo { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<AdAccount>
    {
        public void Configure(EntityTypeBuilder<AdAccount> builder)
        {
            builder.ToTable("AdAccounts").HasKey(account => account.Id);
            builder.Property(account => account.Platform).HasMaxLength(20);
            builder.Property(account => account.Account).HasMaxLength(100);
            builder.Property(account => account.Name).HasMaxLength(300);
            builder.Property(account => account.Currency).HasMaxLength(3);
            builder.Property(account => account.TimeZone).HasMaxLength(100);
            builder.HasIndex(account => new { account.Platform, account.Account, account.Mode }).IsUnique();
        }
    }
}

/// <summary>What the platform itself says that a day of an account cost in all; laid beside the sum of our rows.</summary>
public sealed class AccountTotal
{
    public required Guid Id { get; init; }
    public required Guid AccountId { get; init; }

    /// <summary>Of the account's time zone.</summary>
    public required DateOnly Day { get; init; }

    public required string Currency { get; set; }
    public required long CostMinor { get; set; }

    /// <summary>When the platform said so.</summary>
    public required DateTimeOffset AskedAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<AccountTotal>
    {
        public void Configure(EntityTypeBuilder<AccountTotal> builder)
        {
            builder.ToTable("AccountTotals").HasKey(total => total.Id);
            builder.Property(total => total.Currency).HasMaxLength(3);
            builder.HasIndex(total => new { total.AccountId, total.Day }).IsUnique();
            builder.HasOne<AdAccount>().WithMany().HasForeignKey(total => total.AccountId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
