using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Data;
using RevOps.Core.Identity;
using RevOps.Core.Platform.Audit;

namespace RevOps.Core.Receivables;

/// <summary>What the trend of receivables should remember. Finance writes it, and who wrote and removed what is audited.</summary>
public sealed class Annotations(IDbContextFactory<RevOpsDb> databases, TwoFactorRule rule, AuditTrail audit, ActorNames names)
{
    public const int Longest = 200;

    /// <summary>Of a time, the oldest first.</summary>
    public async Task<IReadOnlyList<AnnotationView>> OfAsync(DateOnly from, DateOnly to, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var found = await db.Set<Annotation>().AsNoTracking().Where(one => one.Day >= from && one.Day <= to).OrderBy(one => one.Day).ThenBy(one => one.Id).ToListAsync(cancel);
        var called = await names.OfAsync(found.Select(one => ActorOf(one.UserId)), cancel);
        return found.ConvertAll(one => new AnnotationView(one.Id, one.Day, one.Text, called.GetValueOrDefault(ActorOf(one.UserId))));
    }

    /// <summary>False when whoever asks may not.</summary>
    /// <exception cref="ArgumentException">Nothing was written, or more than <see cref="Longest"/> characters.</exception>
    public async Task<bool> AddAsync(DateOnly day, string text, Approver approver, CancellationToken cancel)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(text.Trim().Length, Longest);
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (!await approver.MayDecideAsync(db, rule, cancel))
            return false;
        await db.BeginWorkAsync(cancel);
        var added = new Annotation { Id = Guid.CreateVersion7(), Day = day, Text = text.Trim(), UserId = approver.UserId, RecordedAt = TimeProvider.System.GetUtcNow() };
        db.Add(added);
        await audit.WriteAsync(db, new(approver.Actor, "annotation.added", nameof(Annotation), added.Id.ToString()) { After = new { added.Day, added.Text } }, cancel);
        await db.SaveChangesAsync(cancel);
        return true;
    }

    /// <summary>False when whoever asks may not. One that is gone already is gone.</summary>
    public async Task<bool> RemoveAsync(Guid id, Approver approver, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (!await approver.MayDecideAsync(db, rule, cancel))
            return false;
        await db.BeginWorkAsync(cancel);
        if (await db.Set<Annotation>().SingleOrDefaultAsync(one => one.Id == id, cancel) is not { } found)
            return true;
        db.Remove(found);
        await audit.WriteAsync(db, new(approver.Actor, "annotation.removed", nameof(Annotation), id.ToString()) { Before = new { found.Day, found.Text } }, cancel);
        await db.SaveChangesAsync(cancel);
        return true;
    }

    private static string ActorOf(Guid userId) => $"user:{userId}";
}

/// <param name="Author">What to call them; null when they are gone.</param>
public sealed record AnnotationView(Guid Id, DateOnly Day, string Text, string? Author);
