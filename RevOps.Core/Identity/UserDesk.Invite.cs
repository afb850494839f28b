using System.Net.Mail;
using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;

namespace RevOps.Core.Identity;

public sealed partial class UserDesk
{
    /// <summary>Makes an account and sends the link that opens it.</summary>
    /// <param name="invitation">Whom, with which roles.</param>
    /// <param name="site">Where the product is reached.</param>
    /// <param name="by">The administrator.</param>
    /// <param name="cancel">Ends the work.</param>
    public async Task<Invited> InviteAsync(Invitation invitation, Uri site, Guid by, CancellationToken cancel)
    {
        var email = invitation.Email.Trim();
        if (!IsAddress(email))
            return new(UserResult.AddressWrong);
        if (!invitation.Roles.Any())
            return new(UserResult.NoRole);

        await letters.ReadyAsync(cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        var normal = users.NormalizeEmail(email);
        if (await db.Set<User>().AnyAsync(user => user.NormalizedEmail == normal || user.NormalizedUserName == normal, cancel))
            return new(UserResult.AddressTaken);

        var user = New(email, normal!, invitation.Language);
        db.Add(user);
        await UserRoles.GiveAsync(db, user.Id, invitation.Roles, cancel);
        var link = await SendInvitationAsync(db, user, invitation.Roles, site, by, cancel);
        await WriteAsync(db, by, "user.invited", user, after: new { user.Email, Roles = invitation.Roles }, cancel: cancel);
        if (invitation.Roles.Contains(Roles.Finance))
            await TellOfFinanceAsync(db, user, cancel);
        await db.SaveChangesAsync(cancel);
        return new(UserResult.Done, user.Id, link);
    }

    /// <summary>Sends another link; the one before it opens nothing any more.</summary>
    public async Task<Invited> InviteAgainAsync(Guid id, Uri site, Guid by, CancellationToken cancel)
    {
        await letters.ReadyAsync(cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.BeginWorkAsync(cancel);
        if (await db.Set<User>().FindAsync([id], cancel) is not { } user)
            return new(UserResult.Gone);
        if (!IsInvited(user))
            return new(UserResult.AlreadyIn);

        user.SecurityStamp = NewStamp();
        var link = await SendInvitationAsync(db, user, await UserRoles.RolesOfAsync(db, id, cancel), site, by, cancel);
        await WriteAsync(db, by, "user.invitedAgain", user, cancel: cancel);
        await db.SaveChangesAsync(cancel);
        return new(UserResult.Done, id, link);
    }

    private static bool IsInvited(User user) => user.PasswordHash is null && !user.EmailConfirmed;

    private static bool IsAddress(string email) => email.Length <= 254 && MailAddress.TryCreate(email, out var parsed) && parsed.Address == email;

    private static User New(string email, string normal, string? language) => new()
    {
        UserName = email,
        NormalizedUserName = normal,
        Email = email,
        NormalizedEmail = normal,
        SecurityStamp = NewStamp(),
        LockoutEnabled = true,
        Language = language,
    };

    private async Task<Uri?> SendInvitationAsync(RevOpsDb db, User user, IReadOnlyCollection<string> roles, Uri site, Guid by, CancellationToken cancel)
    {
        var link = await links.InvitationAsync(user, site);
        await letters.InvitationAsync(db, user, link, cancel);
        var shown = !mails.HasServer && !roles.Contains(Roles.Finance);
        if (!shown)
            return null;
        user.OpenableBy = by;
        return link;
    }
}

/// <param name="Language">Of the mail, and their first choice.</param>
public sealed record Invitation(string Email, IReadOnlyCollection<string> Roles, string? Language);

/// <param name="Link">To be handed over, where no server sends mails; never for somebody who approves money.</param>
public sealed record Invited(UserResult Result, Guid? UserId = null, Uri? Link = null);
