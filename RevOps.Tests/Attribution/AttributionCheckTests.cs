using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Attribution.Lift;
using RevOps.Core.Attribution.Results;
using RevOps.Core.Platform;
using RevOps.Core.Receivables;
using RevOps.Core.Scorecard.Checks;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Attribution;

/// <summary>What the scorecard says of attribution is measured against something else than attribution.</summary>
public sealed class AttributionCheckTests(StandingHost standing) : IClassFixture<StandingHost>, IAsyncLifetime
{
    private readonly RevOpsHost host = standing.Host;

    public async ValueTask InitializeAsync() => await host.ForgetAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Credit_IsHeldAgainstThePaymentsThemselves()
    {
        var world = new SeededJourneys(host);
        foreach (var seed in Enumerable.Range(1, 4))
            world.DrawMore(new(seed));
        foreach (var person in new[] { world.Person(), world.Person() })
            world.Pay(world.Sale(person, 5), 4, 70_001);
        await world.SaveAsync();
        await world.ComputeAsync();
        var parts = await MeasureAsync("M18");
        Assert.Equal((1, 1, 1), (parts["reproduced"].Result, parts["conversions"].Result, parts["difference"].Result));

        // Drawn for this very measure: nobody has asked before.
        Assert.Equal((1, 1), (parts["computed"].Result, parts["intervals"].Result));
        Assert.True(parts["conversions"].N > 10);

        // Two payments that are others than attribution has heard: nobody told it.
        await using (var db = await host.OpenDatabaseAsync())
            Assert.Equal(2, await db.Set<Payment>().Where(payment => payment.AmountMinor == 70_001).ExecuteUpdateAsync(set => set.SetProperty(payment => payment.AmountMinor, payment => -payment.AmountMinor)));
        parts = await MeasureAsync("M18");
        Assert.Equal((2.0, 280_004.0, 0), (parts["conversions"].Value, parts["difference"].Value, parts["difference"].Result));
        standing.Told();
        parts = await MeasureAsync("M18");
        Assert.Equal((1, 1), (parts["conversions"].Result, parts["difference"].Result));
    }

    [Fact]
    public async Task Validation_IsOfWhatIsShown_AndLaysItBesideLiftTests()
    {
        await SellByEmailAsync();
        var evidence = (await standing.Queries.EvidenceAsync())!;
        var parts = await MeasureAsync("M19");
        Assert.Equal(evidence.Usual.Misplaced, parts["misplaced"].Value);
        Assert.NotEqual(0, evidence.Order);
        Assert.False(parts.ContainsKey("lift"));

        // The test found 600, credit says 900.
        await EnterAsync(600);
        Assert.Equal(0.5, (await MeasureAsync("M19"))["lift"].Value!.Value, 9);
    }

    /// <summary>What found nothing is no measure of anything, a platform's test is not the whole channel's, and of another mode there is no credit.</summary>
    [Fact]
    public async Task LiftTestsThatNoCreditCanBeLaidBeside_MakeNothingUnknown()
    {
        await SellByEmailAsync();
        await EnterAsync(0);
        await EnterAsync(100, "meta");
        var parts = await MeasureAsync("M19");
        Assert.Equal(["misplaced", "better"], parts.Keys);

        await EnterAsync(600);
        Assert.Equal((1, 0.5), ((await MeasureAsync("M19"))["lift"].N, Math.Round((await MeasureAsync("M19"))["lift"].Value!.Value, 9)));
        Assert.False((await MeasureAsync("M19", Mode.Test)).ContainsKey("lift"));
    }

    private async Task SellByEmailAsync()
    {
        var world = new SeededJourneys(host);
        var ann = world.Person();
        world.Touch(ann, 50, Core.Attribution.Channel.Email);
        world.Pay(world.Sale(ann, 40), 39, 900);
        await world.SaveAsync();
        await world.ComputeAsync();
    }

    private async Task EnterAsync(double incremental, string? platform = null)
    {
        await using var db = await host.OpenDatabaseAsync();
        db.Add(new LiftTest { Id = Guid.CreateVersion7(), Channel = Core.Attribution.Channel.Email, Platform = platform, From = new(2026, 5, 1), To = new(2026, 6, 28), Method = LiftMethod.Regions, Measure = LiftMeasure.Value, Currency = "EUR", Incremental = incremental, Source = "Own", EnteredBy = "user:test", EnteredAt = SeededJourneys.Noon });
        await db.SaveChangesAsync();
    }

    private async Task<Dictionary<string, Part>> MeasureAsync(string id, Mode mode = Mode.Live)
    {
        await using var db = await host.OpenDatabaseAsync();
        var owner = await host.Services.GetRequiredService<CompanyProfile>().CurrentAsync();
        var parts = await host.Services.GetServices<Check>().Single(check => check.Id == id).MeasureAsync(new(db, mode, owner, standing.Clock.GetUtcNow()), CancellationToken.None);
        return parts.ToDictionary(part => part.Name, StringComparer.Ordinal);
    }
}
