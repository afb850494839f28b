using Microsoft.EntityFrameworkCore;

namespace RevOps.Core.Identity;

public sealed partial class UserDesk
{
    /// <summary>
    /// By whoever runs the server: opens an account again, whatever was lost, and makes it an administrator's when nobody else could sign in
    /// as one. Gives the link to set a password with.
    /// </summary>
    public async Task<Uri> RescueAsync(string email, Uri site, string actor, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        var normal = users.NormalizeEmail(email.Trim());
        var user = await db.Set<User>().SingleOrDefaultAsync(candidate => candidate.NormalizedEmail == normal, cancel);
        var adminNeeded = !await UserRoles.OtherAdmins(db, user?.Id ?? Guid.Empty).AnyAsync(cancel);
        if (user is null)
        {
            if (!adminNeeded || !IsAddress(email.Trim()))
                throw new InvalidOperationException($"Nobody signs in with {email}.");
            db.Add(user = New(email.Trim(), normal!, language: null));
        }

        (user.LockoutEnd, user.AccessFailedCount, user.OpenableBy) = (null, 0, null);
        await DropSecondFactorAsync(db, user, cancel);
        if (adminNeeded && !(await UserRoles.RolesOfAsync(db, user.Id, cancel)).Contains(Roles.Admin))
            await UserRoles.GiveAsync(db, user.Id, [Roles.Admin], cancel);
        await audit.WriteAsync(db, new(actor, "user.reset", nameof(User), user.Id.ToString()) { After = new { MadeAdmin = adminNeeded } }, cancel);
        var link = await links.ResetAsync(user, site);
        await db.SaveChangesAsync(cancel);
        return link;
    }
}
