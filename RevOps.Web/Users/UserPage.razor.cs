using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Radzen;
using RevOps.Core.Identity;
using RevOps.Web.Identity;
using RevOps.Web.Platform;

namespace RevOps.Web.Users;

public sealed partial class UserPage(UserQueries queries, Sessions sessionStore, IServiceScopeFactory scopes, DialogService dialogs, PublicAddress address, TwoFactorRule rule, NavigationManager navigation, TimeProvider clock)
{
    private ClaimsPrincipal me = new();
    private UserRow? row;
    private IReadOnlyList<Session> sessions = [];
    private HashSet<string> roles = new(StringComparer.Ordinal);
    private DateTimeOffset? asOf;
    private Guid? shown, own;
    private Uri? link;
    private string? said, problem;
    private bool isGone, isBusy, isMe, isMine;

    [Parameter]
    public Guid Id { get; set; }

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    private string Factors => row switch
    {
        { HasAuthenticator: true, Passkeys: > 0 } => $"{Text["App"]}, {Text["PasskeyCount", row.Passkeys]}",
        { HasAuthenticator: true } => Text["App"],
        { Passkeys: > 0 } => Text["PasskeyCount", row.Passkeys],
        { } somebody when rule.Covers(somebody.Roles) => Text["Owed"],
        _ => Text["No"],
    };

    protected override async Task OnParametersSetAsync()
    {
        me = (await SignedIn).User;
        (own, isMe) = (me.SessionId(), me.UserId() == Id);
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        var id = Id;
        var found = await queries.FindAsync(id);
        var theirs = await sessionStore.OfUserAsync(id);
        var one = await scopes.AsAdminAsync(me, async (desk, by) => await desk.CountsAsOneAsync(by, id, CancellationToken.None) ? "mine" : "");
        if (id != Id)
            return;

        // What somebody has ticked stays while others change something else.
        var isUntouched = shown != id || row is null || roles.SetEquals(row.Roles);
        (row, sessions, isMine, isGone, asOf, shown) = (found, theirs, one == "mine", found is null, clock.GetUtcNow(), id);
        if (found is not null && isUntouched)
            roles = found.Roles.ToHashSet(StringComparer.Ordinal);
    }

    private Task SaveRolesAsync() => DoAsync("Roles", (desk, by) => desk.SetRolesAsync(Id, [.. roles], by, CancellationToken.None));

    private Task SendResetAsync() => DoAsync("SendReset", (desk, by) => desk.SendResetAsync(Id, Site, by, CancellationToken.None));

    private Task UnlockAsync() => DoAsync("Unlock", (desk, by) => desk.UnlockAsync(Id, by, CancellationToken.None));

    private Task LockAsync() => AskAsync("Lock", () => DoAsync("Lock", (desk, by) => desk.LockAsync(Id, by, CancellationToken.None)));

    private Task ResetFactorAsync() => AskAsync("ResetFactor", () => DoAsync("ResetFactor", (desk, by) => desk.ResetSecondFactorAsync(Id, by, CancellationToken.None)));

    private Task RemoveAsync() => AskAsync("Remove", async () =>
    {
        await DoAsync("Lock", (desk, by) => desk.RemoveAsync(Id, by, CancellationToken.None));
        if (problem is null)
            navigation.NavigateTo("/users");
    });

    private Task InviteAgainAsync() => DoAsync("InviteAgain", async (desk, by) =>
    {
        var invited = await desk.InviteAgainAsync(Id, Site, by, CancellationToken.None);
        link = invited.Link;
        return invited.Result;
    });

    private Task EndAsync(Session session) => DoAsync("End", async (_, by) =>
    {
        await sessionStore.EndAsync(Id, session.Id, $"user:{by}", CancellationToken.None);
        return UserResult.Done;
    });

    private Task EndAllAsync() => AskAsync("EndAll", () => DoAsync("End", async (_, by) =>
    {
        await sessionStore.EndOthersAsync(Id, own, $"user:{by}", CancellationToken.None);
        return UserResult.Done;
    }));

    private Uri Site => address.Given ?? new Uri(navigation.BaseUri);

    private async Task AskAsync(string action, Func<Task> doAsync)
    {
        var options = new ConfirmOptions { OkButtonText = Text[action], CancelButtonText = Text["Keep"] };
        if (await dialogs.Confirm(Text[action + "Means", row?.Email ?? ""], Text[action], options) == true)
            await doAsync();
    }

    private async Task DoAsync(string action, Func<UserDesk, Guid, Task<UserResult>> doAsync)
    {
        if (isBusy)
            return;
        (isBusy, said, problem) = (true, null, null);
        try
        {
            var result = await scopes.AsAdminAsync(me, async (desk, by) => (UserResult?)await doAsync(desk, by));
            said = result == UserResult.Done ? Text["Done." + action].Value : null;
            problem = result switch
            {
                null => Text["NotAllowed"].Value,
                UserResult.Done => null,
                { } no => Text["Result." + no].Value,
            };
            await LoadAsync();
        }
        finally
        {
            isBusy = false;
        }
    }
}
