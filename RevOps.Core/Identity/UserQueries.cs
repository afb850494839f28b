using System.Linq.Expressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;

namespace RevOps.Core.Identity;

public enum UserState
{
    Active = 0,

    /// <summary>The invitation has not been taken up.</summary>
    Invited = 1,

    /// <summary>By an administrator, or for some minutes after too many wrong tries.</summary>
    Locked = 2,
}

public enum UserSort
{
    Email = 0,
    Seen = 1,
    Since = 2,
}

/// <summary>What a list of users shows, and in which order; carried out by the database.</summary>
public sealed record UserFilter
{
    /// <summary>Part of an address.</summary>
    public string? Text { get; init; }

    public string? Role { get; init; }
    public UserState? State { get; init; }
    public UserSort Sort { get; init; }
    public bool Descending { get; init; }
    public int Page { get; init; } = 1;

    internal IQueryable<User> Sorted(IQueryable<User> users) => (Sort, Descending) switch
    {
        (UserSort.Seen, true) => users.OrderByDescending(user => user.LastSeenAt).ThenBy(user => user.Id),
        (UserSort.Seen, false) => users.OrderBy(user => user.LastSeenAt).ThenBy(user => user.Id),
        (UserSort.Since, true) => users.OrderByDescending(user => user.CreatedAt).ThenBy(user => user.Id),
        (UserSort.Since, false) => users.OrderBy(user => user.CreatedAt).ThenBy(user => user.Id),
        (_, true) => users.OrderByDescending(user => user.NormalizedEmail).ThenBy(user => user.Id),
        (_, false) => users.OrderBy(user => user.NormalizedEmail).ThenBy(user => user.Id),
    };
}

/// <summary>Users as the pages of the administration show them.</summary>
public sealed class UserQueries(IDbContextFactory<RevOpsDb> databases)
{
    public const int PageSize = 50;

    /// <summary>Further away than any lock-out after wrong tries: somebody locked the account by hand.</summary>
    internal static readonly DateTimeOffset ByHand = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public async Task<UserList> ListAsync(UserFilter filter, CancellationToken cancel = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var found = Apply(db, filter);
        var total = await found.CountAsync(cancel);
        var rows = await filter.Sorted(found).Skip((filter.Page - 1) * PageSize).Take(PageSize).Select(Row(db)).ToListAsync(cancel);
        return new(rows, total);
    }

    public async Task<UserRow?> FindAsync(Guid id, CancellationToken cancel = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Set<User>().Where(user => user.Id == id).Select(Row(db)).SingleOrDefaultAsync(cancel);
    }

    private static IQueryable<User> Apply(RevOpsDb db, UserFilter filter)
    {
        var (users, now) = (db.Set<User>().AsNoTracking(), TimeProvider.System.GetUtcNow());
        if (filter.Text?.Trim().ToUpperInvariant() is { Length: > 0 } text)
            users = users.Where(user => user.NormalizedEmail!.Contains(text));
        if (filter.Role is { } name)
            users = users.Where(user => db.Set<IdentityUserRole<Guid>>().Any(held => held.UserId == user.Id && db.Set<Role>().Any(role => role.Id == held.RoleId && role.Name == name)));
        return filter.State switch
        {
            UserState.Locked => users.Where(user => user.LockoutEnd > now),
            UserState.Invited => users.Where(user => (user.LockoutEnd == null || user.LockoutEnd <= now) && user.PasswordHash == null && !user.EmailConfirmed),
            UserState.Active => users.Where(user => (user.LockoutEnd == null || user.LockoutEnd <= now) && (user.PasswordHash != null || user.EmailConfirmed)),
            _ => users,
        };
    }

    private static Expression<Func<User, UserRow>> Row(RevOpsDb db)
    {
        var now = TimeProvider.System.GetUtcNow();
        return user => new UserRow
        {
            Id = user.Id,
            Email = user.Email!,
            Roles = db.Set<IdentityUserRole<Guid>>().Where(held => held.UserId == user.Id).Join(db.Set<Role>(), held => held.RoleId, role => role.Id, (_, role) => role.Name!).ToList(),
            State = user.LockoutEnd > now ? UserState.Locked : user.PasswordHash == null && !user.EmailConfirmed ? UserState.Invited : UserState.Active,
            LockedUntil = user.LockoutEnd > now && user.LockoutEnd < ByHand ? user.LockoutEnd : null,
            HasAuthenticator = user.TwoFactorEnabled,
            Passkeys = db.Set<IdentityUserPasskey<Guid>>().Count(passkey => passkey.UserId == user.Id),
            Sessions = db.Set<Session>().Count(session => session.UserId == user.Id && session.EndedAt == null && session.ExpiresAt > now),
            LastSeenAt = user.LastSeenAt,
            CreatedAt = user.CreatedAt,
        };
    }
}

public sealed record UserList(IReadOnlyList<UserRow> Rows, int Total);

public sealed record UserRow
{
    public required Guid Id { get; init; }
    public required string Email { get; init; }
    public required IReadOnlyList<string> Roles { get; init; }
    public required UserState State { get; init; }

    /// <summary>When a lock-out after wrong tries ends; null while locked by hand.</summary>
    public DateTimeOffset? LockedUntil { get; init; }

    public required bool HasAuthenticator { get; init; }
    public required int Passkeys { get; init; }

    /// <summary>How many sign-ins last.</summary>
    public required int Sessions { get; init; }

    public DateTimeOffset? LastSeenAt { get; init; }
    public DateTimeOffset? CreatedAt { get; init; }

    public bool HasSecondFactor => HasAuthenticator || Passkeys > 0;
}
