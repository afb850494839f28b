using System.Security.Claims;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Radzen;
using RevOps.Core.Billing;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Identity;
using RevOps.Core.Ingestion;
using RevOps.Core.Platform.Live;
using RevOps.Tests.Identity;
using RevOps.Tests.Testing;
using RevOps.Web.Billing;
using RevOps.Web.Identity;
using RevOps.Web.Shared;

namespace RevOps.Tests.Billing;

/// <summary>The keys of a person with two hundred drafts and ten minutes. Stripe is not connected here, so that no click goes anywhere.</summary>
public sealed class ApprovalsPageTests : BunitContext, IAsyncLifetime
{
    private readonly RevOpsHost host = new() { Clock = new TurnableClock(SomeSales.Noon) };
    private Guid first, second;
    private BunitAuthorizationContext signedIn = null!;

    public async ValueTask InitializeAsync()
    {
        var sales = new SomeSales(host);
        first = await sales.AddAsync("B-1", soldAt: SomeSales.Noon.AddHours(-2));
        second = await sales.AddAsync("B-2", soldAt: SomeSales.Noon.AddHours(-1));

        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddLocalization().AddRadzenComponents();
        Services.AddSingleton(host.Services.GetRequiredService<InvoiceQueries>());
        Services.AddSingleton(host.Services.GetRequiredService<InvoicePaperQueries>());
        Services.AddSingleton(host.Services.GetRequiredService<ApprovalQueries>()).AddSingleton(host.Services.GetRequiredService<InvoiceComments>()).AddSingleton(host.Services.GetRequiredService<CreditNoteQueries>()).AddSingleton(host.Services.GetRequiredService<DraftVersionQueries>());
        Services.AddSingleton(host.Services.GetRequiredService<ChangeFeed>());
        Services.AddSingleton(host.Services.GetRequiredService<TimeProvider>());
        Services.AddSingleton(host.Services.GetRequiredService<CompareDraft>());
        Services.AddSingleton(new DecisionBatch()).AddSingleton(new PageKeys());
        Services.AddScoped(_ => host.Services.CreateScope().ServiceProvider.GetRequiredService<InvoiceStoryQueries>());
        Services.AddScoped(_ => host.Services.CreateScope().ServiceProvider.GetRequiredService<DecideInvoice>());
        await SignInAsync();
    }

    [Fact]
    public async Task Arrows_MoveAndTheAddressFollows()
    {
        var page = Render<ApprovalsPage>();
        Assert.Equal("Client B-1", page.WaitForElement(".about h2").TextContent);

        await PressAsync(page, "ArrowDown");
        page.WaitForAssertion(() => Assert.Equal("Client B-2", page.Find(".about h2").TextContent));
        Assert.EndsWith($"?invoice={second}", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task X_SelectsAndTheButtonSaysWhatItWillDo()
    {
        var page = Render<ApprovalsPage>();
        page.WaitForElement(".about h2");
        await PressAsync(page, "x");
        await PressAsync(page, "ArrowDown");
        await PressAsync(page, " ");
        page.WaitForAssertion(() => Assert.Equal("Approve 2 invoices, €240.00", ApproveButton(page).TextContent));

        await PressAsync(page, "x");
        page.WaitForAssertion(() => Assert.Equal("Approve 1 invoice, €120.00", ApproveButton(page).TextContent));
    }

    [Fact]
    public async Task A_SaysWhenStripeCouldNotBeAskedAndStaysOnTheDraft()
    {
        var page = Render<ApprovalsPage>();
        page.WaitForElement(".about h2");
        await PressAsync(page, "a");

        page.WaitForAssertion(() => Assert.Contains("Stripe could not be asked", page.Find(".results").TextContent, StringComparison.Ordinal));
        Assert.Equal("Client B-1", page.Find(".about h2").TextContent);
    }

    [Fact]
    public async Task A_DecidesOnlyWhatWasSeen()
    {
        var page = Render<ApprovalsPage>();
        page.WaitForElement(".about h2");
        await PressAsync(page, "x");

        // The booking changes between the look and the key.
        await new SomeSales(host).ChangeAsync(first, invoice => invoice.ReviewHash = [.. Enumerable.Repeat((byte)7, 32)]);
        await PressAsync(page, "a");
        page.WaitForAssertion(() => Assert.Contains("the booking changed", page.Find(".results").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task R_AsksForAReason()
    {
        var page = Render<ApprovalsPage>();
        page.WaitForElement(".about h2");
        var asked = "";
        Services.GetRequiredService<DialogService>().OnOpen += (title, _, _, _) => asked = title;

        _ = PressAsync(page, "r");
        page.WaitForAssertion(() => Assert.Equal("Reject the draft", asked));
    }

    [Fact]
    public async Task ADraftThatIsDecidedElsewhere_StaysInViewAndSaysSo()
    {
        var page = Render<ApprovalsPage>();
        page.WaitForElement(".about h2");
        await new SomeSales(host).ChangeAsync(first, invoice => invoice.Status = InvoiceStatus.Rejected);

        page.WaitForAssertion(() => Assert.Contains("no longer waits", page.Find(".note").TextContent, StringComparison.Ordinal), TimeSpan.FromSeconds(5));
        Assert.Equal("Client B-1", page.Find(".about h2").TextContent);
        Assert.Single(page.FindAll(".waiting li"));
    }

    [Fact]
    public async Task ADraftOfTwoApprovals_SaysWhoGaveTheFirstAndWhoMayNotGiveTheSecond()
    {
        var ann = await host.HireAsync("ann@agency.example", Roles.Finance);
        await using (var db = await host.OpenDatabaseAsync())
        {
            db.Add(new ApprovalRule { Id = Guid.NewGuid(), Currency = "EUR", FourEyesFromMinor = 1, UserId = ann, RecordedAt = SomeSales.Noon });
            db.Add(new InvoiceDecision { Id = Guid.NewGuid(), InvoiceId = first, DraftVersion = 1, Approved = true, UserId = ann, ReviewHash = new byte[32], OccurredAt = SomeSales.Noon, RecordedAt = SomeSales.Noon });
            await db.SaveChangesAsync(Xunit.TestContext.Current.CancellationToken);
        }

        var page = Render<ApprovalsPage>();
        page.WaitForAssertion(() => Assert.Equal("1 of 2 approvals: ann. One more person has to approve it.", page.Find(".checks > .note[role=status]").TextContent.Trim()));
        page.WaitForAssertion(() => Assert.Equal(["1 of 2"], page.FindAll(".waiting .chip").Select(chip => chip.TextContent)));
    }

    [Fact]
    public async Task Results_AreThereAgainWhenSomebodyComesBack()
    {
        var page = Render<ApprovalsPage>();
        page.WaitForElement(".about h2");
        await PressAsync(page, "a");
        page.WaitForAssertion(() => Assert.Contains("0 of 1 done", page.Find(".results").TextContent, StringComparison.Ordinal));
        page.Dispose();

        var again = Render<ApprovalsPage>();
        again.WaitForAssertion(() => Assert.Contains("Client B-1, €120.00", again.Find(".results .refused").TextContent, StringComparison.Ordinal));
        Assert.Equal("Try 1 again", again.Find(".results button.quiet").TextContent);
    }

    [Fact]
    public async Task Address_HoldsGroupTextOrderAndTheDraftThatIsLookedAt()
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("/approvals?show=ready&q=B-&sort=newest");
        var page = Render<ApprovalsPage>();
        page.WaitForAssertion(() => Assert.Equal("Client B-2", page.Find(".about h2").TextContent));
        Assert.EndsWith($"?show=ready&q=B-&sort=newest&invoice={first}", page.FindAll(".waiting a")[1].GetAttribute("href"), StringComparison.Ordinal);

        await PressAsync(page, "ArrowDown");
        page.WaitForAssertion(() => Assert.Equal("Client B-1", page.Find(".about h2").TextContent));
        Assert.EndsWith($"?show=ready&q=B-&sort=newest&invoice={first}", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Problems_ComeFirstEachWithWhatMendsIt()
    {
        var incomplete = await new SomeSales(host).AddAsync("B-3", invoice => invoice.Problems = $"{ReviewProblem.SirenMissing} {ReviewProblem.CompanyIncomplete}");
        signedIn.SetPolicies(Policies.Administration);
        var page = Render<ApprovalsPage>();

        page.WaitForAssertion(() => Assert.Equal("Client B-3", page.Find(".about h2").TextContent));
        Assert.Equal(["Your company’s details", "SIREN of the client"], page.FindAll(".checks li.missing .name span:first-child").Select(name => name.TextContent));
        Assert.Equal("missing", page.Find("ul.checks li").ClassName);
        Assert.NotNull(page.Find("a[href='/settings/company']"));
        Assert.Contains("\"siren\"", page.Find("pre").TextContent, StringComparison.Ordinal);
        Assert.True(ApproveButton(page).HasAttribute("disabled"));

        signedIn.SetPolicies(Policies.Operations);
        Services.GetRequiredService<NavigationManager>().NavigateTo($"/approvals?invoice={incomplete}");
        var others = Render<ApprovalsPage>();
        others.WaitForAssertion(() => Assert.Contains("An administrator completes them", others.Find(".checks").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task AClaimThatAsksTooMuch_SaysWhatToDo()
    {
        await new SomeSales(host).AddAsync("B-3", invoice => invoice.Problems = ReviewProblem.ClaimTooHigh);
        var page = Render<ApprovalsPage>();
        page.WaitForAssertion(() => Assert.Equal("Days and amount of the late claim", Assert.Single(page.FindAll(".checks li.missing .name span:first-child")).TextContent));
        Assert.Contains("Reject it, which gives its days back", page.Find(".checks li.missing").TextContent, StringComparison.Ordinal);
        Assert.True(ApproveButton(page).HasAttribute("disabled"));
    }

    [Fact]
    public async Task AnInvoiceOfAnotherProgram_LeadsToWhereItIsDecided()
    {
        await new SomeSales(host).AddAsync("B-3", invoice => (invoice.Status, invoice.Problems) = (InvoiceStatus.Held, ReviewProblem.ForeignInvoice));
        var page = Render<ApprovalsPage>();
        page.WaitForAssertion(() => Assert.Equal("/cut-over?match=todecide&q=B-3", page.Find(".checks li.missing a").GetAttribute("href")));
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await DisposeAsync();
        await host.DisposeAsync();
    }

    private static AngleSharp.Dom.IElement ApproveButton(IRenderedComponent<ApprovalsPage> page) => page.Find("button[aria-keyshortcuts=A]");

    private static Task PressAsync(IRenderedComponent<ApprovalsPage> page, string key) => page.FindComponent<Hotkeys>().Instance.PressAsync(key);

    private async Task SignInAsync()
    {
        await using var scope = host.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<User>>();
        var user = new User { UserName = "finance@example.com", Email = "finance@example.com" };
        await users.CreateAsync(user);
        await users.AddToRoleAsync(user, Roles.Finance);

        signedIn = this.AddAuthorization().SetAuthorized(user.UserName);
        signedIn.SetRoles(Roles.Finance);
        signedIn.SetPolicies(Policies.Operations);
        signedIn.SetClaims(new Claim(ClaimTypes.NameIdentifier, user.Id.ToString()), new Claim("AspNet.Identity.SecurityStamp", await users.GetSecurityStampAsync(user)));
    }
}
