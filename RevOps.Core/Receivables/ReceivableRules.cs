using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RevOps.Core.Data;

namespace RevOps.Core.Receivables;

/// <summary>What Finance set for reminders and matching, in versions: the newest counts.</summary>
public sealed class ReceivableRules
{
    public required Guid Id { get; init; }
    public required DateTimeOffset ValidFrom { get; init; }

    /// <summary>Reminders leave by themselves.</summary>
    public bool Reminds { get; init; }

    /// <summary>At most so much of one invoice may be written off with a match, in minor units of the company's currency.</summary>
    public long WriteOffLimitMinor { get; init; } = 500;

    /// <summary>At most so much may a bank have kept on the way.</summary>
    public long FeeLimitMinor { get; init; } = 5_000;

    /// <summary>Who set it; null on the first version.</summary>
    public Guid? UserId { get; init; }

    /// <summary>Those in force; the defaults while nobody has set any.</summary>
    public static async Task<ReceivableRules> CurrentAsync(RevOpsDb db, CancellationToken cancel) =>
        await db.Set<ReceivableRules>().AsNoTracking().OrderByDescending(rules => rules.ValidFrom).ThenByDescending(rules => rules.Id).FirstOrDefaultAsync(cancel)
        ?? new() { Id = Guid.Empty, ValidFrom = default };

    internal sealed class Mapping : IEntityTypeConfiguration<ReceivableRules>
    {
        public void Configure(EntityTypeBuilder<ReceivableRules> builder)
        {
            builder.ToTable("ReceivableRules").HasKey(rules => rules.Id);
            builder.HasIndex(rules => rules.ValidFrom);
        }
    }
}
