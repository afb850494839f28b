using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Data;
using RevOps.Core.Identity;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Audit;

namespace RevOps.Core.Receivables.Lateness;

/// <summary>Reads and changes the yearly rates of late interest and of financing. None comes with the product: the law's own changes every half year.</summary>
public sealed class LateRates(IDbContextFactory<RevOpsDb> databases, AuditTrail audit, TwoFactorRule obligation, CompanyProfile company, TimeProvider clock)
{
    /// <summary>By kind, the newest first.</summary>
    public async Task<LateRateList> ListAsync(CancellationToken cancel)
    {
        var owner = await company.CurrentAsync(cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var rates = await db.Set<LateRate>().AsNoTracking().OrderBy(rate => rate.Kind).ThenByDescending(rate => rate.ValidFrom).ToListAsync(cancel);
        return new(rates, owner.PenaltyRateBasisPoints, owner.DayOf(clock.GetUtcNow()));
    }

    /// <summary>Sets the rate of a kind from a day on, in the place of the one that began on that day.</summary>
    /// <returns>What is wrong, by field, or by nothing where whoever asks may not; empty when it is saved.</returns>
    public async Task<IReadOnlyDictionary<string, string>> SaveAsync(LateRateEntry entry, Approver approver, CancellationToken cancel)
    {
        var wrong = entry.Check();
        if (wrong.Count > 0)
            return wrong;
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        if (!await approver.MayDecideAsync(db, obligation, cancel))
            return new Dictionary<string, string>(StringComparer.Ordinal) { [""] = "notAllowed" };

        var (day, points, source) = (entry.Day!.Value, entry.BasisPoints!.Value, entry.Source.Trim());
        var rate = await db.Set<LateRate>().SingleOrDefaultAsync(row => row.Kind == entry.Kind && row.ValidFrom == day, cancel);
        var before = rate is null ? null : ContentOf(rate);
        if (rate is null)
            db.Add(rate = new() { Id = Guid.CreateVersion7(), Kind = entry.Kind, ValidFrom = day, BasisPoints = points, UserId = approver.UserId, RecordedAt = clock.GetUtcNow() });
        (rate.BasisPoints, rate.Source, rate.UserId, rate.RecordedAt) = (points, source, approver.UserId, clock.GetUtcNow());
        await audit.WriteAsync(db, new(approver.Actor, "lateRate.changed", nameof(LateRate), rate.Id.ToString()) { Before = before, After = ContentOf(rate) }, cancel);
        await db.SaveChangesAsync(cancel);
        return wrong;
    }

    /// <summary>What was claimed at it stays as it was claimed. Nothing new when it is gone already.</summary>
    public async Task<SettingChange> RemoveAsync(Guid id, Approver approver, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        if (!await approver.MayDecideAsync(db, obligation, cancel))
            return SettingChange.NotAllowed;
        if (await db.Set<LateRate>().SingleOrDefaultAsync(row => row.Id == id, cancel) is not { } rate)
            return SettingChange.NothingNew;
        db.Remove(rate);
        await audit.WriteAsync(db, new(approver.Actor, "lateRate.removed", nameof(LateRate), rate.Id.ToString()) { Before = ContentOf(rate) }, cancel);
        await db.SaveChangesAsync(cancel);
        return SettingChange.Done;
    }

    private static object ContentOf(LateRate rate) => new { rate.Kind, rate.ValidFrom, rate.BasisPoints, rate.Source };
}

/// <param name="PrintedBasisPoints">The penalty that the company's invoices name; null: they name the law's own.</param>
/// <param name="Today">In the company's zone.</param>
public sealed record LateRateList(IReadOnlyList<LateRate> Rates, int? PrintedBasisPoints, DateOnly Today)
{
    /// <summary>In force today; null: none is.</summary>
    public LateRate? NowOf(LateRateKind kind) => Rates.FirstOrDefault(rate => rate.Kind == kind && rate.ValidFrom <= Today);
}
