using System.Net;
using System.Security.Claims;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components.Web;
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
using RevOps.Web.Customers;
using RevOps.Web.Shared;

namespace RevOps.Tests.Customers;

/// <summary>The room of the customers: the list as the server sends it, and the form and the pair under somebody's hands.</summary>
public sealed class CustomersPageTests(CustomersPageTests.SoldTo sold) : BunitContext, IClassFixture<CustomersPageTests.SoldTo>
{
    private Agency Agency => sold.Agency;

    [Fact]
    public async Task List_SaysWhatIsMissingAndFindsWholeNamesOnly()
    {
        using var client = await Agency.Host.SignedInAsync(Roles.Finance);
        var all = await ReadAsync(client, "/customers");
        Assert.Equal("1 missing", Row(all, "Beta").QuerySelector(".chip")!.TextContent.Trim());
        Assert.Equal("Complete", Row(all, "Alpha").QuerySelector(".chip")!.TextContent.Trim());

        Assert.Equal(["Beta"], Names(await ReadAsync(client, "/customers?complete=incomplete")));
        Assert.Equal(["Alpha"], Names(await ReadAsync(client, "/customers?q=page-a")));
        Assert.Equal(["Alpha"], Names(await ReadAsync(client, "/customers?q=PAGE-A%40acme.example")));
        Assert.Equal(["Beta"], Names(await ReadAsync(client, "/customers?q=b%C3%A9ta%20SARL")));
        Assert.Equal(["Alpha"], Names(await ReadAsync(client, $"/customers?q={Events.SirenOf("page-a")}")));
        Assert.Contains("No customer matches.", (await ReadAsync(client, "/customers?q=Alph")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("complete")]
    [InlineData("invoices")]
    [InlineData("owed")]
    [InlineData("lastsale")]
    public async Task List_SortsInBothDirections(string sort)
    {
        using var client = await Agency.Host.SignedInAsync(Roles.Finance);
        Assert.Equal(Names(await ReadAsync(client, $"/customers?sort={sort}")).Order(), Names(await ReadAsync(client, $"/customers?sort={sort}&dir=asc")).Order());
    }

    [Fact]
    public async Task Panel_NamesTheGapAndMasksWhatOthersNeedNotSee()
    {
        var id = (await Agency.InvoiceAsync("page-2")).CustomerId;
        using var finance = await Agency.Host.SignedInAsync(Roles.Finance);
        using var management = await Agency.Host.SignedInAsync(Roles.Management);
        var theirs = (await ReadAsync(finance, $"/customers/{id}")).QuerySelector(".side-panel")!;
        Assert.Contains("A French company’s invoice needs its SIREN.", theirs.TextContent, StringComparison.Ordinal);
        Assert.Contains("page-b@acme.example", theirs.InnerHtml, StringComparison.Ordinal);
        Assert.NotNull(theirs.QuerySelector("form"));

        var masked = (await ReadAsync(management, $"/customers/{id}")).QuerySelector(".side-panel")!;
        Assert.Contains("p…@acme.example", masked.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("page-b@acme.example", masked.InnerHtml, StringComparison.Ordinal);
        Assert.Null(masked.QuerySelector("form"));
        var draft = await ReadAsync(finance, $"/approvals?invoice={(await Agency.InvoiceAsync("page-2")).Id}");
        Assert.NotNull(draft.QuerySelector($".checks a[href='/customers/{id}']"));
    }

    [Fact]
    public async Task Form_NamesTheFieldAndThenSaves()
    {
        var id = (await Agency.InvoiceAsync("page-3")).CustomerId;
        await PrepareAsync();
        var panel = Render<CustomerPanel>(panel => panel.Add(one => one.Id, id).Add(one => one.Close, "/customers"));
        await panel.WaitForElement("#Siren").ChangeAsync(new() { Value = "123456789" });
        await panel.Find("form").SubmitAsync();
        Assert.Contains("the last one, a check digit, does not fit", panel.Find("#Siren-problem").TextContent, StringComparison.Ordinal);
        Assert.Contains("1 field is", panel.Find(".save").TextContent, StringComparison.Ordinal);

        await panel.Find("#Siren").ChangeAsync(new() { Value = Events.SirenOf("page-c") });
        await panel.Find("form").SubmitAsync();
        panel.WaitForAssertion(() => Assert.Contains("Saved.", panel.Find(".save").TextContent, StringComparison.Ordinal), TimeSpan.FromSeconds(20));
        await using var db = await Agency.Host.OpenDatabaseAsync();
        Assert.Equal("", (await db.Set<Customer>().SingleAsync(row => row.Id == id)).Missing);
    }

    [Fact]
    public async Task Pair_SaysWhatMovesAndAsksBeforeItMerges()
    {
        var (one, other) = ((await Agency.InvoiceAsync("page-4")).CustomerId, (await Agency.InvoiceAsync("page-5")).CustomerId);
        await PrepareAsync();
        var page = Render<AlikePage>();
        page.WaitForElement("article.pair");
        var pair = page.FindAll("article.pair").Single(pair => pair.QuerySelector($"a[href='/customers/{one}']") is not null);
        Assert.NotNull(pair.QuerySelector($"a[href='/customers/{other}']"));
        Assert.Contains("bookings 1, drafts 1 (made anew)", pair.QuerySelector(".moves")!.TextContent, StringComparison.Ordinal);

        var asked = pair.QuerySelectorAll("button")[0].ClickAsync(new());
        Services.GetRequiredService<DialogService>().Close(true);
        await asked;
        page.WaitForAssertion(() => Assert.Contains("is now part of", page.Find(".said").TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain(page.FindAll("article.pair"), left => left.QuerySelector($"a[href='/customers/{one}']") is not null);
        await using var db = await Agency.Host.OpenDatabaseAsync();
        var gone = await db.Set<Customer>().SingleAsync(row => row.MergedIntoId != null);
        using var client = await Agency.Host.SignedInAsync(Roles.Finance);
        Assert.NotNull((await ReadAsync(client, $"/customers/{gone.Id}")).QuerySelector($".side-panel .notice a[href='/customers/{gone.MergedIntoId}']"));
    }

    private async Task PrepareAsync()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddLocalization().AddRadzenComponents();
        Services.AddSingleton(new PageKeys()).AddSingleton<IErrorBoundaryLogger>(new Alarm());
        foreach (var service in new[] { typeof(CustomerCardQueries), typeof(LookAlikeQueries), typeof(CustomerDesk), typeof(AuditQueries), typeof(ChangeFeed), typeof(TimeProvider) })
            Services.AddSingleton(service, Agency.Host.Services.GetRequiredService(service));
        var finance = await Agency.ApproverAsync();
        var signedIn = this.AddAuthorization().SetAuthorized("finance@agency.example");
        signedIn.SetRoles(Roles.Finance);
        signedIn.SetClaims(new Claim(ClaimTypes.NameIdentifier, finance.UserId.ToString()), new Claim("AspNet.Identity.SecurityStamp", finance.SecurityStamp!));
    }

    private static IElement Row(IDocument page, string name) => page.QuerySelectorAll("tbody tr").Single(row => row.QuerySelector("a")!.TextContent.Trim() == name);

    /// <summary>Without those that other tests of this class change.</summary>
    private static IEnumerable<string> Names(IDocument page) => page.QuerySelectorAll("tbody tr a").Select(link => link.TextContent.Trim()).Where(name => name is "Alpha" or "Beta");

    private static async Task<IDocument> ReadAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync());
    }

    /// <summary>What a panel's boundary would put behind a kind word.</summary>
    private sealed class Alarm : IErrorBoundaryLogger
    {
        public ValueTask LogErrorAsync(Exception exception) => throw new InvalidOperationException("The panel broke.", exception);
    }

    public sealed class SoldTo : IAsyncLifetime
    {
        public Agency Agency { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Agency = await Agency.OpenAsync(demo: true);
            await SellAsync("page-1", "page-a", "Alpha", Events.SirenOf("page-a"));
            await SellAsync("page-2", "page-b", "Beta", null);
            await SellAsync("page-3", "page-c", "Gamma", null);
            await SellAsync("page-4", "page-d", "Delta", null);
            await SellAsync("page-5", "page-e", "Delta SAS", null);
            await Agency.Host.DrainAsync();
        }

        public ValueTask DisposeAsync() => Agency.DisposeAsync();

        private Task SellAsync(string bookingId, string customer, string name, string? siren)
        {
            Agency.Clock.Advance(TimeSpan.FromSeconds(1));
            var sale = Events.Sale(bookingId, customer: customer);
            sale["customer"]!["legalName"] = name;
            if (siren is null)
                sale["customer"]!.AsObject().Remove("siren");
            return Agency.SendAsync("booking_confirmed", sale);
        }
    }
}
