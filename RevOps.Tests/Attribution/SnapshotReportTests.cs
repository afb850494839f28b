using System.Text.Json;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Attribution;
using RevOps.Core.Attribution.Models;
using RevOps.Core.Attribution.Results;
using RevOps.Core.Attribution.Snapshots;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Live;
using RevOps.Core.Platform.Secrets;
using RevOps.Core.Spend;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Attribution;

/// <summary>What pages read out of a snapshot: who counts, in which currency, under which filter, and how sure it is.</summary>
public sealed partial class SnapshotReportTests(StandingHost standing) : IClassFixture<StandingHost>, IAsyncLifetime
{
    private static readonly AttributionQuestion Asked = StandingHost.Asked;
    private readonly RevOpsHost host = standing.Host;

    private AttributionQueries Queries => standing.Queries;

    public async ValueTask InitializeAsync() => await host.ForgetAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task PeriodInWhichMoneyOnlyWentBack_HasSomethingToShow()
    {
        var world = new SeededJourneys(host);
        var ann = world.Person();
        world.Touch(ann, 150, Channel.Email);
        var sale = world.Sale(ann, 140);
        world.Pay(sale, 130, 900);
        world.Pay(sale, 20, -400);
        await world.SaveAsync();
        await world.ComputeAsync();
        var report = (await Queries.CompareAsync(Asked))!;
        Assert.Equal((0.0, -400L, false), (report.Conversions, report.Minor, report.IsEmpty));
        Assert.True((await Queries.CompareAsync(Asked with { Kind = ConversionKind.Booking }))!.IsEmpty);
    }

    [Fact]
    public async Task SaleThatIsPaidAndGoesBackAfterThePeriod_IsAConversionOfItAndNoNullPath()
    {
        var world = new SeededJourneys(host);
        var ann = world.Person();
        world.Touch(ann, 50, Channel.Email);
        var sale = world.Sale(ann, 45);
        world.Pay(sale, 40, 900);
        world.Pay(sale, 5, -900);
        await world.SaveAsync();
        await world.ComputeAsync();
        var (may, all) = ((await Queries.CompareAsync(Asked with { Period = new(new(2026, 4, 1), new(2026, 5, 31)) }))!, (await Queries.CompareAsync(Asked))!);
        Assert.Equal((1.0, 900L, 0), (may.Conversions, may.Minor, may.NullPaths));
        Assert.Equal((0.0, 0L, 1), (all.Conversions, all.Minor, all.NullPaths));
    }

    [Fact]
    public async Task SaleThatIsPaidInParts_IsOneConversionAndMoneyInEachPeriod()
    {
        var world = new SeededJourneys(host);
        var (ann, bob) = (world.Person(), world.Person());
        world.Touch(ann, 100, Channel.Email);
        world.Touch(bob, 40, Channel.PaidSocial);
        var sale = world.Sale(ann, 90);
        foreach (var (daysAgo, minor) in new[] { (85, 300L), (50, 300L), (10, 300L) })
            world.Pay(sale, daysAgo, minor);
        world.Pay(world.Sale(bob, 30), 20, 100);
        await world.SaveAsync();
        await world.ComputeAsync();
        async Task<(double, long?)> Of(int month)
        {
            var question = Asked with { Period = new(new(2026, month, 1), new(2026, month, 30)) };
            var report = (await Queries.CompareAsync(question))!;
            Assert.Equal(report.Minor, report.Rows.Sum(row => row.Models[AttributionModel.Linear].Minor));
            return (report.Conversions, report.Minor);
        }

        Assert.Equal([(1.0, 300L), (0.0, 300L), (1.0, 400L)], [await Of(4), await Of(5), await Of(6)]);
        var all = (await Queries.CompareAsync(Asked))!;
        Assert.Equal((2.0, 1_000L, 1.0), (all.Conversions, all.Minor, all.Rows.Single(row => row.Channel == Channel.Email).Models[AttributionModel.Markov1].Conversions));
    }

    [Fact]
    public async Task BookingsInAnotherCurrency_AreNamed()
    {
        var world = new SeededJourneys(host);
        var ann = world.Person();
        world.Touch(ann, 50, Channel.Email);
        world.Book(ann, 40, 700);
        world.Book(ann, 30, 300, "USD");
        world.Book(ann, 29, 50, "USD");
        world.Book(ann, 150, 9_000, "GBP");
        await world.SaveAsync();
        await world.ComputeAsync();
        var report = (await Queries.CompareAsync(Asked with { Kind = ConversionKind.Booking }))!;
        Assert.Equal(700, report.Minor);
        Assert.Equal([new Money(350, "USD")], report.Basis.OtherCurrencies);
    }

    [Fact]
    public async Task FiltersOfTheJourneys_HoldAllAtOnceAndAddUp()
    {
        var world = new SeededJourneys(host);
        var (ann, bob, eve) = (world.Person(), world.Person(), world.Person());
        world.Touch(ann, 50, Channel.PaidSearch, "77");
        world.Touch(ann, 45, Channel.Email);
        world.Pay(world.Sale(ann, 40), 39, 900);
        world.Touch(bob, 50, Channel.Email);
        world.Pay(world.Sale(bob, 40), 39, 500);
        world.Pay(world.Sale(eve, 40), 39, 70);
        await world.SaveAsync();
        await world.ComputeAsync();
        var linear = Asked with { Model = AttributionModel.Linear };
        async Task<(int, long?, int, long?)> Of(JourneyPlaceFilter place, string? platform = null)
        {
            var page = (await Queries.JourneysAsync(linear with { Platform = platform }, place))!;
            Assert.Equal(page.Minor, page.Rows.Sum(row => row.Minor));
            return (page.Total, page.Minor, page.Hidden, page.HiddenMinor);
        }

        Assert.Equal((3, 1_470, 0, 0), await Of(new() { All = true }));
        Assert.Equal((2, 950, 0, 0), await Of(new() { Channel = Channel.Email }));
        Assert.Equal((1, 500, 0, 0), await Of(new() { Channel = Channel.Email, Path = "email" }));
        Assert.Equal((0, 0, 0, 0), await Of(new() { Channel = Channel.Email, Reason = UnattributedReason.NoTouch }));
        Assert.Equal((0, 0, 0, 0), await Of(new() { Path = "email", Reason = UnattributedReason.NoTouch }));
        Assert.Equal((1, 70, 0, 0), await Of(new() { Reason = UnattributedReason.NoTouch }));
        Assert.Equal((1, 450, 1, 500), await Of(new() { Channel = Channel.Email }, "google"));
    }

    [Fact]
    public async Task DirectVisits_MayBeLeftOut_AndWhatHadNoOthersIsUnattributed()
    {
        var world = new SeededJourneys(host);
        var (ann, bob) = (world.Person(), world.Person());
        world.Touch(ann, 50, Channel.Email);
        world.Touch(ann, 45, Channel.Direct);
        world.Pay(world.Sale(ann, 40), 39, 900);
        world.Touch(bob, 50, Channel.Direct);
        world.Pay(world.Sale(bob, 40), 39, 100);
        await world.SaveAsync();
        await world.ComputeAsync();
        long? Of(ComparisonReport report, string channel) => report.Rows.SingleOrDefault(row => row.Channel == channel)?.Models[AttributionModel.Last].Minor;
        var (all, without) = ((await Queries.CompareAsync(Asked))!, (await Queries.CompareAsync(Asked with { WithoutDirect = true }))!);
        Assert.Equal((1_000L, 1_000L, 0L), (Of(all, Channel.Direct), all.Minor, all.Unattributed.Minor));
        Assert.Equal((null, 900L, 1_000L), (Of(without, Channel.Direct), Of(without, Channel.Email), without.Minor));
        Assert.Equal([new UnattributedPart(UnattributedReason.OnlyDirect, 1, 100)], without.Unattributed.Parts);

        // Everybody who came is a stage, by whatever way.
        Assert.Equal((await Queries.StagesAsync(Asked))!.Stages, (await Queries.StagesAsync(Asked with { WithoutDirect = true }))!.Stages);

        // What is paid afterwards is counted in place, without direct visits too.
        world.Pay(world.Sale(bob, 30), 20, 7);
        await world.SaveAsync();
        standing.Told();
        var later = (await Queries.CompareAsync(Asked with { WithoutDirect = true }))!;
        Assert.Equal((1_007L, 107L), (later.Minor, later.Unattributed.Minor));
    }

    [Fact]
    public async Task Intervals_AreDrawnAnewWhenTheJourneysMoved()
    {
        var world = new SeededJourneys(host);
        var (ann, bob) = (world.Person(), world.Person());
        world.Touch(ann, 50, Channel.Email);
        world.Touch(bob, 50, Channel.PaidSocial);
        world.Pay(world.Sale(ann, 40), 39, 900);
        await world.SaveAsync();
        await world.ComputeAsync();
        async Task<ComparisonReport> DrawnAsync()
        {
            using var told = new SemaphoreSlim(0);
            using var listening = host.Services.GetRequiredService<ChangeFeed>().Listen(nameof(AttributionSnapshot), () => told.Release());
            while (true)
            {
                if (await Queries.CompareAsync(Asked) is { IntervalsPending: false } drawn)
                    return drawn;
                Assert.True(await told.WaitAsync(TimeSpan.FromMinutes(1)), "The intervals were not drawn.");
            }
        }

        ModelCell Of(ComparisonReport report, AttributionModel model) => report.Rows.Single(row => row.Channel == Channel.Email).Models[model];
        var before = await DrawnAsync();
        Assert.All(before.Models.Where(model => model.IsAdditive && model != AttributionModel.Shapley), model => Assert.Equal((0.0, 1.0), (Of(before, model).Low, Of(before, model).High)));
        Assert.Equal((0.0, 1.0), Of(before, AttributionModel.Markov1).RemovalEnds);

        world.Pay(world.Sale(bob, 30), 20, 900);
        await world.SaveAsync();
        standing.Told();
        Assert.True((await Queries.CompareAsync(Asked))!.IntervalsPending);
        var after = await DrawnAsync();
        Assert.Equal((0.0, 2.0), (Of(after, AttributionModel.Linear).Low, Of(after, AttributionModel.Linear).High));
    }

    [Fact]
    public async Task FewJourneys_ChooseNoOrder()
    {
        var world = new SeededJourneys(host);
        for (var number = 0; number < OrderReport.Fewest; number++)
        {
            if (number == OrderReport.Fewest - 1)
            {
                await world.SaveAsync();
                await world.ComputeAsync();
                Assert.Null((await Queries.OrdersAsync(Asked))!.Chosen);
                Assert.Equal(AttributionModel.Markov1, await Queries.BestChainAsync(Asked));
            }

            var person = world.Person();
            world.Touch(person, 50, Channel.Email);
            if (number < 5)
                world.Pay(world.Sale(person, 40), 39, 900);
        }

        await world.SaveAsync();
        await world.ComputeAsync();
        Assert.Equal(AttributionModels.ChainOf((await Queries.OrdersAsync(Asked))!.Chosen!.Value), await Queries.BestChainAsync(Asked));
    }

    [Fact]
    public async Task StagesLagsAndPaths_CountEverybodyOnce()
    {
        var world = new SeededJourneys(host);
        var (ann, bob, eve) = (world.Person(), world.Person(), world.Person());
        world.Touch(ann, 40, Channel.PaidSearch);
        world.Touch(ann, 38, Channel.PaidSearch);
        world.Touch(ann, 30.5, Channel.Email);
        world.Call(ann, 29);
        world.Pay(world.Sale(ann, 28), 20, 500);
        world.Touch(bob, 12, Channel.Email);
        world.Call(bob, 11);
        world.Touch(eve, 3, Channel.PaidSocial);

        // A call that nobody answers is no lead and no stage.
        world.Call(eve, 2, answered: false);
        await world.SaveAsync();
        await world.ComputeAsync();

        var flow = (await Queries.StagesAsync(Asked))!;
        Assert.Equal([2, 3, 2, 0, 1], flow.Stages.Select(stage => stage.People));
        Assert.All(flow.Stages.Where(stage => stage.Stage is not (Stage.Paid or Stage.Ad)), stage => Assert.Equal(stage.People, flow.Links.Where(link => link.From == stage.Stage).Sum(link => link.People)));
        Assert.Equal((1, 500L), (flow.Links.Single(link => link.From == Stage.Voice && link.To == Stage.Paid).People, flow.SalesMinor));

        var lags = (await Queries.LagsAsync(Asked))!;
        Assert.Equal((12, 1, 3), ((int)lags.MedianDays!, lags.Days.Sum(bin => bin.Conversions), (int)lags.MedianTouches!));
        Assert.Equal(10, lags.Days.Single(bin => bin.Conversions > 0).From);

        var paths = (await Queries.PathsAsync(Asked, new() { Converting = false }))!;
        Assert.Equal(["paid_search > email", "email", "paid_social"], paths.Rows.Select(row => row.Key));
        Assert.Equal((3, 500L), ((int)paths.Rows[0].Touches, paths.Rows[0].Minor));
        Assert.Equal(["path;total_conversions;total_conversion_value;total_null", "paid_search > paid_search > email;1;500;0", "paid_social;0;0;1", "email;0;0;1"], (await Queries.PathFileAsync(Asked))!.OrderByDescending(line => line.Length).ThenByDescending(line => line));

        // A conversation stands where it was held; credit and totals are those of the visits.
        var staged = (await Queries.PathsAsync(Asked, new() { Converting = false, Stages = true }))!;
        Assert.Equal(["paid_search > email > voice", "email > voice", "paid_social"], staged.Rows.Select(row => row.Key));
        Assert.Equal((paths.Conversions, paths.Minor, paths.Nulls, 3.0), (staged.Conversions, staged.Minor, staged.Nulls, staged.Rows[0].Touches));
        var opened = (await Queries.JourneysAsync(Asked, new() { Path = "paid_search > email > voice", Stages = true }))!;
        Assert.Equal(["paid_search", "paid_search", "email", "voice"], Assert.Single(opened.Rows).Channels);

        var roles = (await Queries.RolesAsync(Asked))!;
        Assert.Equal([("email", 0, 0, 1), ("paid_search", 1, 1, 0)], roles.Rows.Select(row => (row.Channel, row.Opened, row.Assisted, row.Closed)));
        var leads = (await Queries.CompareAsync(Asked with { Kind = ConversionKind.Lead }))!;
        Assert.Equal((2.0, null, 1, 1), (leads.Conversions, leads.Minor, leads.NullPaths, leads.OpenPaths));

        // Whose last visit is younger than the look-back may still convert: left out, neither models nor paths know of it.
        var closed = (await Queries.CompareAsync(Asked with { Kind = ConversionKind.Lead, WithoutOpen = true }))!;
        Assert.Equal((2.0, 0, 1), (closed.Conversions, closed.NullPaths, closed.OpenPaths));
        var older = (await Queries.CompareAsync(Asked with { LookBackDays = 7, WithoutOpen = true }))!;
        Assert.Equal((2, 1), (older.NullPaths, older.OpenPaths));
    }
}
