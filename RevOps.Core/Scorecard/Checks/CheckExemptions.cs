using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Data;
using RevOps.Core.Identity;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Audit;

namespace RevOps.Core.Scorecard.Checks;

/// <summary>Sets a check aside until a day, and takes that back. Who did it and why is audited.</summary>
public sealed class CheckExemptions(IDbContextFactory<RevOpsDb> databases, CompanyProfile company, TwoFactorRule rule, AuditTrail audit, TimeProvider clock)
{
    public const int LongestReason = 500;

    /// <summary>After this somebody must look again.</summary>
    public const int LongestDays = 366;

    /// <summary>Replaces one that there is. False when whoever asks may not: Management alone, asked at the act.</summary>
    /// <exception cref="ArgumentException">No such check, no reason or too long a one, or an end that is not within the next <see cref="LongestDays"/> days.</exception>
    public async Task<bool> SetAsync(string checkId, string reason, DateOnly endsOn, Approver by, CancellationToken cancel)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(reason.Trim().Length, LongestReason);
        var today = (await company.CurrentAsync(cancel)).DayOf(clock.GetUtcNow());
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(endsOn, today);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(endsOn, today.AddDays(LongestDays));
        _ = CheckBook.Of(checkId);

        await using var db = await databases.CreateDbContextAsync(cancel);
        if (!await by.HoldsAsync(db, Roles.Management, rule, cancel))
            return false;
        await db.BeginWorkAsync(cancel);
        var before = await db.Set<CheckExemption>().SingleOrDefaultAsync(known => known.CheckId == checkId, cancel);
        if (before is not null)
            db.Remove(before);
        db.Add(new CheckExemption { Id = Guid.CreateVersion7(), CheckId = checkId, UserId = by.UserId, Reason = reason.Trim(), RecordedAt = TimeProvider.System.GetUtcNow(), EndsOn = endsOn });
        await audit.WriteAsync(db, new(by.Actor, "check.exempted", nameof(Check), checkId) { Before = Said(before), After = new { Reason = reason.Trim(), EndsOn = endsOn } }, cancel);
        await db.SaveChangesAsync(cancel);
        return true;
    }

    /// <summary>False when whoever asks may not. One that is gone already is gone.</summary>
    public async Task<bool> EndAsync(string checkId, Approver by, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (!await by.HoldsAsync(db, Roles.Management, rule, cancel))
            return false;
        await db.BeginWorkAsync(cancel);
        if (await db.Set<CheckExemption>().SingleOrDefaultAsync(known => known.CheckId == checkId, cancel) is not { } found)
            return true;
        db.Remove(found);
        await audit.WriteAsync(db, new(by.Actor, "check.counted", nameof(Check), checkId) { Before = Said(found) }, cancel);
        await db.SaveChangesAsync(cancel);
        return true;
    }

    private static object? Said(CheckExemption? exemption) => exemption is null ? null : new { exemption.Reason, exemption.EndsOn };
}
