using System.Text.Json;
using RevOps.Core.Attribution;
using RevOps.Core.Attribution.Snapshots;
using RevOps.Core.Forecasting;
using RevOps.Core.Platform;
using RevOps.Core.Pricing.Advice;
using RevOps.Core.Pricing.Advising;
using RevOps.Core.Scorecard.Claims;
using RevOps.Core.Scorecard.Notes;
using RevOps.Core.Scorecard.Outlook;
using RevOps.Core.Scorecard.Simulation;
using RevOps.Tests.Billing;
using RevOps.Web.Scorecard.Simulator;

namespace RevOps.Tests.Scorecard;

/// <summary>Since when levers have had an effect, and what has been measured of those that no document claims a figure of.</summary>
public sealed class LeverTests
{
    [Fact]
    public async Task Levers_BeginWithTheirFirstEffectAndAreMeasured()
    {
        await using var world = new WatchWorld();
        await using (var db = await world.Host.OpenDatabaseAsync())
        {
            db.AddRange(Forecast(ForecastFigure.Revenue, 40, 0.95), Forecast(ForecastFigure.Revenue, 2, 0.8), Forecast(ForecastFigure.Cash, 2, 0.9));
            db.AddRange(Study(100, 104, 0.01, 0.07), Study(300, 306, 0, 0.04));

            // Advised first, and in force only later.
            db.AddRange(Advice(20, null), Advice(10, Guid.CreateVersion7()));

            // The first snapshot was made before live business had credit, on the sandbox's.
            db.AddRange(Snapshot(50), Snapshot(15), Snapshot(5), Credited(60, Mode.Sandbox), Credited(20, Mode.Live));
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        var starts = await world.Get<LeverStarts>().OfAsync(Mode.Live, CancellationToken.None);
        Assert.Equal([(Levers.Attribution, SomeSales.Noon.AddDays(-15)), (Levers.Pricing, SomeSales.Noon.AddDays(-10)), (Levers.Forecasting, SomeSales.Noon.AddDays(-40))], starts.Select(start => (start.Key, start.Value)).Order());

        await world.RunAsync<MeasureClaims>();
        var lines = await world.Get<ClaimQueries>().OfLeversAsync(Mode.Live, Realised.Claims, CancellationToken.None);
        var (yield, forecast) = (Found("yield"), Found("forecast"));
        Assert.Equal((0.025, 0.0025, 0.0475, 20L, SomeSales.Noon.AddDays(-10)), (Round(yield.Value), Round(yield.Low), Round(yield.High), yield.N, yield.Since));

        // Errors are 20 % and 10 % smaller: of two, little is sure.
        Assert.Equal((0.15, -0.4853, 0.7853, 2L), (Round(forecast.Value), Round(forecast.Low), Round(forecast.High), forecast.N));
        Assert.DoesNotContain(await world.Get<ClaimQueries>().OfAsync(Mode.Live, [], CancellationToken.None), line => line.Claim.Id is "yield" or "forecast");
        var realised = Realised.Of(PrefillQueries.Usual, lines);
        Assert.Equal([nameof(SimulationInputs.YieldGain), nameof(SimulationInputs.BufferCut)], realised.Where(row => row.Found.Value is not null).Select(row => row.Input));
        Assert.Equal(7, realised.Count);

        ClaimFinding Found(string id) => lines.Single(line => line.Claim.Id == id).Finding;
        static double Round(double? value) => Math.Round(value!.Value, 4);
    }

    private static ForecastRun Forecast(ForecastFigure figure, int ago, double owa) => new()
    {
        Id = Guid.CreateVersion7(), Mode = Mode.Live, Figure = figure, Frequency = Frequency.Week, Day = WatchWorld.Today.AddDays(-ago), MadeAt = SomeSales.Noon.AddDays(-ago), Currency = "EUR", First = WatchWorld.Today, Last = WatchWorld.Today,
        Model = default, Origins = 1, TestedSteps = 1, Owa = owa, Points = 10, IsShort = false, OutsideTwice = false, Past = "[]", Foreseen = "[]", Trials = "[]",
    };

    private static AttributionSnapshot Snapshot(int ago) => new() { Id = Guid.CreateVersion7(), Engine = AttributionSnapshot.CurrentEngine, StartedAt = SomeSales.Noon.AddDays(-ago), FinishedAt = SomeSales.Noon.AddDays(-ago), PeopleToRead = 0 };

    private static Credit Credited(int ago, Mode mode) => new() { Id = Guid.CreateVersion7(), PaymentId = Guid.CreateVersion7(), InvoiceId = Guid.CreateVersion7(), Model = CreditTouches.LastNonDirect, PaidAt = SomeSales.Noon.AddDays(-ago), Mode = mode, Currency = "EUR", AmountMinor = 1 };

    private static PricingStudy Study(double atFixed, double advised, double low, double high) => new()
    {
        Id = Guid.CreateVersion7(), Mode = Mode.Live, ServiceId = Guid.CreateVersion7(), Day = WatchWorld.Today, MadeAt = SomeSales.Noon, Advised = 1, HasGain = true,
        Found = JsonSerializer.Serialize(new ServiceFindings
        {
            Currency = "EUR", BaseMinor = 1, PastSlots = 10, SalesInMonth = 40, UsualLoad = [], Lost = new(0, 0, null), Fares = [], Capacity = 1, Elasticity = null, Backtest = new PriceBacktest(10, atFixed, advised, low, high), Shadow = new(0, 0, 0, 0),
        }),
    };

    private static SlotAdvice Advice(int ago, Guid? price) => new()
    {
        Id = Guid.CreateVersion7(), Mode = Mode.Live, ServiceId = Guid.CreateVersion7(), SlotStart = SomeSales.Noon, SlotEnd = SomeSales.Noon.AddHours(1), Day = WatchWorld.Today.AddDays(-ago), MadeAt = SomeSales.Noon.AddDays(-ago), IsNewest = true, Currency = "EUR", TaxInclusive = false,
        BaseMinor = 1, PriceMinor = 1, Outcome = default, LeadDays = 1, Capacity = 1, Booked = 0, FloorMinor = 1, CeilingMinor = 1, MostDailyChange = 1, FloorDays = 0, ByRule = false, Why = "[]", State = AdviceState.Accepted, DecidedAt = SomeSales.Noon.AddDays(-ago), PriceVersionId = price,
    };
}
