using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;

namespace RevOps.Core.Identity;

/// <summary>Who holds which roles, and who could be whom; for the work that is under way in a context.</summary>
internal static class UserRoles
{
    /// <summary>The administrator at the beginning of the links that were shown: who could be behind all that follow.</summary>
    public static async Task<Guid> RootAsync(RevOpsDb db, Guid id, CancellationToken cancel)
    {
        for (var steps = 0; steps < 100; steps++)
        {
            var current = id;
            if (await db.Set<User>().Where(user => user.Id == current).Select(user => user.OpenableBy).SingleOrDefaultAsync(cancel) is not { } shownTo)
                return id;
            id = shownTo;
        }

        return id;
    }

    public static IQueryable<User> OtherAdmins(RevOpsDb db, Guid id) =>
        from user in db.Set<User>()
        join held in db.Set<IdentityUserRole<Guid>>() on user.Id equals held.UserId
        join role in db.Set<Role>() on held.RoleId equals role.Id
        where role.Name == Roles.Admin && user.Id != id && (user.LockoutEnd == null || user.LockoutEnd < UserQueries.ByHand) && (user.PasswordHash != null || user.EmailConfirmed)
        select user;

    public static async Task<bool> IsLastAdminAsync(RevOpsDb db, Guid id, CancellationToken cancel) =>
        (await RolesOfAsync(db, id, cancel)).Contains(Roles.Admin) && !await OtherAdmins(db, id).AnyAsync(cancel);

    public static Task<List<string>> RolesOfAsync(RevOpsDb db, Guid id, CancellationToken cancel) =>
        (from held in db.Set<IdentityUserRole<Guid>>()
         join role in db.Set<Role>() on held.RoleId equals role.Id
         where held.UserId == id
         select role.Name!).ToListAsync(cancel);

    public static async Task GiveAsync(RevOpsDb db, Guid id, IEnumerable<string> roles, CancellationToken cancel)
    {
        var wanted = roles.ToList();
        foreach (var role in await db.Set<Role>().Where(role => wanted.Contains(role.Name!)).ToListAsync(cancel))
            db.Add(new IdentityUserRole<Guid> { UserId = id, RoleId = role.Id });
    }

    public static async Task TakeAsync(RevOpsDb db, Guid id, IEnumerable<string> roles, CancellationToken cancel)
    {
        var unwanted = roles.ToList();
        var held = from row in db.Set<IdentityUserRole<Guid>>()
                   join role in db.Set<Role>() on row.RoleId equals role.Id
                   where row.UserId == id && unwanted.Contains(role.Name!)
                   select row;
        db.RemoveRange(await held.ToListAsync(cancel));
    }
}
