using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Billing;
using RevOps.Core.Catalogue;
using RevOps.Core.Identity;
using RevOps.Core.Ingestion;
using RevOps.Core.Ingestion.Prices;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Pricing.Advice;
using RevOps.Core.Pricing.Advising;
using RevOps.Core.Pricing.Settings;
using RevOps.Core.Pricing.Slots;
using RevOps.Core.Scorecard.Alerts;
using RevOps.Core.Scorecard.Checks;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Journeys;

/// <summary>Availability and bookings come in, advice follows, a person approves, the booking site asks the new price, and whoever booked keeps theirs.</summary>
public sealed partial class SlotPriceTests : IAsyncLifetime
{
    private const int Capacity = 10;
    private const int PastSlots = 16;
    private Agency agency = null!;
    private HttpClient site = null!;
    private int told;

    public async ValueTask InitializeAsync()
    {
        agency = await Agency.OpenAsync(demo: true);
        site = agency.Host.Client(await agency.Host.CreateKeyAsync(ApiKey.PricesRead));
    }

    public ValueTask DisposeAsync()
    {
        site.Dispose();
        return agency.DisposeAsync();
    }

    [Fact]
    public async Task CanApproveAnAdvisedPrice_AskItOnTheSite_AndUndoIt()
    {
        var service = await OfferAsync();
        await SetAsync(service, new() { Floor = "80", Ceiling = "160", MostDailyChange = "20", ApprovalAbove = "5" });

        // The first two weeks are for looking.
        var hot = Slot(20);
        await SellAsync(hot, 8);
        await AdviseAsync();
        var shadow = await NewestAsync(hot);
        Assert.Equal((AdviceState.Shadow, 100_00L), (shadow.State, shadow.PriceMinor));
        Assert.True(shadow.AdvisedMinor > 100_00);
        Assert.Equal(DecisionResult.Outdated, (await DecideAsync(shadow)).Result);
        Assert.Equal(100m, (await SlotOnSiteAsync(hot)).Price);

        // Then a person says yes.
        await TurnAsync(14);
        var waiting = await NewestAsync(hot);
        Assert.Equal((AdviceState.Awaiting, AdviceOutcome.Advised, Capacity, 8), (waiting.State, waiting.Outcome, waiting.Capacity, waiting.Booked));
        Assert.True(waiting.AdvisedMinor is > 100_00 and <= 120_00);
        var marketing = await agency.ApproverAsync(await agency.HireAsync("yield.marketing@agency.example", Roles.Marketing));
        Assert.Equal(DecisionResult.NotAllowed, (await DecideAsync(waiting, marketing)).Result);
        var manager = await agency.ApproverAsync(await agency.HireAsync("yield.management@agency.example", Roles.Management));
        Assert.Equal((DecisionResult.Done, 1), await DecideAsync(waiting, manager));
        Assert.Equal(DecisionResult.Outdated, (await DecideAsync(waiting)).Result);

        var advised = waiting.AdvisedMinor!.Value / 100m;
        var onSite = await SlotOnSiteAsync(hot);
        Assert.Equal((advised, true, 2), (onSite.Price, onSite.IsOwn, onSite.Left));
        Assert.Equal(100m, (await SlotOnSiteAsync(Slot(21))).Price);

        // Whoever booked before keeps their price; whoever books now pays the new one, and no draft is held for it.
        Assert.Empty((await agency.InvoiceAsync("S-1")).ProblemList);
        await agency.SendAsync("booking_confirmed", Sale("N-1", hot, advised, 1));
        await agency.SendAsync("booking_confirmed", Sale("N-2", hot, 100m, 1));
        await agency.Host.DrainAsync();
        Assert.Empty((await agency.InvoiceAsync("N-1")).ProblemList);
        Assert.Equal([ReviewProblem.PriceDiffers], (await agency.InvoiceAsync("N-2")).ProblemList);

        // Full now: the next day brings no new price.
        await TurnAsync(1);
        var full = await NewestAsync(hot);
        Assert.Equal((AdviceOutcome.SoldOut, AdviceState.Kept, null), (full.Outcome, full.State, full.AdvisedMinor));

        // Undone, the price before holds again: for whoever books from now on, and for nobody else.
        Assert.Equal(DecisionResult.Done, await Desk.UndoAsync(waiting.Id, await agency.ApproverAsync(), CancellationToken.None));
        Assert.Equal(DecisionResult.Outdated, await Desk.UndoAsync(waiting.Id, await agency.ApproverAsync(), CancellationToken.None));
        Assert.Equal((100m, false), ((await SlotOnSiteAsync(hot)).Price, (await SlotOnSiteAsync(hot)).IsOwn));
        Assert.Empty((await agency.InvoiceAsync("N-1")).ProblemList);

        await using var db = await agency.Host.OpenDatabaseAsync();
        Assert.Equal(["advice.accepted", "advice.undone"], await db.Set<AuditEntry>().Where(entry => entry.SubjectId == waiting.Id.ToString()).OrderBy(entry => entry.Sequence).Select(entry => entry.Action).ToListAsync(CancellationToken.None));

        // Nothing is gained as long as prices hardly moved; told with its interval, it is. One price outside of what was allowed is one too many.
        Assert.Equal([("cycle", 1.0), ("guardrails", 1), ("gain", 0)], await CheckAsync());
        Assert.True(Assert.Single((await agency.Host.Services.GetRequiredService<CheckReader>().RowsAsync("R18", Mode.Sandbox, 0, 5, CancellationToken.None)).Rows).Holds);
        await db.Set<PricingStudy>().ExecuteUpdateAsync(change => change.SetProperty(study => study.HasGain, true), CancellationToken.None);
        await db.Set<SlotAdvice>().Where(advice => advice.Id == waiting.Id).ExecuteUpdateAsync(change => change.SetProperty(advice => advice.CeilingMinor, waiting.AdvisedMinor!.Value - 1), CancellationToken.None);
        Assert.Equal([("cycle", 1.0), ("guardrails", 0), ("gain", 1)], await CheckAsync());
        Assert.False(Assert.Single((await agency.Host.Services.GetRequiredService<CheckReader>().RowsAsync("R18", Mode.Sandbox, 0, 5, CancellationToken.None)).Rows).Holds);
    }

    [Fact]
    public async Task ARule_AcceptsSmallMovesOnly_OneDecisionADay_AndRefusalsStand()
    {
        var service = await OfferAsync();
        await SetAsync(service, new() { Floor = "80", Ceiling = "160", MostDailyChange = "20", ApprovalAbove = "4", AcceptsByRule = true });
        await AdviseAsync();
        var (small, large) = (Slot(30), Slot(20));
        await SellAsync(small, 1);
        await SellAsync(large, 9);
        await TurnAsync(14);
        var (byRule, asked) = (await NewestAsync(small), await NewestAsync(large));
        Assert.Equal((AdviceState.Accepted, true, AuditTrail.System), (byRule.State, byRule.ByRule, byRule.DecidedBy));
        Assert.True(Math.Abs(byRule.AdvisedMinor!.Value - byRule.PriceMinor) <= 4_00);
        Assert.Equal(AdviceState.Awaiting, asked.State);

        var by = await agency.ApproverAsync();
        Assert.Equal((DecisionResult.Done, 1), await Desk.DecideAsync([Shown(asked)], false, "A fair is on", by, CancellationToken.None));
        await AdviseAsync();
        var again = await NewestAsync(large);
        Assert.Equal((asked.Id, AdviceState.Refused, "A fair is on"), (again.Id, again.State, again.Reason));
        await using (var db = await agency.Host.OpenDatabaseAsync())
            Assert.All(await db.Set<SlotAdvice>().GroupBy(advice => new { advice.SlotStart, advice.Day }).Select(group => group.Count()).ToListAsync(CancellationToken.None), count => Assert.Equal(1, count));

        // Somebody pauses it: from then on nothing is advised.
        var setting = await SettingAsync(service);
        var pause = PricingEntry.Of(setting, System.Globalization.CultureInfo.InvariantCulture) with { IsPaused = true, PauseReason = "Stock-taking" };
        Assert.Equal("outdated", (await Desk.SetAsync(service, setting.Number - 1, pause, by, CancellationToken.None)).Problems[""]);
        Assert.True((await Desk.SetAsync(service, setting.Number, pause, by, CancellationToken.None)).IsDone);
        await TurnAsync(1);
        Assert.Equal(AdviceOutcome.Paused, (await NewestAsync(large)).Outcome);
    }

    [Fact]
    public async Task ThreeDaysAtTheFloor_AreTold()
    {
        var service = await OfferAsync();
        await SetAsync(service, new() { Floor = "99", Ceiling = "160", MostDailyChange = "20", Attitude = PriceAttitude.Bold });
        await AdviseAsync();
        for (var day = 1; day < 3; day++)
        {
            Assert.Empty(await FloorAlertsAsync());
            await TurnAsync(1);
        }

        Assert.Equal(AlertFigure.PriceFloor, Assert.Single(await FloorAlertsAsync()));
    }

    private PricingDesk Desk => agency.Host.Services.GetRequiredService<PricingDesk>();

    private static DateTimeOffset Slot(int days) => new DateTimeOffset(Agency.Morning.Date, TimeSpan.Zero).AddDays(days).AddHours(8);

    private async Task<(string, double?)[]> CheckAsync() =>
        [.. (await agency.Host.Services.GetRequiredService<CheckReader>().MeasureAsync("R18", Mode.Sandbox, CancellationToken.None)).Parts.Select(part => (part.Name, part.Result))];

    /// <summary>A workshop at 100 €, with 16 slots that are over and sold four places of ten each to four clients, and 40 to come.</summary>
    private async Task<Guid> OfferAsync()
    {
        var (keep, by, id) = (agency.Host.Services.GetRequiredService<KeepCatalogue>(), await agency.ApproverAsync(), Guid.CreateVersion7());
        Assert.True((await keep.SaveAsync(id, null, new() { Code = "WORKSHOP", Name = "Workshop" }, by, CancellationToken.None)).IsDone);
        Assert.True((await keep.AddPriceAsync(id, null, new() { Amount = "100", Currency = "EUR", From = "2026-01-01" }, by, CancellationToken.None)).IsDone);
        for (var day = -PastSlots; day <= 40; day++)
            await agency.SendAsync("availability", Availability(Slot(day), Capacity));
        for (var sale = 0; sale < PastSlots * 4; sale++)
            await agency.Sender.SendAsync(Events.Of("booking_confirmed", Sale($"P{sale}", Slot((sale / 4) - PastSlots), 100m, 1), time: Slot((sale / 4) - PastSlots).AddDays(-5)));
        return id;
    }

    private static JsonObject Availability(DateTimeOffset start, int capacity, int refused = 0) => new() { ["serviceCode"] = "workshop", ["slotStart"] = start.ToString("O"), ["slotEnd"] = start.AddHours(2).ToString("O"), ["capacity"] = capacity, ["refused"] = refused };

    private static JsonObject Sale(string id, DateTimeOffset slot, decimal price, int places, string? customer = null)
    {
        var sale = Events.Sale(id, customer: customer ?? $"C-{id}");
        sale["lines"] = new JsonArray(new JsonObject { ["key"] = "1", ["serviceCode"] = "WORKSHOP", ["description"] = "Workshop", ["quantity"] = places, ["unitAmount"] = price.ToString(System.Globalization.CultureInfo.InvariantCulture) });
        (sale["slotStart"], sale["slotEnd"]) = (slot.ToString("O"), slot.AddHours(2).ToString("O"));
        return sale;
    }

    private async Task SellAsync(DateTimeOffset slot, int places)
    {
        await agency.SendAsync("booking_confirmed", Sale($"S-{++told}", slot, 100m, places));
        await agency.Host.DrainAsync();
    }

    private async Task SetAsync(Guid service, PricingEntry entry) =>
        Assert.True((await Desk.SetAsync(service, 0, entry, await agency.ApproverAsync(), CancellationToken.None)).IsDone);

    private async Task TurnAsync(int days)
    {
        agency.Clock.Advance(TimeSpan.FromDays(days));
        await AdviseAsync();
    }

    private async Task AdviseAsync()
    {
        await agency.Host.Services.GetRequiredService<AskAdvice>().NowAsync(CancellationToken.None);
        await agency.Host.DrainAsync();
        await using var scope = agency.Host.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<AdviseSlots>().RunAsync(null!, CancellationToken.None);
        await agency.Host.DrainAsync();
    }

    private async Task<SlotAdvice> NewestAsync(DateTimeOffset slot)
    {
        await using var db = await agency.Host.OpenDatabaseAsync();
        return await db.Set<SlotAdvice>().SingleAsync(advice => advice.SlotStart == slot && advice.IsNewest);
    }

    private async Task<PricingSetting> SettingAsync(Guid service)
    {
        await using var db = await agency.Host.OpenDatabaseAsync();
        return await db.Set<PricingSetting>().Where(setting => setting.ServiceId == service).OrderByDescending(setting => setting.Number).FirstAsync();
    }

    private async Task<(DecisionResult Result, int Count)> DecideAsync(SlotAdvice advice, Approver? by = null) => await Desk.DecideAsync([Shown(advice)], true, null, by ?? await agency.ApproverAsync(), CancellationToken.None);

    private static ShownAdvice Shown(SlotAdvice advice) => new(advice.Id, advice.AdvisedMinor);

    private async Task<(decimal Price, bool IsOwn, int? Left)> SlotOnSiteAsync(DateTimeOffset slot)
    {
        var feed = JsonNode.Parse(await site.GetStringAsync("/api/v1/prices?service=WORKSHOP"))!;
        var found = feed["services"]![0]!["slots"]!.AsArray().Single(one => (DateTimeOffset)one!["start"]! == slot)!;
        return ((decimal)found["unitAmount"]!, (bool)found["isOwn"]!, (int?)found["placesLeft"]);
    }

    private async Task<IReadOnlyList<AlertFigure>> FloorAlertsAsync()
    {
        await using (var scope = agency.Host.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<WatchFigures>().RunAsync(null!, CancellationToken.None);
        await using var db = await agency.Host.OpenDatabaseAsync();
        return await db.Set<Alert>().Where(alert => alert.Figure == AlertFigure.PriceFloor && alert.ClosedAt == null).Select(alert => alert.Figure).ToListAsync();
    }

    private async Task<int> PlacesAsync(DateTimeOffset slot)
    {
        await using var db = await agency.Host.OpenDatabaseAsync();
        return await db.Set<SlotSale>().Where(sale => sale.SlotStart == slot).SumAsync(sale => sale.Places);
    }
}
