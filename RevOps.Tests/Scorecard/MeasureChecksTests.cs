using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Billing;
using RevOps.Core.Ingestion;
using RevOps.Core.Platform;
using RevOps.Core.Receivables;
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
        Assert.Equal((true, 1L), (await reader.MeasureAsync("R06", Mode.Sandbox, CancellationToken.None)).Parts.Single(part => part.Name == "median") is var median ? (median.Value is >= 0 and < 24, median.N) : default);
        Assert.Equal((0d, 1L), (await reader.MeasureAsync("M06", Mode.Sandbox, CancellationToken.None)).Parts.Single() is var steps ? (steps.Value, steps.N) : default);

        // Of two that clients paid through Stripe one is booked.
        var payout = new Payout { Id = Guid.CreateVersion7(), StripePayoutId = "po_1", Mode = Mode.Sandbox, Currency = "EUR", AmountMinor = 2, Status = "paid", ArrivesOn = new(2026, 5, 1), OccurredAt = agency.Clock.GetUtcNow(), RecordedAt = agency.Clock.GetUtcNow() };
        db.Add(payout);
        var paid = await agency.InvoiceAsync("B-1");
        db.AddRange(Part("txn_1", paid.Id), Part("txn_2", null));
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        Assert.Equal(("stripe", 0.5, 2L), (await reader.MeasureAsync("R07", Mode.Sandbox, CancellationToken.None)).Parts.Single() is var booked ? (booked.Name, booked.Value, booked.N) : default);

        PayoutPart Part(string id, Guid? invoice) => new() { Id = Guid.CreateVersion7(), PayoutId = payout.Id, StripeTransactionId = id, Type = "charge", InvoiceId = invoice, Currency = "EUR", GrossMinor = paid.GrossMinor, FeeMinor = 0, NetMinor = paid.GrossMinor, OccurredAt = agency.Clock.GetUtcNow() };
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
