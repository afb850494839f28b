using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Identity;
using RevOps.Core.Platform.Audit;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Identity;

/// <summary>What administrators may do with accounts, and what they may not.</summary>
public sealed class UserDeskTests : IAsyncDisposable
{
    private static readonly Uri Site = new("https://revops.agency.example/");
    private static readonly string[] FinanceToo = [Roles.Admin, Roles.Finance];
    private readonly RevOpsHost host = new();

    [Fact]
    public async Task Invitation_OpensAnAccountOnceAndInItsLanguage()
    {
        var admin = await host.HireAsync("admin@agency.example", Roles.Admin);
        var invited = await InviteAsync("bob@agency.example", admin, Roles.Marketing);
        Assert.Equal(UserResult.Done, invited.Result);
        var mail = Assert.Single(await host.MailsAsync());
        Assert.StartsWith("Votre compte chez", mail.Subject, StringComparison.Ordinal);
        Assert.Equal(invited.Link!.PathAndQuery, Staff.LinkIn(mail));
        Assert.DoesNotContain("bob", invited.Link.PathAndQuery, StringComparison.OrdinalIgnoreCase);

        using var bob = host.Client();
        using var taken = await bob.SubmitAsync(invited.Link.PathAndQuery, "password", ("Password", "another long sentence"));
        Assert.Equal("/", taken.LeadsTo());
        using var journeys = await bob.GetAsync("/journeys");
        Assert.Equal(HttpStatusCode.OK, journeys.StatusCode);
        Assert.Contains("lang=\"fr\"", await bob.GetStringAsync("/account"), StringComparison.Ordinal);
        Assert.Contains("n’est plus valable", WebUtility.HtmlDecode(await bob.GetStringAsync(invited.Link.PathAndQuery)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnotherInvitation_ClosesTheOneBefore()
    {
        var admin = await host.HireAsync("admin@agency.example", Roles.Admin);
        var first = await InviteAsync("bob@agency.example", admin, Roles.Marketing);
        var second = await host.AtDeskAsync(desk => desk.InviteAgainAsync(first.UserId!.Value, Site, admin, CancellationToken.None));
        using var bob = host.Client();
        Assert.DoesNotContain("name=\"Password\"", await bob.GetStringAsync(first.Link!.PathAndQuery), StringComparison.Ordinal);
        Assert.Contains("name=\"Password\"", await bob.GetStringAsync(second.Link!.PathAndQuery), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no address", UserResult.AddressWrong)]
    [InlineData("Admin@Agency.example", UserResult.AddressTaken)]
    public async Task Invitation_IsRefused(string email, UserResult expected)
    {
        var admin = await host.HireAsync("admin@agency.example", Roles.Admin);
        Assert.Equal(expected, (await InviteAsync(email, admin, Roles.Marketing)).Result);
        Assert.Equal(UserResult.NoRole, (await InviteAsync("bob@agency.example", admin)).Result);
    }

    [Fact]
    public async Task NobodyGivesThemselvesFinance()
    {
        var (ann, bob) = (await host.HireAsync("ann@agency.example", Roles.Admin), await host.HireAsync("bob@agency.example", Roles.Admin));
        Assert.Equal(UserResult.MoneyNeedsAnother, await SetAsync(ann, ann, FinanceToo));
        Assert.Equal(UserResult.Done, await SetAsync(ann, bob, FinanceToo));
        Assert.Contains(Roles.Finance, (await RowAsync(ann)).Roles);
    }

    [Fact]
    public async Task NobodyGivesFinanceToAnAccountThatTheyCouldOpen()
    {
        var ann = await host.HireAsync("ann@agency.example", Roles.Admin);
        var puppet = (await InviteAsync("puppet@agency.example", ann, Roles.Admin)).UserId!.Value;
        Assert.Equal(UserResult.MoneyNeedsAnother, await SetAsync(puppet, ann, FinanceToo));

        // Nor the account to its maker, nor to a third that it was shown the link of.
        Assert.Equal(UserResult.MoneyNeedsAnother, await SetAsync(ann, puppet, FinanceToo));
        var third = (await InviteAsync("third@agency.example", puppet, Roles.Marketing)).UserId!.Value;
        Assert.Equal(UserResult.MoneyNeedsAnother, await SetAsync(third, ann, [Roles.Finance]));

        var independent = await host.HireAsync("bob@agency.example", Roles.Admin);
        Assert.Equal(UserResult.Done, await SetAsync(third, independent, [Roles.Finance]));
    }

    [Fact]
    public async Task Account_IsItsOwnersOnceTheySetAPasswordThroughTheirMailbox()
    {
        var ann = await host.HireAsync("ann@agency.example", Roles.Admin);
        var invited = await InviteAsync("bob@agency.example", ann, Roles.Marketing);
        using var bob = host.Client();
        (await bob.SubmitAsync(invited.Link!.PathAndQuery, "password", ("Password", "another long sentence"))).Dispose();
        Assert.Equal(UserResult.MoneyNeedsAnother, await SetAsync(invited.UserId!.Value, ann, [Roles.Finance]));

        (await bob.SubmitAsync("/forgot", "forgot", ("Email", "bob@agency.example"))).Dispose();
        var link = Staff.LinkIn((await host.MailsAsync()).Last(mail => mail.TextBody!.Contains("/reset?", StringComparison.Ordinal)));
        (await bob.SubmitAsync(link, "password", ("Password", "a third long sentence"))).Dispose();
        Assert.Equal(UserResult.Done, await SetAsync(invited.UserId.Value, ann, [Roles.Finance]));
    }

    [Fact]
    public async Task LinkOfAnApprover_IsShownToNobodyAndTheAnswerableHearOfThem()
    {
        var ann = await host.HireAsync("ann@agency.example", Roles.Admin);
        await host.HireAsync("money@agency.example", Roles.Finance);
        await host.HireAsync("ads@agency.example", Roles.Marketing);
        var invited = await InviteAsync("bob@agency.example", ann, Roles.Finance);
        Assert.Equal((UserResult.Done, null), (invited.Result, invited.Link));

        var mails = await host.MailsAsync();
        var told = mails.Where(mail => mail.Subject == "One more person may approve money").SelectMany(mail => mail.To.Mailboxes).Select(box => box.Address);
        Assert.Equal(["ann@agency.example", "money@agency.example"], told.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task LastAdministrator_StaysOne()
    {
        var (ann, bob) = (await host.HireAsync("ann@agency.example", Roles.Admin), await host.HireAsync("bob@agency.example", Roles.Admin));
        var locked = await host.AtDeskAsync(desk => desk.LockAsync(bob, ann, CancellationToken.None));
        Assert.Equal(UserResult.Done, locked);

        // An administrator who is locked out by hand, or who never took the invitation up, runs nothing.
        await InviteAsync("third@agency.example", ann, Roles.Admin);
        Assert.Equal(UserResult.LastAdmin, await SetAsync(ann, ann, [Roles.Marketing]));
        Assert.Equal(UserResult.LastAdmin, await host.AtDeskAsync(desk => desk.LockAsync(ann, bob, CancellationToken.None)));
        Assert.Equal(UserResult.LastAdmin, await host.AtDeskAsync(desk => desk.RemoveAsync(ann, bob, CancellationToken.None)));
        Assert.Equal(UserResult.Yourself, await host.AtDeskAsync(desk => desk.RemoveAsync(ann, ann, CancellationToken.None)));

        Assert.Equal(UserResult.Done, await host.AtDeskAsync(desk => desk.UnlockAsync(bob, ann, CancellationToken.None)));
        Assert.Equal(UserResult.Done, await SetAsync(ann, bob, [Roles.Marketing]));
    }

    [Fact]
    public async Task ChangedRoles_ShutOutAndAreAudited()
    {
        var (ann, bob) = (await host.HireAsync("ann@agency.example", Roles.Admin), await host.HireAsync("bob@agency.example", Roles.Marketing));
        using var browser = await host.ComeInAsync("bob@agency.example");
        var stamp = (await host.UserAsync(bob)).SecurityStamp;
        Assert.Equal(UserResult.Done, await SetAsync(bob, ann, [Roles.Management]));

        Assert.NotEqual(stamp, (await host.UserAsync(bob)).SecurityStamp);
        Assert.False(await browser.IsInAsync());
        await using var db = await host.OpenDatabaseAsync();
        var entry = await db.Set<AuditEntry>().SingleAsync(row => row.Action == "user.rolesChanged");
        Assert.Equal(($"user:{ann}", bob.ToString()), (entry.Actor, entry.SubjectId));
        Assert.Null(await host.Services.GetRequiredService<AuditTrail>().FindBreakAsync());
    }

    [Fact]
    public async Task LockAndRemoval_ShutOut()
    {
        var (ann, bob) = (await host.HireAsync("ann@agency.example", Roles.Admin), await host.HireAsync("bob@agency.example", Roles.Marketing));
        using var browser = await host.ComeInAsync("bob@agency.example");
        await host.AtDeskAsync(desk => desk.LockAsync(bob, ann, CancellationToken.None));
        Assert.False(await browser.IsInAsync());
        await host.AtDeskAsync(desk => desk.UnlockAsync(bob, ann, CancellationToken.None));

        using var again = await host.ComeInAsync("bob@agency.example");
        await host.AtDeskAsync(desk => desk.RemoveAsync(bob, ann, CancellationToken.None));
        Assert.False(await again.IsInAsync());
        Assert.Null(await host.Services.GetRequiredService<UserQueries>().FindAsync(bob));
    }

    [Fact]
    public async Task SecondFactor_IsResetAndTheOwnerIsTold()
    {
        var (ann, bob) = (await host.HireAsync("ann@agency.example", Roles.Admin), await host.HireAsync("bob@agency.example", Roles.Finance));
        var (key, codes) = await host.GiveAppAsync(bob);
        using var browser = await host.ComeInWithCodeAsync("bob@agency.example", key);
        await host.AtDeskAsync(desk => desk.ResetSecondFactorAsync(bob, ann, CancellationToken.None));
        Assert.False(await browser.IsInAsync());

        using var password = await host.Client().TryPasswordAsync("bob@agency.example");
        Assert.Equal("/", password.LeadsTo());
        await using var db = await host.OpenDatabaseAsync();
        Assert.False(await db.UserTokens.AnyAsync(token => token.UserId == bob));
        Assert.NotEmpty(codes);
        Assert.Contains(await host.MailsAsync(), mail => mail.Subject == "Your second factor was taken away");
    }

    [Fact]
    public async Task List_SearchesFiltersSortsAndPagesInTheDatabase()
    {
        var ann = await host.HireAsync("ann@agency.example", Roles.Admin);
        for (var number = 0; number < UserQueries.PageSize + 5; number++)
            await InviteAsync($"guest{number:D2}@agency.example", ann, Roles.Marketing);
        await host.HireAsync("money@agency.example", Roles.Finance);
        (await host.ComeInAsync("money@agency.example")).Dispose();
        var queries = host.Services.GetRequiredService<UserQueries>();

        var first = await queries.ListAsync(new());
        var second = await queries.ListAsync(new() { Page = 2 });
        Assert.Equal((UserQueries.PageSize, UserQueries.PageSize + 7, 7), (first.Rows.Count, first.Total, second.Rows.Count));
        Assert.Empty(first.Rows.Select(row => row.Id).Intersect(second.Rows.Select(row => row.Id)));
        Assert.Equal("money@agency.example", second.Rows[^1].Email);

        Assert.Equal(["guest07@agency.example"], Emails(await queries.ListAsync(new() { Text = "GUEST07" })));
        Assert.Equal(["money@agency.example"], Emails(await queries.ListAsync(new() { Role = Roles.Finance })));
        Assert.Equal(UserQueries.PageSize + 5, (await queries.ListAsync(new() { State = UserState.Invited })).Total);
        Assert.Equal(["ann@agency.example", "money@agency.example"], Emails(await queries.ListAsync(new() { State = UserState.Active })));
        Assert.Equal("money@agency.example", (await queries.ListAsync(new() { Sort = UserSort.Seen, Descending = true })).Rows[0].Email);
        Assert.Equal("ann@agency.example", (await queries.ListAsync(new() { Sort = UserSort.Since })).Rows[0].Email);
        Assert.Equal(1, (await queries.ListAsync(new() { Role = Roles.Finance })).Rows[0].Sessions);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    private static IEnumerable<string> Emails(UserList list) => list.Rows.Select(row => row.Email);

    private Task<Invited> InviteAsync(string email, Guid by, params string[] roles) =>
        host.AtDeskAsync(desk => desk.InviteAsync(new(email, roles, "fr"), Site, by, CancellationToken.None));

    private Task<UserResult> SetAsync(Guid id, Guid by, string[] roles) => host.AtDeskAsync(desk => desk.SetRolesAsync(id, roles, by, CancellationToken.None));

    private async Task<UserRow> RowAsync(Guid id) => (await host.Services.GetRequiredService<UserQueries>().FindAsync(id))!;
}
