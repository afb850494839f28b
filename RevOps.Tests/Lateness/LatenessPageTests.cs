using System.Security.Claims;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Radzen;
using RevOps.Core.Billing;
using RevOps.Core.Identity;
using RevOps.Core.Ingestion;
using RevOps.Core.Platform.Live;
using RevOps.Core.Platform.Mail;
using RevOps.Core.Receivables;
using RevOps.Core.Receivables.Lateness;
using RevOps.Tests.Journeys;
using RevOps.Web.Identity;
using RevOps.Web.Lateness;
using RevOps.Web.Shared;

namespace RevOps.Tests.Lateness;

/// <summary>The pages of lateness under somebody's hands.</summary>
public sealed class LatenessPageTests(LateAgency late) : BunitContext, IClassFixture<LateAgency>
{
    private Agency Agency => late.Agency;

    [Fact]
    public async Task Panel_ClaimsInOneClickAndSaysWhereItWaits()
    {
        await PrepareAsync();
        var id = (await Agency.InvoiceAsync("late-1")).Id;
        var panel = Render<LatePanel>(one => one.Add(shown => shown.Id, id).Add(shown => shown.Close, "/receivables/late"));
        Assert.Equal("Claim €54.38", panel.WaitForElement("button.claim").TextContent);
        Assert.Contains("12.15", panel.Find("td[data-label='Yearly rate']").TextContent, StringComparison.Ordinal);
        await panel.Find("button.claim").ClickAsync(new());
        panel.WaitForAssertion(() => Assert.Equal("The claim is drafted and waits on Approvals.", panel.Find(".told").TextContent), TimeSpan.FromSeconds(20));
        Assert.Empty(panel.FindAll("button.claim"));
        Assert.Contains("All of it is claimed so far.", panel.Markup, StringComparison.Ordinal);
        Assert.Contains("Retard", panel.Find("td[data-label=Claim] a").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_SaysWhatEachCostsAndFollowsItsFilters()
    {
        await PrepareAsync();
        var page = Render<LatePage>();
        page.WaitForElement("tbody tr");
        var number = (await Agency.InvoiceAsync("late-4")).Number!;
        var row = page.FindAll("tbody tr").Single(one => one.TextContent.Contains(number, StringComparison.Ordinal));
        Assert.Equal(["€1,440.00", "€14.38", "€40.00", "€54.38"], new[] { "Owed", "Late interest", "Indemnity", "To claim" }.Select(column => row.QuerySelector($"td[data-label='{column}']")!.TextContent.Trim()));
        Assert.Equal("no rate set", row.QuerySelector("td[data-label=Financing] a")!.TextContent);
        Services.GetRequiredService<NavigationManager>().NavigateTo("/receivables/late?standing=paidlate");
        page.WaitForAssertion(() => Assert.Equal("No invoice matches", page.Find(".empty .why").TextContent));
    }

    [Fact]
    public async Task Days_SayWhyThereIsNothingYet()
    {
        await PrepareAsync();
        Assert.Equal("No invoice was paid within this time", Render<DaysPage>().WaitForElement(".empty .why").TextContent);
    }

    [Fact]
    public async Task Panel_OpensADisputeAndRecordsAPromise()
    {
        await PrepareAsync();
        var id = (await Agency.InvoiceAsync("late-2")).Id;
        var panel = Render<LatePanel>(one => one.Add(shown => shown.Id, id).Add(shown => shown.Close, "/receivables/late"));
        await panel.WaitForElement("#promise-day").ChangeAsync("2020-01-01");
        await panel.FindComponent<PromiseSection>().Find("form").SubmitAsync();
        Assert.Equal("A day from today on, and within a year, is expected.", panel.WaitForElement("#promise-day-problem").TextContent);

        await panel.WaitForElement("#dispute-reason").ChangeAsync(nameof(DisputeReason.Quality));
        await panel.FindComponent<DisputeSection>().Find("textarea").InputAsync("Half of it is missing");
        await panel.FindComponent<DisputeSection>().Find("form").SubmitAsync();
        panel.WaitForAssertion(() => Assert.Equal("Disputed: Quality", panel.Find(".chip").TextContent));
        Assert.Contains("Half of it is missing", panel.FindComponent<DisputeSection>().Markup, StringComparison.Ordinal);
        Assert.Contains("Not reminded of while the dispute is open.", panel.FindComponent<ReminderSection>().Markup, StringComparison.Ordinal);
        Assert.Empty(panel.FindComponent<ReminderSection>().FindAll("button"));

        await panel.FindComponent<DisputeSection>().FindAll("button").First(button => button.TextContent == "Close the dispute").ClickAsync(new());
        panel.WaitForAssertion(() => Assert.Contains("The dispute is closed", panel.Find(".told").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rates_NameWhatIsMissingAndThenCount()
    {
        await PrepareAsync();
        var page = Render<RatesPage>();
        await page.WaitForElement("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal(3, page.FindAll("p.problem[role=alert]").Count));
        Assert.Equal("Nothing was saved: 3 fields are to be corrected.", page.Find(".rate .said").TextContent);
        await page.Find("#rate-kind").ChangeAsync(nameof(LateRateKind.Financing));
        await page.Find("#rate-from").ChangeAsync("2030-01-01");
        await page.Find("#rate-percent").ChangeAsync("6,5");
        await page.Find("#rate-source").ChangeAsync("Overdraft of the bank");
        await page.FindComponent<RateForm>().Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Contains(page.FindAll("td.number"), cell => cell.TextContent.StartsWith("6.50", StringComparison.Ordinal)));
        Assert.Contains("Overdraft of the bank", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reminders_NameAnUnknownPlaceholderAndShowBothLanguages()
    {
        await PrepareAsync();
        Services.GetRequiredService<NavigationManager>().NavigateTo("/receivables/late/reminders?rule=7");
        var page = Render<RemindersPage>();
        page.WaitForElement("#TextEnglish");
        var previews = page.FindAll("article.letter");
        Assert.Equal(["fr", "en"], previews.Select(preview => preview.GetAttribute("lang")));
        Assert.Contains("était à régler", previews[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("was due on", previews[1].TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("{", page.Find("article.letter .text").TextContent, StringComparison.Ordinal);

        await page.Find("#TextEnglish").InputAsync("Please pay {amout}");
        page.WaitForAssertion(() => Assert.Contains("{amout} is no known placeholder", page.Find("p.problem").TextContent, StringComparison.Ordinal));
        await page.Find("#TextEnglish").InputAsync("Please pay {amount} of {number}");
        await page.FindComponent<ReminderForm>().Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Contains("The rule is saved", page.Find("section .said").TextContent, StringComparison.Ordinal), TimeSpan.FromSeconds(20));
        await using var db = await Agency.Host.OpenDatabaseAsync();
        Assert.Equal([null, null, "Please pay {amount} of {number}", null, null], await db.Set<ReminderRule>().OrderBy(rule => rule.OffsetDays).Select(rule => rule.TextEnglish).ToListAsync());
    }

    [Fact]
    public async Task Calls_TakeTheirOutcomeInOneClick()
    {
        await PrepareAsync();
        var invoice = await Agency.InvoiceAsync("late-3");
        var page = Render<CallsPage>();
        page.WaitForElement("tbody tr");
        var row = Row(page, invoice.Number!);
        Assert.Contains("Large and late", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("+33612345678", row.TextContent.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("tel:", page.Markup, StringComparison.Ordinal);
        await row.QuerySelectorAll("button")[1].ClickAsync(new());
        page.WaitForAssertion(() => Assert.Contains("The promise is recorded", page.Find(".said[role=status]").TextContent, StringComparison.Ordinal), TimeSpan.FromSeconds(20));
        Assert.DoesNotContain(page.FindAll("tbody tr"), one => one.TextContent.Contains(invoice.Number!, StringComparison.Ordinal));
    }

    [Fact]
    public async Task AnObserver_SeesAndChangesNothing()
    {
        await PrepareAsync(Roles.Management);
        var id = (await Agency.InvoiceAsync("late-4")).Id;
        var panel = Render<LatePanel>(one => one.Add(shown => shown.Id, id).Add(shown => shown.Close, "/receivables/late"));
        panel.WaitForElement(".facts");
        Assert.Empty(panel.FindAll("form, button"));
        Assert.Empty(Render<RatesPage>().WaitForElement("h2").QuerySelectorAll("form"));
        var calls = Render<CallsPage>();
        calls.WaitForElement("tbody tr");
        Assert.Empty(calls.FindAll("tbody button"));
        Assert.DoesNotContain("612345678", calls.Markup.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private static AngleSharp.Dom.IElement Row(IRenderedComponent<CallsPage> page, string number) => page.FindAll("tbody tr").Single(row => row.TextContent.Contains(number, StringComparison.Ordinal));

    private async Task PrepareAsync(string role = Roles.Finance)
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddLocalization().AddRadzenComponents();
        Services.AddSingleton(new PageKeys()).AddSingleton<IErrorBoundaryLogger>(new Alarm());
        foreach (var service in new[]
        {
            typeof(LateQueries), typeof(DaysToPayQueries), typeof(LateDesk), typeof(ClaimLateness), typeof(LateRates), typeof(ReminderRules), typeof(ReminderQueries), typeof(CallQueries), typeof(MailQueries), typeof(ActorNames), typeof(AuditQueries), typeof(ChangeFeed),
            typeof(TimeProvider), typeof(DemoProgress),
        })
            Services.AddSingleton(service, Agency.Host.Services.GetRequiredService(service));
        var finance = await Agency.ApproverAsync();
        var signedIn = this.AddAuthorization().SetAuthorized("finance@agency.example");
        signedIn.SetRoles(role);
        signedIn.SetPolicies(Policies.Finance);
        signedIn.SetClaims(new Claim(ClaimTypes.NameIdentifier, finance.UserId.ToString()), new Claim("AspNet.Identity.SecurityStamp", finance.SecurityStamp!));
    }

    /// <summary>What a panel's boundary would put behind a kind word.</summary>
    private sealed class Alarm : IErrorBoundaryLogger
    {
        public ValueTask LogErrorAsync(Exception exception) => throw new InvalidOperationException("The panel broke.", exception);
    }
}

/// <summary>An agency with four invoices, each thirty days late, and a rate.</summary>
public sealed class LateAgency : IAsyncLifetime
{
    public Agency Agency { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Agency = await Agency.OpenAsync(demo: true);
        foreach (var number in Enumerable.Range(1, 4))
        {
            var sale = Testing.Events.Sale($"late-{number}", customer: $"late-{number}");
            (sale["customer"]!["legalName"], sale["customer"]!["phone"]) = ($"Company {number}", "+33612345678");
            await Agency.SendAsync("booking_confirmed", sale);
            await Agency.Host.DrainAsync();
            Assert.Equal(DecisionResult.Done, await Agency.ApproveAsync($"late-{number}"));
            await Agency.Host.DrainAsync();
        }

        Agency.Clock.Advance(TimeSpan.FromDays(60));
        await Agency.Host.DrainAsync();
        Assert.Empty(await Agency.Host.Services.GetRequiredService<LateRates>().SaveAsync(new() { From = "2026-01-01", Percent = "12.15", Source = "ECB 2.15 % + 10" }, await Agency.ApproverAsync(), CancellationToken.None));
    }

    public ValueTask DisposeAsync() => Agency.DisposeAsync();
}
