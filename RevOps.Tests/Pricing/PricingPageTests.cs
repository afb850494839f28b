using System.Security.Claims;
using System.Text.Json;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Radzen;
using RevOps.Core.Billing;
using RevOps.Core.Identity;
using RevOps.Core.Ingestion;
using RevOps.Core.Ingestion.Prices;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Live;
using RevOps.Core.Pricing.Advice;
using RevOps.Core.Pricing.Advising;
using RevOps.Core.Pricing.Settings;
using RevOps.Core.Pricing.Slots;
using RevOps.Tests.Billing;
using RevOps.Tests.Testing;
using RevOps.Web.Identity;
using RevOps.Web.Pricing;
using RevOps.Web.Shared;

namespace RevOps.Tests.Pricing;

/// <summary>The calendar in the hands of somebody of Management.</summary>
public sealed class PricingPageTests : BunitContext, IAsyncLifetime
{
    private readonly RevOpsHost host = new() { Clock = new TurnableClock(SomeSales.Noon) };
    private readonly Guid service = Guid.CreateVersion7();

    public async ValueTask InitializeAsync()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddLocalization().AddRadzenComponents();
        foreach (var type in new[] { typeof(PricingQueries), typeof(PricingDesk), typeof(ServicePricingQueries), typeof(AskAdvice), typeof(AdviceProgress), typeof(CatalogueQueries), typeof(ChangeFeed), typeof(TimeProvider), typeof(ActorNames), typeof(DemoProgress) })
            Services.AddSingleton(type, host.Services.GetRequiredService(type));
        Services.AddSingleton(new PageKeys());
        await using var scope = host.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<User>>();
        var user = new User { UserName = "management@example.com", Email = "management@example.com" };
        await users.CreateAsync(user);
        await users.AddToRolesAsync(user, [Roles.Management, Roles.Finance]);
        this.AddAuthorization().SetAuthorized(user.UserName).SetRoles(Roles.Management).SetPolicies(Policies.Pricing)
            .SetClaims(new Claim(ClaimTypes.NameIdentifier, user.Id.ToString()), new Claim("AspNet.Identity.SecurityStamp", await users.GetSecurityStampAsync(user)));
    }

    [Fact]
    public void WithoutSlots_ItSaysWhereTheyComeFrom()
    {
        var page = Render<PricingPage>();
        Assert.Equal("No slots yet", page.WaitForElement(".empty .why").TextContent);
        Assert.Equal("/pricing/capacity", page.Find(".empty a").GetAttribute("href"));
    }

    [Fact]
    public async Task CanReadWhy_AcceptOne_AndTakeItBack()
    {
        await OfferAsync();
        await AdviseAsync(daysAhead: 3, price: 100_00, advised: 108_00);
        var page = Render<PricingPage>();
        page.WaitForAssertion(() => Assert.Equal("82\u00a0% of places sold at 3 days, usually 61\u00a0%: +8\u00a0%", page.Find(".why").TextContent));
        Assert.Contains("€108.00", page.Find(".price").TextContent, StringComparison.Ordinal);

        await page.WaitForElement("td button[aria-label^='Accept']").ClickAsync();
        page.WaitForAssertion(() => Assert.Equal("Price accepted: it holds from now on.", page.Find(".told").TextContent));
        page.WaitForAssertion(() => Assert.Contains("accepted", page.Find(".slot .chip").TextContent, StringComparison.Ordinal));
        await page.WaitForElement("td button[aria-label^='Undo']").ClickAsync();
        page.WaitForAssertion(() => Assert.StartsWith("Undone: the price without it holds again", page.Find(".told").TextContent, StringComparison.Ordinal));
        await using var db = await host.OpenDatabaseAsync();
        Assert.Equal(AdviceState.Undone, (await db.Set<SlotAdvice>().SingleAsync(CancellationToken.None)).State);
    }

    [Fact]
    public async Task AcceptingAll_SaysWhatItIs_AndAsks()
    {
        await OfferAsync();
        await AdviseAsync(daysAhead: 3, price: 100_00, advised: 108_00);
        var page = Render<PricingPage>();
        await page.WaitForElement(".all button").ClickAsync();
        page.WaitForAssertion(() => Assert.Contains("moved by +8\u00a0%", page.Find(".all").TextContent, StringComparison.Ordinal));
        await using (var db = await host.OpenDatabaseAsync())
            Assert.Equal(AdviceState.Awaiting, (await db.Set<SlotAdvice>().SingleAsync(CancellationToken.None)).State);
        await page.Find(".all button.quiet").ClickAsync();
        await page.WaitForElement(".all button:only-child").ClickAsync();
        await page.WaitForElement(".all button:not(.quiet)").ClickAsync();
        page.WaitForAssertion(() => Assert.Equal("Price accepted: it holds from now on.", page.Find(".told").TextContent));
    }

    [Fact]
    public async Task History_NamesWhoeverDecided_AndUndoes()
    {
        await OfferAsync();
        await AdviseAsync(daysAhead: 3, price: 100_00, advised: 108_00, byRule: true);
        var by = (await Services.GetRequiredService<AuthenticationStateProvider>().GetAuthenticationStateAsync()).User.AsApprover();
        await using (var db = await host.OpenDatabaseAsync())
        {
            var waiting = await db.Set<SlotAdvice>().SingleAsync(CancellationToken.None);
            Assert.Equal(1, (await host.Services.GetRequiredService<PricingDesk>().DecideAsync([new(waiting.Id, waiting.AdvisedMinor)], true, null, by, CancellationToken.None)).Count);
        }

        // The rule would have let it pass; a person was faster.
        var page = Render<HistoryPage>();
        page.WaitForAssertion(() => Assert.Contains("management", page.Find("tbody").TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain("by rule", page.Find("tbody").TextContent, StringComparison.Ordinal);
        await page.WaitForElement("td button[aria-label^='Undo']").ClickAsync();
        page.WaitForAssertion(() => Assert.StartsWith("Undone: the price without it holds again", page.Find(".told").TextContent, StringComparison.Ordinal));
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("td button[aria-label^='Undo']")));
    }

    [Fact]
    public async Task Refusing_WantsAReason()
    {
        await OfferAsync();
        await AdviseAsync(daysAhead: 3, price: 100_00, advised: 108_00);
        var page = Render<PricingPage>();
        await page.WaitForElement("td.tick input").ChangeAsync(true);
        Assert.True(page.Find(".selection .quiet").HasAttribute("disabled"));
        await page.Find(".selection .reason input").InputAsync("A fair is on");
        await page.Find(".selection .quiet").ClickAsync();
        page.WaitForAssertion(() => Assert.Equal("Advice refused.", page.Find(".told").TextContent));
        await using var db = await host.OpenDatabaseAsync();
        Assert.Equal((AdviceState.Refused, "A fair is on"), await db.Set<SlotAdvice>().Select(advice => new ValueTuple<AdviceState, string?>(advice.State, advice.Reason)).SingleAsync(CancellationToken.None));
    }

    [Fact]
    public async Task CanSetAService_AndIsToldWhatIsWrong()
    {
        await OfferAsync(set: false);
        var page = Render<ServicePricingPage>(one => one.Add(shown => shown.Code, "workshop"));
        await page.WaitForElement("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal("An amount above 0 is expected.", page.Find("#pricing-floor-problem").TextContent));
        await page.Find("#pricing-floor").ChangeAsync("80");
        await page.Find("#pricing-ceiling").ChangeAsync("70");
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal("The ceiling lies below the floor.", page.Find("#pricing-ceiling-problem").TextContent));
        await page.Find("#pricing-ceiling").ChangeAsync("160");
        await page.Find("#pricing-fares").InputAsync("full; Full fare; 100\nearly; Early; 80");
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal("Settings saved.", page.Find(".told").TextContent));
        page.WaitForAssertion(() => Assert.Contains("Shadow mode until", page.Find(".note").TextContent, StringComparison.Ordinal));
        await using var db = await host.OpenDatabaseAsync();
        var setting = await db.Set<PricingSetting>().SingleAsync(CancellationToken.None);
        Assert.Equal((80_00L, 160_00L, 2), (setting.FloorMinor, setting.CeilingMinor, setting.Fares.Count));
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await DisposeAsync();
        await host.DisposeAsync();
    }

    private async Task OfferAsync(bool set = true)
    {
        var (keep, by) = (host.Services.GetRequiredService<KeepCatalogue>(), (await Services.GetRequiredService<AuthenticationStateProvider>().GetAuthenticationStateAsync()).User.AsApprover());
        Assert.True((await keep.SaveAsync(service, null, new() { Code = "WORKSHOP", Name = "Workshop" }, by, CancellationToken.None)).IsDone);
        Assert.True((await keep.AddPriceAsync(service, null, new() { Amount = "100", Currency = "EUR", From = "2026-01-01" }, by, CancellationToken.None)).IsDone);
        if (!set)
            return;
        Assert.True((await host.Services.GetRequiredService<PricingDesk>().SetAsync(service, 0, new() { Floor = "80", Ceiling = "160" }, by, CancellationToken.None)).IsDone);
        await using var db = await host.OpenDatabaseAsync();
        db.Add(new PricingStudy { Id = Guid.CreateVersion7(), Mode = host.Services.GetRequiredService<PricingQueries>().Mode, ServiceId = service, Day = new(2020, 1, 1), MadeAt = SomeSales.Noon, Advised = 1, HasGain = false, Found = "null" });
        await db.SaveChangesAsync();
    }

    private async Task AdviseAsync(int daysAhead, long price, long advised, bool byRule = false)
    {
        await using var db = await host.OpenDatabaseAsync();
        var start = SomeSales.Noon.AddDays(daysAhead);
        db.Add(new SlotAvailability { Id = Guid.CreateVersion7(), ServiceCode = "WORKSHOP", SlotStart = start, SlotEnd = start.AddHours(2), Capacity = 100, OccurredAt = SomeSales.Noon });
        db.Add(new SlotAdvice
        {
            Id = Guid.CreateVersion7(), Mode = host.Services.GetRequiredService<PricingQueries>().Mode, ServiceId = service, SlotStart = start, SlotEnd = start.AddHours(2), Day = DateOnly.FromDateTime(SomeSales.Noon.Date), MadeAt = SomeSales.Noon, IsNewest = true,
            Currency = "EUR", TaxInclusive = false, BaseMinor = price, PriceMinor = price, AdvisedMinor = advised, Outcome = AdviceOutcome.Advised, LeadDays = daysAhead, Capacity = 100, Booked = 82, UsualLoad = 0.61, FloorMinor = 80_00, CeilingMinor = 160_00,
            MostDailyChange = 1_000, FloorDays = 0, ByRule = byRule, Why = JsonSerializer.Serialize(new[] { new AdvicePart(AdviceReason.LoadAhead, 0.82, 0.61, advised - price) }), State = AdviceState.Awaiting,
        });
        await db.SaveChangesAsync();
    }
}
