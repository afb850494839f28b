using System.Security.Claims;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.Extensions.DependencyInjection;
using Radzen;
using RevOps.Core.Identity;
using RevOps.Core.Ingestion;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Connections;
using RevOps.Core.Platform.Live;
using RevOps.Tests.Testing;
using RevOps.Web.Connections;
using RevOps.Web.Identity;
using RevOps.Web.Settings;

namespace RevOps.Tests.Connections;

/// <summary>The forms as somebody fills them in.</summary>
public sealed class ConnectionPageTests : BunitContext, IAsyncLifetime
{
    private const string Secret = "sk_test_4f9a8b7c6d5e4f3a2b1c";

    private readonly RevOpsHost host = new() { Settings = { ["Meta:DatasetId"] = "1000000000000001" } };

    public ValueTask InitializeAsync()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddLocalization().AddRadzenComponents();
        Share<ConnectionDesk>();
        Share<ConnectionValues>();
        Share<ConnectionActs>();
        Share<ConnectionQueries>();
        Share<ApiKeys>();
        Share<ActorNames>();
        Share<ChangeFeed>();
        Share<TimeProvider>();
        Share<CompanyProfile>();
        Share<CompanyQueries>();
        Share<EnterCompany>();
        foreach (var platform in host.Services.GetServices<IPlatformConnection>())
            Services.AddSingleton(platform);
        var signedIn = this.AddAuthorization().SetAuthorized("admin@example.com");
        signedIn.SetRoles(Roles.Admin);
        signedIn.SetPolicies(Policies.Administration);
        signedIn.SetClaims(new Claim(ClaimTypes.NameIdentifier, Guid.NewGuid().ToString()));
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task WrongKey_SaysWhatIsExpectedAndSavesNothing()
    {
        var page = Render<ConnectionsPage>();
        await OpenStripeAsync(page, "pk_test_1");
        page.WaitForAssertion(() => Assert.Contains("This is the publishable key", Stripe(page).QuerySelector(".problem")!.TextContent, StringComparison.Ordinal));
        Assert.Equal("Not connected", State(page, "Stripe"));
    }

    [Fact]
    public async Task Key_ConnectsAndIsNeverDrawn()
    {
        var page = Render<ConnectionsPage>();
        await OpenStripeAsync(page, Secret);
        page.WaitForAssertion(() => Assert.Equal("Test", State(page, "Stripe")));
        Assert.Contains("…2b1c", Stripe(page).TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret[8..], page.Markup, StringComparison.Ordinal);
        Assert.Null(Stripe(page).QuerySelector("form"));

        // Opened again, the field is empty.
        await page.InvokeAsync(() => Stripe(page).QuerySelector("button[aria-expanded]")!.Click());
        page.WaitForAssertion(() => Assert.NotNull(Stripe(page).QuerySelector("#Stripe-ApiKey")));
        Assert.Null(Stripe(page).QuerySelector("#Stripe-ApiKey")!.GetAttribute("value"));
    }

    [Fact]
    public async Task FieldOfTheConfiguration_IsShownWithItsKeyAndCannotBeEntered()
    {
        var page = Render<ConnectionsPage>();
        var meta = Card(page, "Meta");
        Assert.Contains("Set by Meta:DatasetId in the configuration", meta.TextContent, StringComparison.Ordinal);
        Assert.Equal("Incomplete", State(page, "Meta"));
        await page.InvokeAsync(() => Card(page, "Meta").QuerySelector("button[aria-expanded]")!.Click());
        page.WaitForAssertion(() => Assert.NotNull(Card(page, "Meta").QuerySelector("#Meta-AccessToken")));
        Assert.Null(Card(page, "Meta").QuerySelector("#Meta-DatasetId"));
    }

    [Fact]
    public async Task ApiKey_IsShownOnce()
    {
        var page = Render<KeysPage>();
        page.WaitForElement("#key-name").Change("CRM");
        await page.InvokeAsync(() => page.Find("form.new").Submit());
        var text = page.WaitForElement(".made code").TextContent;
        Assert.StartsWith("rk_", text, StringComparison.Ordinal);

        await page.InvokeAsync(() => page.FindAll(".made > button").Single().Click());
        page.WaitForAssertion(() => Assert.DoesNotContain(text, page.Markup, StringComparison.Ordinal));
        Assert.Contains("…" + text[^4..], page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CompanyForm_NamesEachFieldAndPreviewsTheMentions()
    {
        var page = Render<CompanyPage>();
        page.WaitForElement("#LegalName").Change("Agence Neuve");
        page.WaitForAssertion(() => Assert.StartsWith("Agence Neuve", page.Find(".paper p").TextContent, StringComparison.Ordinal));
        page.Find("#Siren").Change("732829321");
        await page.InvokeAsync(() => page.Find("form").Submit());
        page.WaitForAssertion(() => Assert.Contains("check digit", page.Find("#Siren-problem").TextContent, StringComparison.Ordinal));
        Assert.Single((await Services.GetRequiredService<CompanyQueries>().HistoryAsync()));

        foreach (var (field, value) in new[] { ("Siren", "732829320"), ("AddressLine1", "1 rue X"), ("PostalCode", "69002"), ("City", "Lyon"), ("VatNumber", "FR44732829320") })
            page.Find("#" + field).Change(value);
        await page.InvokeAsync(() => page.Find("form").Submit());
        page.WaitForAssertion(() => Assert.Contains("in force from now on", page.Find("p[role=status]").TextContent, StringComparison.Ordinal));
        Assert.Equal("Agence Neuve", (await Services.GetRequiredService<CompanyProfile>().CurrentAsync()).LegalName);
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await DisposeAsync();
        await host.DisposeAsync();
    }

    private static AngleSharp.Dom.IElement Card(IRenderedComponent<ConnectionsPage> page, string platform) => page.Find($"section[aria-labelledby={platform}-name]");

    private static AngleSharp.Dom.IElement Stripe(IRenderedComponent<ConnectionsPage> page) => Card(page, "Stripe");

    private static string State(IRenderedComponent<ConnectionsPage> page, string platform) => Card(page, platform).QuerySelector("header .chip")!.TextContent;

    private static async Task OpenStripeAsync(IRenderedComponent<ConnectionsPage> page, string key)
    {
        await page.InvokeAsync(() => Stripe(page).QuerySelector("button[aria-expanded]")!.Click());
        page.WaitForElement("#Stripe-ApiKey").Change(key);
        await page.InvokeAsync(() => Stripe(page).QuerySelector("form")!.Submit());
    }

    private void Share<T>() where T : class => Services.AddSingleton(host.Services.GetRequiredService<T>());
}
