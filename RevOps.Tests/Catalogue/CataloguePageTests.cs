using System.Security.Claims;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Radzen;
using RevOps.Core.Billing;
using RevOps.Core.Catalogue;
using RevOps.Core.Identity;
using RevOps.Core.Ingestion;
using RevOps.Core.Platform.Live;
using RevOps.Tests.Billing;
using RevOps.Tests.Testing;
using RevOps.Web.Catalogue;
using RevOps.Web.Identity;
using RevOps.Web.Shared;

namespace RevOps.Tests.Catalogue;

/// <summary>The catalogue in the hands of somebody of Finance.</summary>
public sealed class CataloguePageTests : BunitContext, IAsyncLifetime
{
    private readonly RevOpsHost host = new() { Clock = new TurnableClock(SomeSales.Noon) };
    private BunitAuthorizationContext signedIn = null!;

    public async ValueTask InitializeAsync()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddLocalization().AddRadzenComponents();
        Services.AddSingleton(host.Services.GetRequiredService<CatalogueQueries>()).AddSingleton(host.Services.GetRequiredService<KeepCatalogue>()).AddSingleton(host.Services.GetRequiredService<ChangeFeed>());
        Services.AddSingleton(host.Services.GetRequiredService<TimeProvider>()).AddSingleton(host.Services.GetRequiredService<ActorNames>()).AddSingleton(host.Services.GetRequiredService<AuditQueries>());
        Services.AddSingleton(host.Services.GetRequiredService<DemoProgress>()).AddSingleton(new PageKeys());
        await SignInAsync();
    }

    [Fact]
    public async Task CanAddAServiceAndItsPrices_FromAnEmptyCatalogue()
    {
        var empty = Render<CataloguePage>();
        Assert.Equal("The catalogue is empty", empty.WaitForElement(".empty .why").TextContent);
        Assert.Equal("/catalogue/new", empty.Find(".empty a").GetAttribute("href"));

        var form = Render<NewServicePage>();
        await form.WaitForElement("form").SubmitAsync();
        form.WaitForAssertion(() => Assert.Equal(["A code is expected.", "A name is expected."], form.FindAll("p.problem").Select(problem => problem.TextContent)));
        await form.Find("#service-code").ChangeAsync("AUDIT");
        await form.Find("#service-name").ChangeAsync("Audit of a day");
        await form.Find("#service-cost").ChangeAsync("450");
        await form.Find("form").SubmitAsync();

        var address = Services.GetRequiredService<NavigationManager>();
        form.WaitForAssertion(() => Assert.Contains("/catalogue/", address.Uri, StringComparison.Ordinal));
        var panel = Render<CataloguePage>(page => page.Add(one => one.Id, Guid.Parse(address.Uri.Split('/')[^1])));
        await panel.WaitForElement("#price-amount").ChangeAsync("1200");
        await panel.FindComponent<PriceForm>().Find("form").SubmitAsync();
        panel.WaitForAssertion(() => Assert.Equal("€1,200.00before tax", panel.Find("td[data-label='Price of one'] span").TextContent));
        Assert.Contains("€750.00", panel.Find(".facts").TextContent, StringComparison.Ordinal);
        Assert.Contains("Price added", panel.Find(".said").TextContent, StringComparison.Ordinal);

        // The same day again is no other price.
        await panel.Find("#price-amount").ChangeAsync("1300");
        await panel.FindComponent<PriceForm>().Find("form").SubmitAsync();
        panel.WaitForAssertion(() => Assert.Contains("Another price begins on this day", panel.Find("#price-from-problem").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task APriceForOneCustomer_IsFoundByRefAndNamed()
    {
        await new SomeSales(host).AddAsync("B-1");
        var service = await AddAsync();
        var panel = Render<CataloguePage>(page => page.Add(one => one.Id, service));
        await panel.WaitForElement("#price-customer").ChangeAsync("nobody");
        panel.WaitForAssertion(() => Assert.Contains("No customer has this ref", panel.Find("#price-customer-problem").TextContent, StringComparison.Ordinal));
        await panel.Find("#price-customer").ChangeAsync("ref-B-1");
        panel.WaitForAssertion(() => Assert.Equal("Client B-1", panel.Find("fieldset .choice").TextContent.Trim()));
        await panel.Find("#price-amount").ChangeAsync("80,5");
        await panel.FindComponent<PriceForm>().Find("form").SubmitAsync();
        panel.WaitForAssertion(() => Assert.Equal("Client B-1", panel.Find("td[data-label=Customer]").TextContent));
    }

    [Fact]
    public async Task AFileWithAFault_SavesNothing_AndAMendedOneAllOfIt()
    {
        var page = Render<ImportPage>();
        Choose(page, "code;name;vat;price;currency;tax;from\nA;First;20;10;EUR;HT;2026-01-01\nB;;21;ten;EUR;HT;2026-01-01");
        page.WaitForAssertion(() => Assert.Equal(["name: A name is expected.", "vat: The company’s country knows no such rate today.", "price: An amount with at most 6 decimals and without a minus is expected, such as 1200.50."], page.FindAll("td .problem").Select(problem => problem.TextContent)));
        Assert.True(page.Find(".buttons .button").HasAttribute("disabled"));

        Choose(page, "code;name;vat;price;currency;tax;from\nA;First;20;10;EUR;HT;2026-01-01\nB;Second;10;20;EUR;TTC;2026-01-01");
        page.WaitForAssertion(() => Assert.Equal(["New service, new price", "New service, new price"], page.FindAll("td[data-label='What happens']").Select(cell => cell.TextContent.Trim())));
        await using var db = await host.OpenDatabaseAsync();
        Assert.False(await db.Set<Service>().AnyAsync(CancellationToken.None));
        await page.Find(".buttons .button").ClickAsync();
        page.WaitForAssertion(() => Assert.Equal("2 services saved · 2 prices added", page.Find(".said").TextContent));
        Assert.Equal(2, await db.Set<PriceVersion>().CountAsync(CancellationToken.None));
    }

    [Fact]
    public async Task AnObserver_SeesAndChangesNothing()
    {
        var service = await AddAsync();
        signedIn.SetRoles(Roles.Management);
        signedIn.SetPolicies(Policies.Finance);
        var page = Render<CataloguePage>(one => one.Add(shown => shown.Id, service));
        page.WaitForElement(".facts");
        Assert.Empty(page.FindAll("form, .add, .retire"));
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await DisposeAsync();
        await host.DisposeAsync();
    }

    private static void Choose(IRenderedComponent<ImportPage> page, string file) => page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText(file, "prices.csv"));

    private async Task<Guid> AddAsync()
    {
        var (id, user) = (Guid.CreateVersion7(), (await Services.GetRequiredService<Microsoft.AspNetCore.Components.Authorization.AuthenticationStateProvider>().GetAuthenticationStateAsync()).User);
        Assert.True((await host.Services.GetRequiredService<KeepCatalogue>().SaveAsync(id, null, new() { Code = "AUDIT", Name = "Audit" }, user.AsApprover(), CancellationToken.None)).IsDone);
        return id;
    }

    private async Task SignInAsync()
    {
        await using var scope = host.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<User>>();
        var user = new User { UserName = "finance@example.com", Email = "finance@example.com" };
        await users.CreateAsync(user);
        await users.AddToRoleAsync(user, Roles.Finance);

        signedIn = this.AddAuthorization().SetAuthorized(user.UserName);
        signedIn.SetRoles(Roles.Finance);
        signedIn.SetPolicies(Policies.ApproveInvoices);
        signedIn.SetClaims(new Claim(ClaimTypes.NameIdentifier, user.Id.ToString()), new Claim("AspNet.Identity.SecurityStamp", await users.GetSecurityStampAsync(user)));
    }
}
