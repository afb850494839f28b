using System.Security.Claims;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Radzen;
using RevOps.Core.Data;
using RevOps.Core.Identity;
using RevOps.Core.Ingestion.Connectors;
using RevOps.Core.Ingestion.Connectors.HubSpot;
using RevOps.Core.Ingestion.HooksOut;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Live;
using RevOps.Tests.Ingestion.Connectors;
using RevOps.Tests.Journeys;
using RevOps.Tests.Testing;
using RevOps.Web.Connections.Connectors;
using RevOps.Web.Connections.HooksOut;
using RevOps.Web.Identity;

namespace RevOps.Tests.Connections;

/// <summary>The pages of connectors and hooks out under somebody's hands.</summary>
public sealed class ConnectorPagesTests : BunitContext, IClassFixture<OneAgency>
{
    private readonly Agency agency;

    public ConnectorPagesTests(OneAgency one)
    {
        agency = one.Agency;
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddLocalization().AddRadzenComponents();
        Share<DeliveryQueries>();
        Share<ConnectorDesk>();
        Share<HubSpotClient>();
        Share<HookQueries>();
        Share<HookDesk>();
        Share<CompanyProfile>();
        Share<AuditTrail>();
        Share<AuditQueries>();
        Share<ActorNames>();
        Share<ChangeFeed>();
        Share<TimeProvider>();
        var signedIn = this.AddAuthorization().SetAuthorized("admin@example.com");
        signedIn.SetRoles(Roles.Admin);
        signedIn.SetPolicies(Policies.Administration, Policies.Events);
        signedIn.SetClaims(new Claim(ClaimTypes.NameIdentifier, Guid.NewGuid().ToString()));
    }

    [Fact]
    public async Task Mapping_OffersWhatCameAndReleasesIt()
    {
        await agency.CalComAsync(agency.CalComBody("BOOKING_CREATED", "page-1", "page-type", "page1@acme.example"));
        await agency.Host.DrainAsync();
        var page = Render<MappingPage>(one => one.Add(shown => shown.Name, "calcom"));
        var row = page.WaitForElement("tbody tr");
        Assert.Contains("Session page-type", row.TextContent, StringComparison.Ordinal);
        await page.FindAll("tbody tr").Single(line => line.TextContent.Contains("page-type", StringComparison.Ordinal)).QuerySelector("button")!.ClickAsync(new());
        await page.Find("form.type").SubmitAsync();
        page.WaitForAssertion(() => Assert.Contains("A service or a price of its own", page.Find("form.type .problem").TextContent, StringComparison.Ordinal));
        await page.Find("#type-price").ChangeAsync(new() { Value = "250.00" });
        await page.Find("form.type").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal("Saved. 1 waiting delivery is translated again.", page.Find(".said").TextContent));
        await agency.Host.DrainAsync();
        Assert.Equal(25_000, (await agency.InvoiceAsync("page-1")).NetMinor);
    }

    [Fact]
    public async Task Delivery_SaysUntilWhenItWaitsAndThatItHasExpired()
    {
        var body = agency.CalComBody("BOOKING_CREATED", "page-old", "page-old", "old@acme.example");
        await agency.CalComAsync(body);
        await agency.Host.DrainAsync();
        var delivery = await agency.DeliveryAsync(Ingestion.Connectors.Caller.IdOf(body));
        var waiting = Render<DeliveryPanel>(one => one.Add(shown => shown.Id, delivery.Id).Add(shown => shown.Close, "/connections/deliveries"));
        waiting.WaitForAssertion(() => Assert.Contains("is kept for 90 days", waiting.Markup, StringComparison.Ordinal));

        await using (var db = await agency.Host.OpenDatabaseAsync())
            await db.Set<HookDelivery>().Where(row => row.Id == delivery.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.RecordedAt, delivery.RecordedAt.AddDays(-91)));
        await new ForgetHooks(agency.Host.Services.GetRequiredService<IDbContextFactory<RevOpsDb>>(), agency.Host.Services.GetRequiredService<ChangeFeed>()).RunAsync(null!, CancellationToken.None);
        var expired = Render<DeliveryPanel>(one => one.Add(shown => shown.Id, delivery.Id).Add(shown => shown.Close, "/connections/deliveries"));
        expired.WaitForAssertion(() => Assert.Contains("What it said was deleted", expired.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain("is kept for 90 days", expired.Markup, StringComparison.Ordinal);
        Assert.Empty(expired.FindAll("pre"));
    }

    [Fact]
    public async Task Delivery_IsCompletedByHand()
    {
        await agency.Host.Services.GetRequiredService<ConnectorDesk>().SaveTypeAsync(Connector.CalCom, new() { Key = "page-bare", Price = "100" }, System.Globalization.CultureInfo.InvariantCulture, "system:test", CancellationToken.None);
        var body = agency.CalComBody("BOOKING_CREATED", "page-2", "page-bare", "page2@acme.example", complete: false);
        await agency.CalComAsync(body);
        await agency.Host.DrainAsync();
        var id = (await agency.DeliveryAsync(Ingestion.Connectors.Caller.IdOf(body))).Id;
        var panel = Render<DeliveryPanel>(one => one.Add(shown => shown.Id, id).Add(shown => shown.Close, "/connections/deliveries"));
        panel.WaitForElement("#enter-legalName");
        Assert.DoesNotContain("page2@acme.example", panel.Markup, StringComparison.Ordinal);
        Assert.Empty(panel.FindAll("button.link"));
        foreach (var (field, value) in new[] { ("legalName", "Page SAS"), ("siren", Events.SirenOf("page2")), ("line1", "1 rue X"), ("postalCode", "75001"), ("city", "Paris"), ("country", "FR") })
            await panel.Find($"#enter-{field}").ChangeAsync(new() { Value = value });
        await panel.Find("form").SubmitAsync();
        await agency.Host.DrainAsync();
        panel.WaitForAssertion(() => Assert.Contains("Became an event", panel.Markup, StringComparison.Ordinal), TimeSpan.FromSeconds(10));
        Assert.Equal("", (await agency.InvoiceAsync("page-2")).Problems);
    }

    [Fact]
    public async Task Hook_IsSubscribedWithASecretShownOnce()
    {
        var page = Render<HooksPage>();
        await page.WaitForElement(".new input[type=url]").ChangeAsync(new() { Value = "https://10.0.0.1/hook" });
        await page.Find(".new input[type=text]").ChangeAsync(new() { Value = "Books" });
        await page.Find(".new form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Contains("private network", page.Find(".new .problem").TextContent, StringComparison.Ordinal));
        await page.Find(".new input[type=url]").ChangeAsync(new() { Value = "https://books.example/hook" });
        await page.Find(".new form").SubmitAsync();
        page.WaitForAssertion(() => Assert.StartsWith("whsec_", page.Find(".made pre").TextContent, StringComparison.Ordinal));
        var secret = page.Find(".made pre").TextContent;
        await page.Find(".made > button.quiet").ClickAsync(new());
        page.WaitForAssertion(() => Assert.DoesNotContain(secret, page.Markup, StringComparison.Ordinal));
        Assert.Contains("…" + secret[^4..], page.Find(".subscription").TextContent, StringComparison.Ordinal);
    }

    private void Share<T>() where T : class => Services.AddSingleton(agency.Host.Services.GetRequiredService<T>());
}
