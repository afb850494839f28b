using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Billing;
using RevOps.Core.Ingestion;
using RevOps.Core.Platform;
using RevOps.Core.Scorecard.Checks;
using RevOps.Core.Scorecard.Claims;
using RevOps.Tests.Journeys;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Scorecard;

/// <summary>Checks and claims read the rows that the product wrote itself.</summary>
public sealed class MeasureChecksTests
{
    [Fact]
    public async Task ASale_IsEvidence()
    {
        await using var agency = await Agency.OpenAsync(demo: true);
        await agency.SendAsync("touch", Events.Touch("v-1", gclid: "G-1"));
        await agency.SendAsync("consent", Events.Consent("v-1"));
        agency.Clock.Advance(TimeSpan.FromHours(7));
        var sale = Events.Sale("B-1", "D-1");
        sale["visitorId"] = "v-1";
        await agency.SendAsync("booking_confirmed", sale);
        await agency.Host.DrainAsync();
        Assert.Equal(DecisionResult.Done, await agency.ApproveAsync("B-1"));
        await agency.Host.DrainAsync();
        agency.Sandbox.Pay((await agency.InvoiceAsync("B-1")).StripeInvoiceId!);
        await agency.DrainUntilAsync(async () => (await agency.InvoiceAsync("B-1")).Status == InvoiceStatus.Paid);

        await using (var scope = agency.Host.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<MeasureChecks>().RunAsync(null!, CancellationToken.None);
            await scope.ServiceProvider.GetRequiredService<MeasureClaims>().RunAsync(null!, CancellationToken.None);
        }

        await using var db = await agency.Host.OpenDatabaseAsync();
        var results = await db.Set<CheckResult>().ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2 * CheckBook.All.Count, results.Count);
        Assert.Equal("", string.Join(' ', results.Where(result => result.Unknown == UnknownReason.Failed).Select(result => result.CheckId)));
        Assert.All(await db.Set<ClaimResult>().ToListAsync(TestContext.Current.CancellationToken), result => Assert.NotNull(result.Found));

        // Each check's evidence can be opened.
        var reader = agency.Host.Services.GetRequiredService<CheckReader>();
        foreach (var rule in CheckBook.All)
            await reader.RowsAsync(rule.Id, Mode.Sandbox, 0, 5, CancellationToken.None);

        var queries = agency.Host.Services.GetRequiredService<ScorecardQueries>();
        var sandbox = await queries.OfAsync(Mode.Sandbox, CancellationToken.None);
        Assert.All(new[] { "R01", "R05", "R08", "R11", "M09" }, id => Assert.Equal((id, CheckState.Passed), (id, sandbox.Lines.Single(line => line.Rule.Id == id).Verdict.State)));
        Assert.True(sandbox.Verified.Global > 0 && sandbox.Projected.Global >= 87.5 && sandbox.Declared.Global == 76.5);

        // What the sandbox did proves nothing about live business.
        var live = await queries.OfAsync(Mode.Live, CancellationToken.None);
        Assert.Equal(0, live.Lines.Where(line => line.Rule.Discipline == Discipline.RevEng).Sum(line => line.Points));
    }
}
