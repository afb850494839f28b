using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Platform.Audit;

namespace RevOps.Core.Platform.Retention;

/// <summary>Reads and changes for how long data are kept.</summary>
public sealed class RetentionRules(IDbContextFactory<RevOpsDb> databases, AuditTrail audit, TimeProvider clock)
{
    public const int Shortest = 1;

    /// <summary>Longer than the law asks for anything of this list.</summary>
    public const int Longest = 120;

    /// <summary>What the law fixes and no setting shortens: invoices, payments and the audit (Code de commerce L123-22).</summary>
    public const int FixedMonths = 120;

    /// <summary>Newest first; the first is in force.</summary>
    public async Task<IReadOnlyList<RetentionRule>> HistoryAsync(CancellationToken cancel = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Set<RetentionRule>().AsNoTracking().OrderByDescending(rule => rule.ValidFrom).ToListAsync(cancel);
    }

    /// <summary>A new version from now on; false when it says what is in force already.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number of months outside <see cref="Shortest"/> to <see cref="Longest"/>.</exception>
    public async Task<bool> SaveAsync(IReadOnlyDictionary<RetainedKind, int> months, string actor, CancellationToken cancel)
    {
        foreach (var (kind, count) in months)
            ArgumentOutOfRangeException.ThrowIfNotEqual(Math.Clamp(count, Shortest, Longest), count, kind.ToString());

        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        var last = await db.Set<RetentionRule>().AsNoTracking().OrderByDescending(rule => rule.ValidFrom).FirstAsync(cancel);
        if (months.All(entry => last.MonthsOf(entry.Key) == entry.Value))
            return false;

        int Of(RetainedKind kind) => months.TryGetValue(kind, out var count) ? count : last.MonthsOf(kind);
        var now = clock.GetUtcNow();
        var rule = new RetentionRule
        {
            Id = Guid.CreateVersion7(),
            ValidFrom = now > last.ValidFrom ? now : last.ValidFrom.AddTicks(1),
            EnteredBy = actor,
            RawEventsMonths = Of(RetainedKind.RawEvents),
            TouchesWithoutConsentMonths = Of(RetainedKind.TouchesWithoutConsent),
            VoiceEvidenceMonths = Of(RetainedKind.VoiceEvidence),
            ProspectsMonths = Of(RetainedKind.Prospects),
            MailMonths = Of(RetainedKind.Mail),
            AdRequestsMonths = Of(RetainedKind.AdRequests),
            BrowserReportsMonths = Of(RetainedKind.BrowserReports),
            SpendFilesMonths = Of(RetainedKind.SpendFiles),
        };
        db.Add(rule);
        await audit.WriteAsync(db, new(actor, "retention.changed", nameof(RetentionRule), rule.Id.ToString()) { Before = Months(last), After = Months(rule) }, cancel);
        await db.SaveChangesAsync(cancel);
        return true;
    }

    private static Dictionary<RetainedKind, int> Months(RetentionRule rule) => Enum.GetValues<RetainedKind>().ToDictionary(kind => kind, rule.MonthsOf);
}
