using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Live;

namespace RevOps.Core.Identity;

/// <summary>Starts, looks after and ends sign-ins. On the system's clock, as cookies are.</summary>
public sealed class Sessions(IDbContextFactory<RevOpsDb> databases, AuditTrail audit, ChangeFeed feed)
{
    /// <summary>A working day, counted from the last request.</summary>
    public static readonly TimeSpan Usual = TimeSpan.FromHours(12);

    /// <summary>For whoever asked to stay signed in.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(14);

    private static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(30);

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public static bool IsStrong(SignInMethod method) =>
        method is SignInMethod.AuthenticatorCode or SignInMethod.RecoveryCode or SignInMethod.Passkey or SignInMethod.Demo;

    public async Task<Session> StartAsync(Guid userId, SignInMethod method, bool kept, (string? Browser, string? System) device, CancellationToken cancel)
    {
        var now = Now;
        var session = new Session
        {
            Id = Guid.CreateVersion7(),
            UserId = userId,
            StartedAt = now,
            LastSeenAt = now,
            ExpiresAt = now + (kept ? Kept : Usual),
            IsKept = kept,
            Method = method,
            IsStrong = IsStrong(method),
            Browser = device.Browser,
            System = device.System,
        };
        await using var db = await databases.CreateDbContextAsync(cancel);
        db.Add(session);
        await db.SaveChangesAsync(cancel);
        await SeenAsync(db, session.Id, userId, now, kept, cancel);
        return session;
    }

    /// <summary>The session while it lasts, else null. Asked with every request, so an ended one is out at once.</summary>
    public async Task<Session?> FindLiveAsync(Guid id, Guid userId, CancellationToken cancel)
    {
        var now = Now;
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Set<Session>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && row.UserId == userId && row.EndedAt == null && row.ExpiresAt > now, cancel);
    }

    /// <summary>Writes down that it is in use, at most once a minute.</summary>
    public async Task SeenAsync(Session session, CancellationToken cancel)
    {
        var now = Now;
        if (now - session.LastSeenAt < SeenEvery)
            return;
        await using var db = await databases.CreateDbContextAsync(cancel);
        await SeenAsync(db, session.Id, session.UserId, now, session.IsKept, cancel);
    }

    /// <summary>The second factor was shown, or made, within the session.</summary>
    public async Task StrengthenAsync(Guid id, SignInMethod method, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await db.Set<Session>().FindAsync([id], cancel) is not { EndedAt: null } session)
            return;
        (session.Method, session.IsStrong) = (method, IsStrong(method));
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>Its owner signed out, or the cookie turned out to be worth nothing.</summary>
    public async Task SignOutAsync(Guid id, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await db.Set<Session>().FindAsync([id], cancel) is not { EndedAt: null } session)
            return;
        session.EndedAt = Now;
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>Ends one session of a user by hand; false when it is not theirs or has ended.</summary>
    public async Task<bool> EndAsync(Guid userId, Guid id, string actor, CancellationToken cancel) => await EndAsync(userId, session => session.Id == id, actor, cancel) > 0;

    /// <summary>Ends all but one, or all; how many there were.</summary>
    public Task<int> EndOthersAsync(Guid userId, Guid? but, string actor, CancellationToken cancel) => EndAsync(userId, session => session.Id != but, actor, cancel);

    /// <summary>Marks a user's live sessions as ended in a context that the caller saves.</summary>
    public static async Task<int> EndAllAsync(RevOpsDb db, Guid userId, CancellationToken cancel)
    {
        var live = await LiveOf(db, userId).AsTracking().ToListAsync(cancel);
        live.ForEach(session => session.EndedAt = Now);
        return live.Count;
    }

    /// <summary>The live ones, the last used first.</summary>
    public async Task<IReadOnlyList<Session>> OfUserAsync(Guid userId, CancellationToken cancel = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await LiveOf(db, userId).AsNoTracking().OrderByDescending(session => session.LastSeenAt).ThenBy(session => session.Id).ToListAsync(cancel);
    }

    /// <summary>Ended ones are kept for a month and no longer.</summary>
    public async Task ForgetOldAsync(CancellationToken cancel)
    {
        var before = Now - Remembered;
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.WriteAsync(() => db.Set<Session>().Where(session => session.EndedAt < before || session.ExpiresAt < before).ExecuteDeleteAsync(cancel), cancel);
        feed.Publish(nameof(Session));
    }

    internal static IQueryable<Session> LiveOf(RevOpsDb db, Guid userId)
    {
        var now = Now;
        return db.Set<Session>().Where(session => session.UserId == userId && session.EndedAt == null && session.ExpiresAt > now);
    }

    private static async Task SeenAsync(RevOpsDb db, Guid id, Guid userId, DateTimeOffset now, bool kept, CancellationToken cancel)
    {
        var until = now + (kept ? Kept : Usual);
        await db.WriteAsync(async () =>
            await db.Set<Session>().Where(row => row.Id == id).ExecuteUpdateAsync(set => set.SetProperty(row => row.LastSeenAt, now).SetProperty(row => row.ExpiresAt, until), cancel)
            + await db.Set<User>().Where(row => row.Id == userId).ExecuteUpdateAsync(set => set.SetProperty(row => row.LastSeenAt, now), cancel), cancel);
    }

    private async Task<int> EndAsync(Guid userId, Func<Session, bool> which, string actor, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        var ended = (await LiveOf(db, userId).AsTracking().ToListAsync(cancel)).FindAll(session => which(session));
        if (ended.Count == 0)
            return 0;
        ended.ForEach(session => session.EndedAt = Now);
        await audit.WriteAsync(db, new(actor, "session.ended", nameof(User), userId.ToString()) { After = new { Sessions = ended.ConvertAll(session => session.Id) } }, cancel);
        await db.SaveChangesAsync(cancel);
        return ended.Count;
    }
}
