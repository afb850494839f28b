using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Data;
using RevOps.Core.Identity;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Mail;

namespace RevOps.Core.Scorecard.Digest;

/// <summary>Who gets the digest by mail, and handing it in for them: once per week and reader, whatever runs twice.</summary>
public sealed class DigestDesk(IDbContextFactory<RevOpsDb> databases, MailDesk mails, TwoFactorRule rule, AuditTrail audit)
{
    /// <summary>Of the mail, on the Mail page.</summary>
    public const string MailKind = "digest";

    // Next week there is another.
    private static readonly TimeSpan Lasts = TimeSpan.FromDays(6);

    /// <summary>Asks for it by mail, or no longer. False when whoever asks may not see it.</summary>
    public async Task<bool> AskAsync(bool wanted, Approver by, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (!await by.HoldsAsync(db, Roles.Management, rule, cancel))
            return false;
        await db.BeginWorkAsync(cancel);
        var known = await db.Set<DigestReader>().SingleOrDefaultAsync(reader => reader.UserId == by.UserId, cancel);
        if (known is null == !wanted)
            return true;
        if (known is null)
            db.Add(new DigestReader { Id = Guid.CreateVersion7(), UserId = by.UserId, RecordedAt = TimeProvider.System.GetUtcNow() });
        else
            db.Remove(known);
        await audit.WriteAsync(db, new(by.Actor, wanted ? "digest.asked" : "digest.left", nameof(User), by.UserId.ToString()), cancel);
        await db.SaveChangesAsync(cancel);
        return true;
    }

    /// <summary>Those who asked and may still see it, and have not had that week's.</summary>
    public async Task<IReadOnlyList<(Guid UserId, string Language)>> DueAsync(DateOnly week, CancellationToken cancel)
    {
        var now = TimeProvider.System.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancel);
        var due = await (from reader in db.Set<DigestReader>()
                         join user in db.Set<User>() on reader.UserId equals user.Id
                         where user.Email != null && (user.LockoutEnd == null || user.LockoutEnd < now)
                             && (from held in db.Set<IdentityUserRole<Guid>>() join role in db.Set<Role>() on held.RoleId equals role.Id where held.UserId == user.Id && role.Name == Roles.Management select role.Id).Any()
                             && !db.Set<DigestLetter>().Any(letter => letter.Week == week && letter.UserId == user.Id)
                         orderby reader.Id
                         select new { user.Id, user.Language }).ToListAsync(cancel);
        return [.. due.Select(one => (one.Id, one.Language ?? "en"))];
    }

    /// <summary>Commits the mail with the word that it was handed in; somebody who had it meanwhile gets no second.</summary>
    public async Task HandInAsync(DateOnly week, Guid userId, string subject, string text, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        if (await db.Set<DigestLetter>().AnyAsync(letter => letter.Week == week && letter.UserId == userId, cancel) || await db.Set<User>().FindAsync([userId], cancel) is not { Email: { } address })
            return;
        var mail = await mails.QueueAsync(db, new(MailKind, address, subject, text) { SubjectId = userId, Lasts = Lasts }, cancel);
        db.Add(new DigestLetter { Id = Guid.CreateVersion7(), Week = week, UserId = userId, MailId = mail, RecordedAt = TimeProvider.System.GetUtcNow() });
        await db.SaveChangesAsync(cancel);
    }
}
