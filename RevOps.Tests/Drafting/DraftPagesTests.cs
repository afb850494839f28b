using System.Net;
using System.Security.Claims;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Radzen;
using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.Identity;
using RevOps.Core.Ingestion;
using RevOps.Core.Platform.Live;
using RevOps.Tests.Journeys;
using RevOps.Tests.Testing;
using RevOps.Web.Billing;
using RevOps.Web.Drafting;
using RevOps.Web.Identity;
using RevOps.Web.Shared;

namespace RevOps.Tests.Drafting;

/// <summary>Drafts and new invoices under the hands of somebody of Finance.</summary>
public sealed class DraftPagesTests(DraftPagesTests.Sold sold) : BunitContext, IClassFixture<DraftPagesTests.Sold>
{
    private Agency Agency => sold.Agency;

    private string Address => Services.GetRequiredService<NavigationManager>().Uri;

    [Fact]
    public async Task Edit_ShowsAFaultAtItsFieldAndTheTotalsAsTyped_ThenSavesAnOwnVersion()
    {
        var id = await SellAsync("E-1");
        await PrepareAsync();
        var page = Render<EditPage>(page => page.Add(one => one.Id, id));
        await TypeAsync(page, "#line-1-quantity", "none");
        page.WaitForAssertion(() => Assert.Contains("A quantity above 0", page.Find("#line-1-quantity-problem").TextContent, StringComparison.Ordinal));
        Assert.Empty(page.FindAll(".totals dl"));
        Assert.Empty(page.FindAll("#line-1-price"));

        await TypeAsync(page, "#line-1-quantity", "1,5");
        await TypeAsync(page, "#line-1-discount", "100");
        page.WaitForAssertion(() => Assert.Equal("€2,040.00", page.Find(".totals .sum dd").TextContent.Trim()));
        Assert.Contains("≠ Quantity, Discount", page.Find(".sender td[data-label^=Differs]").TextContent, StringComparison.Ordinal);
        await TypeAsync(page, "#line-1-description", " ");
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Contains("Something is expected", page.Find("#line-1-description-problem").TextContent, StringComparison.Ordinal));
        Assert.Equal(1, (await Agency.InvoiceAsync("E-1")).DraftVersion);

        await TypeAsync(page, "#line-1-description", "Audit of May");
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.EndsWith($"/approvals?invoice={id}&edited={id}", Address, StringComparison.Ordinal));
        await Agency.Host.DrainAsync();
        Assert.Equal((2, 204_000L), ((await Agency.InvoiceAsync("E-1")).DraftVersion, (await Agency.InvoiceAsync("E-1")).GrossMinor));

        using var client = await Agency.Host.SignedInAsync(Roles.Finance);
        var checks = (await ReadAsync(client, $"/approvals?invoice={id}&edited={id}")).QuerySelector(".checks")!;
        Assert.Contains("version 1, by finance, counts", checks.TextContent, StringComparison.Ordinal);
        Assert.Contains("Saved. The draft is made anew", checks.TextContent, StringComparison.Ordinal);
        Assert.NotNull(checks.QuerySelector($"a[href='/invoices/{id}/edit']"));
    }

    [Fact]
    public async Task Edit_OfADraftThatChangedMeanwhile_SavesNothing()
    {
        var id = await SellAsync("E-2");
        await PrepareAsync();
        var page = Render<EditPage>(page => page.Add(one => one.Id, id));
        await TypeAsync(page, "#line-1-quantity", "3");
        Agency.Clock.Advance(TimeSpan.FromSeconds(1));
        await SellAsync("E-2", 1_900);
        await page.InvokeAsync(() => page.Find("form").SubmitAsync());
        page.WaitForAssertion(() => Assert.Contains("The draft changed since you opened it", page.Find(".notice").TextContent, StringComparison.Ordinal));
        Assert.Null((await Agency.InvoiceAsync("E-2")).EditId);

        // Two versions side by side, once there is one of the house.
        await page.Find(".notice button").ClickAsync();
        await TypeAsync(page, "#line-1-quantity", "3");
        await page.Find("form").SubmitAsync();
        Agency.Clock.Advance(TimeSpan.FromSeconds(1));
        await SellAsync("E-2", 2_000);
        var paper = await PaperAsync(id);
        Assert.Contains(ReviewProblem.EditStale, paper.Problems);
        var choice = Render<PreFlightList>(list => list.Add(one => one.Paper, paper));
        choice.WaitForAssertion(() => Assert.Equal(["€6,840.00", "€2,400.00"], choice.FindComponent<StaleChoice>().FindAll("dd").Select(sum => sum.TextContent.Trim())));
        await choice.FindComponent<StaleChoice>().FindAll("button")[1].ClickAsync();
        await Agency.Host.DrainAsync();
        Assert.Equal((240_000L, ""), ((await Agency.InvoiceAsync("E-2")).GrossMinor, (await Agency.InvoiceAsync("E-2")).Problems));
    }

    [Fact]
    public async Task New_NamesEveryGap_AndADoubleClickIsOneInvoice()
    {
        await SellAsync("E-3", customer: "new-3", name: "Gamma SA");
        await PrepareAsync();
        var page = Render<NewInvoicePage>();
        await page.WaitForElement("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal(4, page.FindAll("p.problem").Count));
        Assert.Contains("A price is expected", page.Find("#line-1-price-problem").TextContent, StringComparison.Ordinal);

        await TypeAsync(page, "#customer", "gamma sa");
        await TypeAsync(page, "#reference", "Workshop May");
        await TypeAsync(page, "#line-1-description", "Workshop");
        await TypeAsync(page, "#line-1-price", "400,50");
        await TypeAsync(page, "#line-1-rate", "10");
        page.WaitForAssertion(() => Assert.Equal("€440.55", page.Find(".totals .sum dd").TextContent.Trim()));
        await Task.WhenAll(page.Find("form").SubmitAsync(), page.Find("form").SubmitAsync());
        page.WaitForAssertion(() => Assert.Contains("/invoices/", Address, StringComparison.Ordinal));
        await Agency.Host.DrainAsync();

        await using var db = await Agency.Host.OpenDatabaseAsync();
        var written = await db.Set<Invoice>().SingleAsync(row => row.Reference == "Workshop May", CancellationToken.None);
        Assert.Equal((InvoiceOrigin.ByHand, 44_055L), (written.Origin, written.GrossMinor));
        Assert.EndsWith($"/invoices/{written.Id}", Address, StringComparison.Ordinal);
        using var client = await Agency.Host.SignedInAsync(Roles.Finance);
        Assert.Contains("By hand", (await ReadAsync(client, "/invoices?q=Workshop")).QuerySelector("tbody tr")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deposit_FillsItsLinesFromTheDeal()
    {
        await SellAsync("E-4", customer: "new-4");
        using var client = await Agency.Host.SignedInAsync(Roles.Finance);
        var story = await ReadAsync(client, $"/invoices/{(await Agency.InvoiceAsync("E-4")).Id}");
        var link = story.QuerySelector("a[href^='/invoices/new?kind=deposit']")!.GetAttribute("href")!;

        await PrepareAsync();
        Services.GetRequiredService<NavigationManager>().NavigateTo(link);
        var page = Render<NewInvoicePage>();
        page.WaitForElement("#share");
        await TypeAsync(page, "#share", "30");
        page.WaitForAssertion(() => Assert.Contains("of it is €360.00", page.Find(".deal").TextContent, StringComparison.Ordinal));
        Assert.Equal(("360", "20", "Acompte de 30 % sur E-4"), (page.Find("#line-1-price").GetAttribute("value"), page.Find("#line-1-rate").GetAttribute("value"), page.Find("#line-1-description").GetAttribute("value")));
        await page.Find("form").SubmitAsync();
        await Agency.Host.DrainAsync();
        Assert.Equal(ReviewProblem.DepositPending, (await Agency.InvoiceAsync("E-4")).Problems);
    }

    [Fact]
    public async Task Deposit_ForADealThatIsInvoiced_SaysSoAtItsField()
    {
        await SellAsync("E-7", customer: "new-7");
        Assert.Equal(DecisionResult.Done, await Agency.ApproveAsync("E-7"));
        await Agency.Host.DrainAsync();
        await PrepareAsync();
        Services.GetRequiredService<NavigationManager>().NavigateTo("/invoices/new?kind=deposit");
        var page = Render<NewInvoicePage>();
        await TypeAsync(page, "#deal", "E-7");
        page.WaitForAssertion(() => Assert.Contains("This deal is invoiced already", page.Find("#deal-problem").TextContent, StringComparison.Ordinal));
        Assert.Equal("", page.Find("p.deal").TextContent);
        await TypeAsync(page, "#deal", "E-not-here");
        page.WaitForAssertion(() => Assert.Contains("No draft of this deal is here yet", page.Find("p.deal").TextContent, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("#deal-problem"));
    }

    [Fact]
    public async Task New_WhileSalesAreOnlyCompared_SaysThatThisOneIsReallyMade()
    {
        await SellAsync("E-8", customer: "new-8", name: "Delta SA");
        await PrepareAsync();
        var page = Render<NewInvoicePage>();
        page.WaitForElement("form");
        Assert.Empty(page.FindAll("p.shadow"));
        var (shadow, admin) = (Agency.Host.Services.GetRequiredService<ShadowMode>(), await Agency.AdministratorAsync());
        Assert.Equal(SettingChange.Done, await shadow.SetAsync(isOn: true, admin, CancellationToken.None));
        try
        {
            page.WaitForAssertion(() => Assert.Contains("really made at Stripe", page.Find("p.shadow").TextContent, StringComparison.Ordinal));
            await TypeAsync(page, "#customer", "Delta SA");
            await TypeAsync(page, "#reference", "By hand E-8");
            await TypeAsync(page, "#line-1-description", "Workshop");
            await TypeAsync(page, "#line-1-price", "100");
            await page.Find("form").SubmitAsync();
            page.WaitForAssertion(() => Assert.Contains("/invoices/", Address, StringComparison.Ordinal));
            await Agency.Host.DrainAsync();
            await using var db = await Agency.Host.OpenDatabaseAsync();
            Assert.Equal(InvoiceStatus.ReadyForReview, await db.Set<Invoice>().Where(row => row.Reference == "By hand E-8").Select(row => row.Status).SingleAsync(CancellationToken.None));
        }
        finally
        {
            Agency.Clock.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(SettingChange.Done, await shadow.SetAsync(isOn: false, admin, CancellationToken.None));
            Agency.Clock.Advance(TimeSpan.FromSeconds(1));
        }
    }

    [Fact]
    public async Task Gathered_ShowsItsBookingsWithAmountsThatAddUp_AndCloses()
    {
        await using (var db = await Agency.Host.OpenDatabaseAsync())
        {
            db.Add(new BillingRules { Id = Guid.CreateVersion7(), ValidFrom = Agency.Clock.GetUtcNow(), Gather = GatherRule.PerMonth });
            await db.SaveChangesAsync(CancellationToken.None);
        }

        await SellAsync("E-5", customer: "new-5");
        var id = await SellAsync("E-6", 300, customer: "new-5");
        await PrepareAsync();
        var paper = await PaperAsync(id);
        var bookings = Render<GatheredBookings>(list => list.Add(one => one.Paper, paper));
        Assert.Equal(["€1,200.00", "€300.00", "€1,500.00"], bookings.FindAll("dd").Select(sum => sum.TextContent.Trim()));
        var list = Render<PreFlightList>(list => list.Add(one => one.Paper, paper));
        Assert.Contains($"2 bookings so far. The last day is {new DateOnly(2026, 5, 31):d}.", list.Find(".missing").TextContent, StringComparison.Ordinal);
        await list.FindComponent<CloseGathering>().Find("button").ClickAsync();
        Assert.Equal("", (await Agency.InvoiceAsync("E-5")).Problems);

        await using var after = await Agency.Host.OpenDatabaseAsync();
        after.Add(new BillingRules { Id = Guid.CreateVersion7(), ValidFrom = Agency.Clock.GetUtcNow().AddTicks(1), Gather = GatherRule.None });
        await after.SaveChangesAsync(CancellationToken.None);
        Agency.Clock.Advance(TimeSpan.FromSeconds(1));
    }

    private static Task TypeAsync<T>(IRenderedComponent<T> page, string field, string value) where T : IComponent => page.WaitForElement(field).ChangeAsync(new() { Value = value });

    private static async Task<IDocument> ReadAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync());
    }

    private async Task<InvoicePaper> PaperAsync(Guid id) => (await Agency.Host.Services.GetRequiredService<InvoicePaperQueries>().OfAsync(id, emailInClear: true, CancellationToken.None))!;

    private async Task<Guid> SellAsync(string booking, decimal unitAmount = 1_200, string customer = "new-1", string name = "Acme SARL")
    {
        var sale = Events.Sale(booking, customer: customer, unitAmount: unitAmount);
        sale["customer"]!["legalName"] = name;
        await Agency.SendAsync("booking_confirmed", sale);
        await Agency.Host.DrainAsync();
        return (await Agency.InvoiceAsync(booking)).Id;
    }

    private async Task PrepareAsync()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddLocalization().AddRadzenComponents();
        Services.AddSingleton(new PageKeys());
        foreach (var service in new[] { typeof(DraftVersionQueries), typeof(DraftPreview), typeof(CatalogueQueries), typeof(ShadowMode), typeof(ChangeFeed), typeof(TimeProvider) })
            Services.AddSingleton(service, Agency.Host.Services.GetRequiredService(service));
        Services.AddScoped(_ => Agency.Host.Services.CreateScope().ServiceProvider.GetRequiredService<EditInvoice>());
        Services.AddScoped(_ => Agency.Host.Services.CreateScope().ServiceProvider.GetRequiredService<InvoiceStoryQueries>());
        var finance = await Agency.ApproverAsync();
        var signedIn = this.AddAuthorization().SetAuthorized("finance@agency.example");
        signedIn.SetRoles(Roles.Finance);
        signedIn.SetPolicies(Policies.ApproveInvoices);
        signedIn.SetClaims(new Claim(ClaimTypes.NameIdentifier, finance.UserId.ToString()), new Claim("AspNet.Identity.SecurityStamp", finance.SecurityStamp!));
    }

    public sealed class Sold : IAsyncLifetime
    {
        public Agency Agency { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Agency = await Agency.OpenAsync(demo: true);

        public ValueTask DisposeAsync() => Agency.DisposeAsync();
    }
}
