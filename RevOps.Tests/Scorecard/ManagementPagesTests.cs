using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Radzen;
using RevOps.Core.Identity;
using RevOps.Core.Platform;
using RevOps.Core.Scorecard.Alerts;
using RevOps.Core.Scorecard.Checks;
using RevOps.Core.Scorecard.Claims;
using RevOps.Core.Scorecard.Notes;
using RevOps.Core.Scorecard.Simulation;
using RevOps.Web.Alerts;
using RevOps.Web.Identity;
using RevOps.Web.Scorecard;
using RevOps.Web.Scorecard.Claims;
using RevOps.Web.Scorecard.Digest;
using RevOps.Web.Scorecard.Simulator;
using RevOps.Web.Shared;
using RevOps.Web.Shared.Notes;

namespace RevOps.Tests.Scorecard;

/// <summary>The rooms of management in the hands of their readers.</summary>
public sealed class ManagementPagesTests : BunitContext, IAsyncLifetime
{
    private WatchWorld world = null!;
    private Core.Billing.Approver manager = null!;
    private BunitAuthorizationContext? signedIn;

    public async ValueTask InitializeAsync()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        (world, _) = await WatchWorld.OpenAsync();
        Services.AddLocalization().AddRadzenComponents();
        Services.AddSingleton(new PageKeys());
        Services.AddSingleton(world.Get<TimeProvider>());
        Services.AddFallbackServiceProvider(new Own(world.Host.Services));
        manager = await SignInAsync(Roles.Management);
    }

    [Fact]
    public async Task Rules_BeginWithTheUsualOnesAndTakeAnother()
    {
        var page = Render<AlertRulesPage>();
        await page.WaitForElement("p > button").ClickAsync(new());
        page.WaitForAssertion(() => Assert.Equal(UsualAlertRules.All.Count, page.FindAll("tbody tr").Count));

        // Money is typed in whole units, and an empty end is five percent back.
        await page.Find("#rule-figure").ChangeAsync(new ChangeEventArgs { Value = "overdue" });
        await page.Find(".rule-form form").SubmitAsync();
        Assert.Equal("A number of this unit, 0 or more.", page.Find("#rule-threshold-problem").TextContent);
        await page.Find("#rule-threshold").ChangeAsync(new ChangeEventArgs { Value = "100" });
        await page.Find(".rule-form form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal(UsualAlertRules.All.Count + 1, page.FindAll("tbody tr").Count));
        var rule = (await world.Get<AlertQueries>().RulesAsync(CancellationToken.None)).Single(one => one.Figure == AlertFigure.Overdue);
        Assert.Equal((true, 10_000d, 9_500d, AlertRoles.Management), (rule.IsAbove, rule.Threshold, rule.BackAt, rule.Roles));
    }

    [Fact]
    public async Task Alert_IsPutOffWithAReasonFromItsPanel()
    {
        await world.Get<AlertDesk>().SaveAsync(Guid.CreateVersion7(), new(AlertFigure.Overdue, true, 10_000, 9_000, AlertRoles.Management), manager, CancellationToken.None);
        await world.LookAsync();
        var alert = Assert.Single((await world.AlertsAsync(AlertState.Open)).Rows);

        var page = Render<AlertsPage>(ps => ps.Add(one => one.Id, alert.Id));
        page.WaitForAssertion(() => Assert.Equal("Overdue receivables: €120.00, above €100.00", page.Find("tbody td a, tbody th a").TextContent.Trim()));
        await page.Find("#snooze-until").ChangeAsync(new ChangeEventArgs { Value = "2026-03-05" });
        await page.FindAll("button").Single(button => button.TextContent == "Snooze the alert").ClickAsync(new MouseEventArgs());
        Assert.Equal("Say why, for whoever reads it next.", page.Find("#snooze-reason-problem").TextContent);
        await page.Find("#snooze-reason").ChangeAsync(new ChangeEventArgs { Value = "Paid on Thursday" });
        await page.FindAll("button").Single(button => button.TextContent == "Snooze the alert").ClickAsync(new MouseEventArgs());
        page.WaitForAssertion(() => Assert.Contains("Nothing is past its threshold", page.Markup, StringComparison.Ordinal));

        Services.GetRequiredService<NavigationManager>().NavigateTo("/alerts?state=snoozed");
        var snoozed = Render<AlertsPage>();
        snoozed.WaitForAssertion(() => Assert.Contains("Paid on Thursday", snoozed.Find("tbody").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Digest_ShowsFiveFiguresAndIsAskedForByMail()
    {
        await world.LookAsync();
        var page = Render<DigestPage>();
        page.WaitForAssertion(() => Assert.Equal(5, page.FindAll(".figures section").Count));
        Assert.Contains("23 Feb – 1 Mar 2026", page.Find("nav.weeks").TextContent, StringComparison.Ordinal);
        Assert.Contains("No mail server is set", page.WaitForElement("section p[role=note]").TextContent, StringComparison.Ordinal);
        await page.FindAll("button").Single(button => button.TextContent == "Send it to me by mail").ClickAsync(new MouseEventArgs());
        page.WaitForAssertion(() => Assert.Contains("It comes on Mondays", page.Markup, StringComparison.Ordinal));

        // The week that lasts is measured, and says what to do.
        Services.GetRequiredService<NavigationManager>().NavigateTo("/digest?week=2026-03-02");
        var running = Render<DigestPage>();
        running.WaitForAssertion(() => Assert.Equal(5, running.FindAll("tbody tr").Count));
        Assert.Contains("so far", running.Find("nav.weeks").TextContent, StringComparison.Ordinal);

        Services.GetRequiredService<NavigationManager>().NavigateTo("/digest?week=2026-03-09");
        var ahead = Render<DigestPage>();
        ahead.WaitForAssertion(() => Assert.Contains("That week has not begun", ahead.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Scorecard_SaysWhatIsProvenAndOpensItsEvidence()
    {
        var never = Render<ScorecardPage>();
        never.WaitForAssertion(() => Assert.Contains("Nothing was measured yet", never.Markup, StringComparison.OrdinalIgnoreCase));
        await world.RunAsync<MeasureChecks>();
        Assert.True(await world.Get<Annotations>().AddAsync(AnnotationTopic.Management, WatchWorld.Today, "Moved office", manager, CancellationToken.None));

        var page = Render<ScorecardPage>(ps => ps.Add(one => one.Id, "R01"));
        page.WaitForAssertion(() => Assert.Equal(CheckBook.All.Count, page.FindAll("main tbody tr[data-row], section tbody tr[data-row]").Count(row => row.GetAttribute("data-row")!.Length == 3)));
        Assert.Equal("76.5", page.Find(".score .value").TextContent.Split(' ')[0]);

        // Named, and outside the points.
        page.WaitForAssertion(() => Assert.Equal("Precondition: turn latency", page.Find("#latency").TextContent));
        Assert.Null(page.Find("#latency").Closest(".scores"));
        page.WaitForAssertion(() => Assert.Contains("Moved office", page.Find("ol.notes, section.notes").TextContent, StringComparison.Ordinal));
        Assert.NotEmpty(page.FindAll("[role=dialog], aside"));

        // The filter of the address.
        Services.GetRequiredService<NavigationManager>().NavigateTo("/scorecard?discipline=mareng");
        var half = Render<ScorecardPage>();
        half.WaitForAssertion(() => Assert.All(half.FindAll("tbody tr[data-row]"), row => Assert.StartsWith("M", row.GetAttribute("data-row"), StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Claims_SayWhatWasMeasuredAndWhatWouldSettleIt()
    {
        await world.RunAsync<MeasureClaims>();
        var page = Render<ClaimsPage>(ps => ps.Add(one => one.Id, "roas"));
        page.WaitForAssertion(() => Assert.Equal(ClaimBook.All.Count, page.FindAll("tbody tr[data-row]").Count));
        Assert.Contains($"{TwoArms.ControlFor(0.15):N0}", page.Find("tr[data-row=roas]").TextContent, StringComparison.Ordinal);
        Assert.Contains("Two arms with a holdout", page.Markup, StringComparison.Ordinal);
        Assert.Contains($"{TwoArms.ControlFor(0.15):N0} · conversions in the arm", page.Markup, StringComparison.Ordinal);
        var pixel = Render<ClaimsPage>(ps => ps.Add(one => one.Id, "pixel"));
        pixel.WaitForAssertion(() => Assert.Contains("no figure is claimed", pixel.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Simulator_DrawsFromTheAddressAndLaysWhatWasMeasuredOverIt()
    {
        await using (var db = await world.Host.OpenDatabaseAsync())
        {
            foreach (var (month, days) in new[] { (1, 9.0), (2, 12.0) })
                db.Add(new ClaimResult { Id = Guid.CreateVersion7(), ClaimId = "dso", Mode = Mode.Live, Day = new(2026, month, 20), MeasuredAt = world.Clock.GetUtcNow(), Found = System.Text.Json.JsonSerializer.Serialize(new ClaimFinding(days, days - 3, days + 3, 40, null, null)) });
            await db.SaveChangesAsync(Xunit.TestContext.Current.CancellationToken);
        }

        SetRendererInfo(new("Server", isInteractive: true));
        Services.GetRequiredService<NavigationManager>().NavigateTo("/simulator?CreditSales=1200000&Dso=60&DsoCut=15&CostOfCash=0.05&levers=1");
        var page = Render<SimulatorPage>();
        page.WaitForAssertion(() => Assert.Equal("€49,315.00", page.FindAll(".figures .value")[1].TextContent.Trim()), TimeSpan.FromSeconds(20));
        var chart = page.FindAll("figure.chart").Single(figure => figure.TextContent.Contains("projected and measured", StringComparison.Ordinal));
        Assert.Contains("12.0", chart.TextContent, StringComparison.Ordinal);
        Assert.Equal("–", page.FindAll(".figures .value")[2].TextContent.Trim());
    }

    /// <summary>What was kept before inputs had limits, or typed into the address, is named, and the page reckons with the rest.</summary>
    [Fact]
    public async Task Simulator_NamesAnInputThatCannotBe()
    {
        var huge = new Scenario { Id = Guid.CreateVersion7(), Name = "Huge", Inputs = System.Text.Json.JsonSerializer.Serialize(PrefillQueries.Usual with { CreditSales = Spread.Exactly(1e30) }), Levers = Levers.All, Seed = 1, Mode = Mode.Live, UserId = manager.UserId, RecordedAt = world.Clock.GetUtcNow() };
        await using (var db = await world.Host.OpenDatabaseAsync())
        {
            db.Add(huge);
            await db.SaveChangesAsync(Xunit.TestContext.Current.CancellationToken);
        }

        SetRendererInfo(new("Server", isInteractive: true));
        Services.GetRequiredService<NavigationManager>().NavigateTo($"/simulator?scenario={huge.Id}");
        var page = Render<SimulatorPage>();
        page.WaitForAssertion(() => Assert.Equal("Credit sales, with tax is left out: A number from 0 to 100,000,000,000.", page.Find("p[role=alert]").TextContent.Trim()), TimeSpan.FromSeconds(20));
        Assert.Contains("“Huge” is not reckoned with", page.Markup, StringComparison.Ordinal);

        Services.GetRequiredService<NavigationManager>().NavigateTo("/simulator?Margin=7");
        var typed = Render<SimulatorPage>();
        typed.WaitForAssertion(() => Assert.Equal("Margin is left out: A number from 0 to 1.", typed.Find("p[role=alert]").TextContent.Trim()), TimeSpan.FromSeconds(20));
    }

    /// <summary>The panel stays open when the mode changes, with the rows of the new one.</summary>
    [Fact]
    public void Evidence_IsOfTheModeThatIsLookedAt()
    {
        var table = Render<EvidenceTable>(ps => ps.Add(one => one.Id, "R01").Add(one => one.Mode, Mode.Live));
        table.WaitForAssertion(() => Assert.NotEmpty(table.FindAll("tbody tr")));
        table.Render(ps => ps.Add(one => one.Mode, Mode.Sandbox));
        table.WaitForAssertion(() => Assert.Empty(table.FindAll("tbody tr")));
    }

    /// <summary>Where nothing can be read a page says what failed and what to do next, in place of a blank.</summary>
    [Fact]
    public void Pages_SayWhatCouldNotBeRead()
    {
        var broken = new Broken();
        T Of<T>() => ActivatorUtilities.CreateInstance<T>(world.Host.Services, broken);
        Services.AddSingleton(Of<ScorecardQueries>()).AddSingleton(Of<ClaimQueries>()).AddSingleton(Of<AlertQueries>()).AddSingleton(Of<RevOps.Core.Scorecard.Digest.DigestQueries>()).AddSingleton(Of<PrefillQueries>());
        SetRendererInfo(new("Server", isInteractive: true));

        Said("The scorecard could not be read", Render<ScorecardPage>());
        Said("The claims could not be read", Render<ClaimsPage>());
        Said("The alerts could not be read", Render<AlertsPage>());
        Said("The alerts could not be read", Render<AlertRulesPage>());
        Said("The digest could not be read", Render<DigestPage>());
        Said("The simulator could not be read", Render<SimulatorPage>());

        static void Said(string what, IRenderedComponent<IComponent> page) => page.WaitForAssertion(() =>
        {
            Assert.Equal(what, page.Find(".error .what").TextContent);
            Assert.Equal("Try again", page.Find(".error button").TextContent);
        });
    }

    [Fact]
    public async Task Note_IsCorrectedInPlace()
    {
        var annotations = world.Get<Annotations>();
        Assert.True(await annotations.AddAsync(AnnotationTopic.Management, WatchWorld.Today, "Wrong", manager, CancellationToken.None));
        var found = await annotations.OfAsync(AnnotationTopic.Management, WatchWorld.Today, WatchWorld.Today, CancellationToken.None);
        var notes = Render<ChartNotes>(ps => ps.Add(one => one.Topic, AnnotationTopic.Management).Add(one => one.Found, found).Add(one => one.Today, WatchWorld.Today));
        await notes.Find("button[aria-label='Correct “Wrong”']").ClickAsync(new MouseEventArgs());
        await notes.Find("input[type=text]").InputAsync(new ChangeEventArgs { Value = "Right" });
        await notes.Find("form").SubmitAsync();
        notes.WaitForAssertion(() => Assert.Equal("The note is corrected.", notes.Find("p.said").TextContent));
        Assert.Equal(["Right"], (await annotations.OfAsync(AnnotationTopic.Management, WatchWorld.Today, WatchWorld.Today, CancellationToken.None)).Select(note => note.Text));
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await DisposeAsync();
        await world.DisposeAsync();
    }

    private async Task<Core.Billing.Approver> SignInAsync(string role)
    {
        var account = await world.HireAsync(role);
        signedIn ??= this.AddAuthorization();
        signedIn.SetAuthorized("somebody@agency.example");
        signedIn.SetRoles(role);
        signedIn.SetPolicies([.. Policies.RolesOf.Where(policy => policy.Value.Contains(role)).Select(policy => policy.Key)]);
        signedIn.SetClaims(new System.Security.Claims.Claim(System.Security.Claims.ClaimTypes.NameIdentifier, account.UserId.ToString()), new System.Security.Claims.Claim("AspNet.Identity.SecurityStamp", account.SecurityStamp!), new System.Security.Claims.Claim(System.Security.Claims.ClaimTypes.Role, role));
        return account;
    }

    private sealed class Broken : Microsoft.EntityFrameworkCore.IDbContextFactory<Core.Data.RevOpsDb>
    {
        public Core.Data.RevOpsDb CreateDbContext() => throw new InvalidOperationException("The database does not answer.");
    }

    /// <summary>The product's own services: what draws components is bUnit's.</summary>
    private sealed class Own(IServiceProvider services) : IServiceProvider
    {
        public object? GetService(Type serviceType) => serviceType.Namespace?.StartsWith("RevOps", StringComparison.Ordinal) is true ? services.GetService(serviceType) : null;
    }
}
