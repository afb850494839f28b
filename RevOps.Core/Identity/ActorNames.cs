using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;

namespace RevOps.Core.Identity;

/// <summary>What to call whoever the audit names.</summary>
public sealed class ActorNames(IDbContextFactory<RevOpsDb> databases)
{
    /// <summary>For each "user:…" that still exists, the part of the e-mail address before the @; for each "key:…", the key's name.</summary>
    public async Task<IReadOnlyDictionary<string, string>> OfAsync(IEnumerable<string?> actors, CancellationToken cancel = default)
    {
        var ids = actors.OfType<string>().Distinct(StringComparer.Ordinal).Select(actor => (Actor: actor, Id: Actor.IdOf(actor))).Where(one => one.Id is not null).ToList();
        if (ids.Count == 0)
            return new Dictionary<string, string>(StringComparer.Ordinal);

        await using var db = await databases.CreateDbContextAsync(cancel);
        var wanted = ids.ConvertAll(one => one.Id!.Value);
        var users = await db.Set<User>().Where(user => wanted.Contains(user.Id)).Select(user => new { user.Id, user.Email }).ToListAsync(cancel);
        var keys = await db.Set<ApiKey>().Where(key => wanted.Contains(key.Id)).Select(key => new { key.Id, key.Name }).ToListAsync(cancel);
        var names = users.Select(user => (user.Id, Name: user.Email?.Split('@')[0])).Concat(keys.Select(key => (key.Id, Name: (string?)key.Name))).ToDictionary(one => one.Id, one => one.Name);
        return ids.Select(one => (one.Actor, Name: names.GetValueOrDefault(one.Id!.Value))).Where(one => one.Name is not null)
            .ToDictionary(one => one.Actor, one => one.Name!, StringComparer.Ordinal);
    }

    /// <summary>Whom work on invoices may be given to: those who see them, by what they are called.</summary>
    public async Task<IReadOnlyList<(Guid Id, string Name)>> StaffAsync(CancellationToken cancel = default)
    {
        string[] roles = [Roles.Finance, Roles.Management, Roles.Admin];
        var now = TimeProvider.System.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancel);
        var users = await db.Set<User>().AsNoTracking().Where(user => (user.LockoutEnd == null || user.LockoutEnd <= now)
                && db.Set<IdentityUserRole<Guid>>().Any(held => held.UserId == user.Id && db.Set<Role>().Any(role => role.Id == held.RoleId && roles.Contains(role.Name!))))
            .OrderBy(user => user.NormalizedEmail).Select(user => new { user.Id, user.Email }).ToListAsync(cancel);
        return users.ConvertAll(user => (user.Id, user.Email!.Split('@')[0]));
    }
}
