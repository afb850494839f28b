using System.Security.Claims;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Radzen;
using RevOps.Core.Billing;
using RevOps.Core.Identity;
using RevOps.Core.Ingestion;
using RevOps.Core.Platform.Live;
using RevOps.Tests.Testing;
using RevOps.Web.Billing;
using RevOps.Web.Identity;
using RevOps.Web.Shared;

namespace RevOps.Tests.Billing;

/// <summary>Credit notes in the hands of somebody of Finance: the form, the list and the decision.</summary>
public sealed class CreditNotePageTests : BunitContext, IAsyncLifetime
{
    private readonly RevOpsHost host = new() { Clock = new TurnableClock(SomeSales.Noon) };
    private BunitAuthorizationContext signedIn = null!;
    private Guid invoice, user;

    public async ValueTask InitializeAsync()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddLocalization().AddRadzenComponents();
        foreach (var service in new[] { typeof(CreditNoteQueries), typeof(CreditNotePaperQueries), typeof(ChangeFeed), typeof(TimeProvider), typeof(AuditQueries), typeof(DemoProgress) })
            Services.AddSingleton(service, host.Services.GetRequiredService(service));
        Services.AddSingleton(new PageKeys()).AddScoped(_ => host.Services.CreateScope().ServiceProvider.GetRequiredService<CreditInvoice>());
        invoice = await new SomeSales(host).AddAsync("B-1", SomeCredits.Sent("F-1", isPaid: true));
        await SignInAsync();
    }

    [Fact]
    public async Task Form_RefusesTooMuchAtItsLineAndProposesTheRestOnce()
    {
        var form = Form(invoice);
        await form.WaitForElement("form").SubmitAsync();
        Assert.Equal("A reason is expected.", form.WaitForElement("#credit-reason-problem").TextContent);
        Assert.Contains("€120.00", form.Find(".preview .sum").TextContent, StringComparison.Ordinal);

        await form.FindAll("input[name=whole]")[1].ChangeAsync("on");
        Assert.Empty(form.FindAll("#credit-reissue"));
        await form.Find("td input").InputAsync("100.01");
        Assert.Equal("At most €100.00 is left of this line.", form.Find("#credit-line-0").TextContent);
        await form.Find("td input").InputAsync("ten");
        Assert.Equal("An amount such as 1200.50 is expected.", form.Find("#credit-line-0").TextContent);
        await form.Find("form").SubmitAsync();
        await using var db = await host.OpenDatabaseAsync();
        Assert.False(await db.Set<CreditNote>().AnyAsync(CancellationToken.None));

        await form.Find("td input").InputAsync("33,33");
        Assert.Equal("€6.67", form.Find("td[data-label=VAT]").FirstChild!.TextContent);
        Assert.Contains("Goes back to the client€40.00", form.Find(".preview dl").TextContent, StringComparison.Ordinal);
        await form.Find("#credit-reason").ChangeAsync("billingerror");
        await form.FindAll("input[name=settlement]")[1].ChangeAsync("on");
        await form.Find("#credit-memo").InputAsync("One hour too many");
        await form.Find("form").SubmitAsync();
        await form.Find("form").SubmitAsync();

        var note = await db.Set<CreditNote>().SingleAsync(CancellationToken.None);
        Assert.Equal((CreditReason.BillingError, CreditSettlement.Balance, 3_333L, 667L, (Guid?)user), (note.Reason, note.Settlement, note.NetMinor, note.TaxMinor, note.MakerId));
        Assert.EndsWith($"/credit-notes/{note.Id}", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Form_KeepsWhatWasTypedWhenSomebodyElseWasFaster()
    {
        var form = Form(invoice);
        await form.WaitForElement("#credit-reason").ChangeAsync("goodwill");
        await host.CreditAsync(invoice, 6_000, SomeCredits.Issued("AV-2026-0001", SomeSales.Noon));
        await form.Find("form").SubmitAsync();
        form.WaitForAssertion(() => Assert.Contains("€48.00", form.Find(".preview .sum").TextContent, StringComparison.Ordinal));
        Assert.Contains("Less is left", form.Find("form > .problem").TextContent, StringComparison.Ordinal);
        await form.Find("form").SubmitAsync();
        await using var db = await host.OpenDatabaseAsync();
        Assert.Equal(4_000, await db.Set<CreditNote>().Where(note => note.Status == CreditNoteStatus.Proposed).Select(note => note.NetMinor).SingleAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Form_SaysWhatItNeeds()
    {
        Assert.Equal("Which invoice?", Form(null).WaitForElement(".empty .why").TextContent);
        Assert.Equal("Nothing is left to credit", Form(await new SomeSales(host).AddAsync("B-2")).WaitForElement(".empty .why").TextContent);
    }

    [Fact]
    public async Task Panel_DecidesOnceAndSaysHowItEnded()
    {
        var id = await host.CreditAsync(invoice, 2_000);
        var page = Render<CreditNotesPage>(one => one.Add(shown => shown.Id, id));
        var approve = page.WaitForElement(".approve");
        Assert.Equal("Approve €24.00", approve.TextContent);
        Assert.Contains("Once approved, €24.00 goes back to where the payment came from.", page.Find(".facts").TextContent, StringComparison.Ordinal);
        await approve.ClickAsync();
        page.WaitForAssertion(() => Assert.Equal("Approved as AV-2026-0001: it is on its way to Stripe.", page.Find(".told").TextContent));
        Assert.Empty(page.FindAll(".approve"));
    }

    [Fact]
    public async Task Panel_ToldTooLate_SaysSo()
    {
        var id = await host.CreditAsync(invoice, 2_000);
        var page = Render<CreditNotesPage>(one => one.Add(shown => shown.Id, id));
        page.WaitForElement(".approve");
        await using (var db = await host.OpenDatabaseAsync())
            await db.Set<CreditNote>().ExecuteUpdateAsync(set => set.SetProperty(note => note.Status, CreditNoteStatus.Rejected), CancellationToken.None);
        await page.Find(".approve").ClickAsync();
        page.WaitForAssertion(() => Assert.StartsWith("Nothing was done: somebody decided meanwhile", page.Find("p.problem").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Panel_OffersNothingToTheMakerOfALargeOneNorToAnObserver()
    {
        await using (var db = await host.OpenDatabaseAsync())
        {
            db.Add(new ApprovalRule { Id = Guid.NewGuid(), Currency = "EUR", FourEyesFromMinor = 2_400, UserId = user, RecordedAt = SomeSales.Noon });
            await db.SaveChangesAsync(CancellationToken.None);
        }

        var (own, small) = (await host.CreditAsync(invoice, 2_000, makerId: user), await host.CreditAsync(invoice, 1_000, makerId: user));
        var page = Render<CreditNotesPage>(one => one.Add(shown => shown.Id, own));
        Assert.StartsWith("Two people have to agree", page.WaitForElement(".note").TextContent, StringComparison.Ordinal);
        Assert.Equal(["Reject…"], page.FindAll(".buttons button").Select(button => button.TextContent));
        Assert.NotNull(Render<CreditNotesPage>(one => one.Add(shown => shown.Id, small)).WaitForElement(".approve"));

        signedIn.SetRoles(Roles.Management);
        signedIn.SetPolicies(Policies.Finance);
        var observed = Render<CreditNotesPage>(one => one.Add(shown => shown.Id, small));
        observed.WaitForElement(".sheet");
        Assert.Empty(observed.FindAll(".buttons"));
    }

    [Fact]
    public async Task Panel_OfALargeOneThatABookingProposed_AsksForASecondPerson()
    {
        await using (var db = await host.OpenDatabaseAsync())
        {
            db.Add(new ApprovalRule { Id = Guid.NewGuid(), Currency = "EUR", FourEyesFromMinor = 2_400, UserId = user, RecordedAt = SomeSales.Noon });
            await db.SaveChangesAsync(CancellationToken.None);
        }

        var id = await host.CreditAsync(invoice, 2_000);
        var page = Render<CreditNotesPage>(one => one.Add(shown => shown.Id, id));
        Assert.StartsWith("Two people of Finance have to agree", page.WaitForElement(".note").TextContent, StringComparison.Ordinal);
        await page.Find(".approve").ClickAsync();
        page.WaitForAssertion(() => Assert.StartsWith("Your approval counts as the first of two", page.Find(".told").TextContent, StringComparison.Ordinal));
        Assert.StartsWith("The first approval is yours", page.Find(".note").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".approve"));
        Assert.Contains("First approval", page.Find(".facts").TextContent, StringComparison.Ordinal);
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await DisposeAsync();
        await host.DisposeAsync();
    }

    private IRenderedComponent<NewCreditNotePage> Form(Guid? id)
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo($"/credit-notes/new?invoice={id}");
        return Render<NewCreditNotePage>();
    }

    private async Task SignInAsync()
    {
        await using var scope = host.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<User>>();
        var person = new User { UserName = "finance@example.com", Email = "finance@example.com" };
        await users.CreateAsync(person);
        await users.AddToRoleAsync(person, Roles.Finance);
        user = person.Id;

        signedIn = this.AddAuthorization().SetAuthorized(person.UserName);
        signedIn.SetRoles(Roles.Finance);
        signedIn.SetPolicies(Policies.Finance, Policies.ApproveInvoices);
        signedIn.SetClaims(new Claim(ClaimTypes.NameIdentifier, user.ToString()), new Claim("AspNet.Identity.SecurityStamp", await users.GetSecurityStampAsync(person)));
    }
}
