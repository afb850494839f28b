using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Attribution;
using RevOps.Core.Attribution.Models;
using RevOps.Core.Attribution.Results;
using RevOps.Core.Attribution.Snapshots;
using RevOps.Core.People;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Live;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Receivables;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Attribution;

/// <summary>Credit as pages read it: whatever happened and in whatever order it was told, credited and unattributed money is what was paid, to the cent.</summary>
public sealed class SnapshotTests(SnapshotTests.Standing standing) : IClassFixture<SnapshotTests.Standing>, IAsyncLifetime
{
    private static readonly AttributionQuestion Asked = new() { Period = SeededJourneys.Chosen };
    private static readonly Arbitrary<int> Seeds = Gen.Choose(0, int.MaxValue - 1).ToArbitrary();
    private readonly RevOpsHost host = standing.Host;

    private AttributionQueries Queries => host.Services.GetRequiredService<AttributionQueries>();

    public async ValueTask InitializeAsync() => await host.ForgetAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public void EveryModelAndLookBack_AddUpToWhatWasPaid_AndSoDoesWhateverIsOpened() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(12), Prop.ForAll(Seeds, seed => Ended(AddsUpAsync(seed))));

    [Fact]
    public void OrderOfArrival_ChangesNothing() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(6), Prop.ForAll(Seeds, seed => Ended(IsTheSameShuffledAsync(seed))));

    [Fact]
    public void WhateverIsPaidOrGoesBackAfterTheSnapshot_IsCountedInPlace() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(6), Prop.ForAll(Seeds, seed => Ended(IsTheSameInPlaceAsync(seed))));

    [Fact]
    public async Task LastNonDirect_IsWhatTheCreditsSay()
    {
        var world = new SeededJourneys(host);
        foreach (var seed in Enumerable.Range(1, 4))
            world.DrawMore(new(seed));
        await world.SaveAsync();
        await using (var db = await host.OpenDatabaseAsync())
        {
            foreach (var payment in world.Payments)
                db.Enqueue<CreditTouches>(payment.Id.ToString(), SeededJourneys.Noon);
            await db.SaveChangesAsync();
        }

        await world.ComputeAsync();
        await using var read = await host.OpenDatabaseAsync();
        var (from, until) = (SeededJourneys.Chosen.From.ToDateTime(default).AddHours(-2), SeededJourneys.Chosen.To.AddDays(1).ToDateTime(default).AddHours(-2));
        var credits = (await read.Set<Credit>().Where(credit => credit.Currency == "EUR").ToListAsync()).Where(credit => credit.PaidAt.UtcDateTime >= from && credit.PaidAt.UtcDateTime < until)
            .GroupBy(credit => credit.Channel ?? "").ToDictionary(group => group.Key, group => group.Sum(credit => credit.AmountMinor));
        var report = (await Queries.CompareAsync(Asked))!;

        Assert.True(credits.Count > 4);
        Assert.Equal(credits.GetValueOrDefault(""), report.Unattributed.Minor);
        foreach (var channel in Channel.All)
            Assert.Equal(credits.GetValueOrDefault(channel), report.Rows.SingleOrDefault(row => row.Channel == channel)?.Models[AttributionModel.LastNonDirect].Minor ?? 0);
    }

    [Fact]
    public async Task RefundAndLatePayment_AreThereBeforeTheNextSnapshot()
    {
        var world = new SeededJourneys(host);
        var (ann, bob) = (world.Person(), world.Person());
        world.Touch(ann, 40, Channel.PaidSearch, "77");
        world.Touch(ann, 30, Channel.Email);
        world.Touch(bob, 20, Channel.PaidSocial);
        var sale = world.Sale(ann, 25);
        world.Pay(sale, 20, 100_001);
        await world.SaveAsync();
        await world.ComputeAsync();
        var before = (await Queries.CompareAsync(Asked))!;
        Assert.Equal((100_001, 1, 1), (before.Minor, before.Conversions, before.NullPaths));
        Assert.Equal([("paid_search", 50_001L), ("email", 50_000L)], before.Rows.Where(row => row.Influenced > 0).Select(row => (row.Channel, row.Models[AttributionModel.Linear].Minor!.Value)).OrderByDescending(row => row.Item2));

        // A part goes back; Bob, who came to nothing so far, buys and pays.
        world.Pay(sale, 2, -40_000);
        world.Pay(world.Sale(bob, 10), 1, 7);
        await world.SaveAsync();
        Told();
        var after = (await Queries.CompareAsync(Asked))!;
        Assert.Equal((60_008, 2, 0, 1), (after.Minor, after.Conversions, after.NullPaths, after.Basis.SalesSince));
        Assert.Equal(before.Basis.AsOf, after.Basis.AsOf);
        Assert.Equal(7, after.Rows.Single(row => row.Channel == Channel.PaidSocial).Models[AttributionModel.First].Minor);

        // In place or from the beginning, it is the same.
        await world.ComputeAsync();
        var anew = (await Queries.CompareAsync(Asked))!;
        Assert.Equal(LinesOf(after), LinesOf(anew));
        Assert.Equal(0, anew.Basis.SalesSince);

        // All goes back: nothing converted.
        world.Pay(sale, 0.5, -60_001);
        await world.SaveAsync();
        Told();
        var gone = (await Queries.CompareAsync(Asked))!;
        Assert.Equal((7, 1, 1), (gone.Minor, gone.Conversions, gone.NullPaths));
    }

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
            for (var time = 0; time < 600; time++)
            {
                if (await Queries.CompareAsync(Asked) is { IntervalsPending: false } drawn)
                    return drawn;
                await Task.Delay(100);
            }

            throw new TimeoutException("The intervals were not drawn.");
        }

        ModelCell Of(ComparisonReport report, AttributionModel model) => report.Rows.Single(row => row.Channel == Channel.Email).Models[model];
        var before = await DrawnAsync();
        Assert.All(before.Models.Where(model => model.IsAdditive && model != AttributionModel.Shapley), model => Assert.Equal((0.0, 1.0), (Of(before, model).Low, Of(before, model).High)));
        Assert.Equal((0.0, 1.0), Of(before, AttributionModel.Markov1).RemovalEnds);

        world.Pay(world.Sale(bob, 30), 20, 900);
        await world.SaveAsync();
        Told();
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
            }

            var person = world.Person();
            world.Touch(person, 50, Channel.Email);
            if (number < 5)
                world.Pay(world.Sale(person, 40), 39, 900);
        }

        await world.SaveAsync();
        await world.ComputeAsync();
        Assert.NotNull((await Queries.OrdersAsync(Asked))!.Chosen);
    }

    [Fact]
    public async Task PeopleWhoAreJoinedPartedOrWithdraw_AreSoFromTheNextSnapshotOn()
    {
        var world = new SeededJourneys(host);
        var (phone, desk) = (world.Person(), world.Person());
        world.Touch(phone, 40, Channel.PaidSocial);
        world.Touch(desk, 30, Channel.Email);
        world.Pay(world.Sale(desk, 25), 20, 500);
        await world.SaveAsync();
        await world.ComputeAsync();
        Assert.Equal((0, 500), await OfFirstTouchAsync());

        await ChangeAsync(phone, person => person.CanonicalId = desk);
        await world.ComputeAsync();
        Assert.Equal((500, 0), await OfFirstTouchAsync());

        await ChangeAsync(phone, person => person.CanonicalId = phone);
        await world.ComputeAsync();
        Assert.Equal((0, 500), await OfFirstTouchAsync());

        await ChangeAsync(desk, person => person.Measurement = false);
        await world.ComputeAsync();
        var report = (await Queries.CompareAsync(Asked))!;
        Assert.Equal([new UnattributedPart(UnattributedReason.NoConsent, 1, 500)], report.Unattributed.Parts);
        Assert.DoesNotContain(report.Rows, row => row.Channel == Channel.Email);
    }

    [Fact]
    public async Task WhoIsForgotten_StandsInNoBlock()
    {
        var world = new SeededJourneys(host);
        var (ann, bob) = (world.Person(), world.Person());
        world.Touch(ann, 40, Channel.Email);
        world.Touch(bob, 40, Channel.Email);
        world.Pay(world.Sale(ann, 25), 20, 500);
        await world.SaveAsync();
        await world.ComputeAsync();
        Assert.True(await IsInABlockAsync(ann));

        await using (var db = await host.OpenDatabaseAsync())
        {
            await JourneyBlocks.ForgetAsync(db, [ann], CancellationToken.None);
            (await db.Set<Person>().SingleAsync(person => person.Id == ann)).ErasedAt = SeededJourneys.Noon;
            await db.SaveChangesAsync();
        }

        Assert.False(await IsInABlockAsync(ann));
        Assert.True(await IsInABlockAsync(bob));
        Told();
        Assert.Equal([new UnattributedPart(UnattributedReason.NoConsent, 1, 500)], (await Queries.CompareAsync(Asked))!.Unattributed.Parts);
        await world.ComputeAsync();
        Assert.False(await IsInABlockAsync(ann));
        Assert.Equal(500, (await Queries.CompareAsync(Asked))!.Minor);
    }

    [Fact]
    public async Task BrokenOffInTheMiddle_GoesOnWhereItWas()
    {
        var world = new SeededJourneys(host);
        for (var number = 0; number < RecomputeJourneys.Portion + 10; number++)
            world.Touch(world.Person(), 10, Channel.Email);
        world.Pay(world.Sale(world.Person(), 5), 4, 500);
        await world.SaveAsync();
        Assert.True(await host.Services.GetRequiredService<SnapshotDesk>().AskAsync("user:test", CancellationToken.None));
        Assert.False(await host.Services.GetRequiredService<SnapshotDesk>().AskAsync("user:test", CancellationToken.None));

        // The process dies after the first portion was stored.
        using var dead = new CancellationTokenSource();
        using (host.Services.GetRequiredService<ChangeFeed>().Listen(nameof(JourneyBlock), dead.Cancel))
        {
            await using var scope = host.Services.CreateAsyncScope();
            await using var db = await host.OpenDatabaseAsync();
            var row = await db.Set<OutboxRow>().SingleAsync(one => one.Job == nameof(RecomputeJourneys));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scope.ServiceProvider.GetRequiredService<RecomputeJourneys>().RunAsync(row, dead.Token));
        }

        var state = await Queries.StateAsync();
        Assert.Null(state.Last);
        Assert.Equal((RecomputeJourneys.Portion, RecomputeJourneys.Portion + 11), (state.Running!.Done, state.Running.Of));
        Assert.NotNull(state.Running.Left);
        Assert.Null(await Queries.CompareAsync(Asked));

        await host.DrainAsync();
        state = await Queries.StateAsync();
        Assert.Null(state.Running);
        Assert.Equal((RecomputeJourneys.Portion + 11, RecomputeJourneys.Portion + 10), (state.Last!.People, state.Last.Touches));
        var report = (await Queries.CompareAsync(Asked))!;
        Assert.Equal((RecomputeJourneys.Portion + 10, 500), (report.NullPaths, report.Unattributed.Minor));
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

        var roles = (await Queries.RolesAsync(Asked))!;
        Assert.Equal([("email", 0, 0, 1), ("paid_search", 1, 1, 0)], roles.Rows.Select(row => (row.Channel, row.Opened, row.Assisted, row.Closed)));
        var leads = (await Queries.CompareAsync(Asked with { Kind = ConversionKind.Lead }))!;
        Assert.Equal((2.0, null, 1, 1), (leads.Conversions, leads.Minor, leads.NullPaths, leads.OpenPaths));
    }

    /// <summary>A property is asked by whoever draws, who waits for nothing.</summary>
    private static bool Ended(Task<bool> asked) => asked.GetAwaiter().GetResult();

    private async Task<bool> AddsUpAsync(int seed)
    {
        await host.ForgetAsync();
        var world = SeededJourneys.Draw(host, new(seed));
        await world.SaveAsync();
        await world.ComputeAsync();
        foreach (var (days, currency) in AttributionQuestion.LookBacks.SelectMany(days => new[] { (days, "EUR"), (days, "USD") }))
        {
            var question = Asked with { LookBackDays = days, Currency = currency };
            var report = (await Queries.CompareAsync(question))!;
            Assert.Equal(world.PaidMinor(currency), report.Minor);
            Assert.Equal(report.Unattributed.Minor, report.Unattributed.Parts.Sum(part => part.Minor));
            foreach (var model in report.Models.Where(model => model.IsAdditive))
            {
                Assert.Equal(report.Minor, report.Unattributed.Minor + report.Rows.Sum(row => row.Models[model].Minor));
                if (report.Rows.Any(row => row.Models[model].Conversions != 0))
                    Assert.Equal(report.Conversions, report.Unattributed.Conversions + report.Rows.Sum(row => row.Models[model].Conversions), 6);
            }

            // A filter takes rows away and moves no total.
            var filtered = (await Queries.CompareAsync(question with { Channel = Channel.Email }))!;
            Assert.Equal((report.Minor, report.Conversions, report.Unattributed.Minor), (filtered.Minor, filtered.Conversions, filtered.Unattributed.Minor));
            Assert.Equal(report.Rows.Select(row => row.Channel).Order(), filtered.AllRows.Select(row => row.Channel).Order());
            Assert.Equal(report.Minor, filtered.Unattributed.Minor + filtered.AllRows.Sum(row => row.Models[AttributionModel.Linear].Minor));
            foreach (var model in new[] { AttributionModel.Position, AttributionModel.Markov1, AttributionModel.Shapley })
                await OpensAsync(question with { Model = model }, report);
        }

        return true;
    }

    /// <summary>Campaigns, journeys and reasons under a channel add up to it; one journey's steps to its own payment.</summary>
    private async Task OpensAsync(AttributionQuestion question, ComparisonReport report)
    {
        foreach (var row in report.Rows.Where(row => row.Influenced > 0))
        {
            var figure = row.Models[question.Model];
            var campaigns = (await Queries.CampaignsAsync(question, row.Channel))!;
            Assert.Equal((figure.Minor, figure.Minor), (campaigns.Minor, campaigns.Rows.Sum(campaign => campaign.Minor)));
            Assert.Equal(figure.Conversions, campaigns.Rows.Sum(campaign => campaign.Conversions), 6);
            var journeys = (await Queries.JourneysAsync(question, new() { Channel = row.Channel, Size = 10_000 }))!;
            Assert.Equal(figure.Minor, journeys.Rows.Sum(journey => journey.Minor));
            foreach (var campaign in campaigns.Rows)
                Assert.Equal(campaign.Minor, (await Queries.JourneysAsync(question, new() { Channel = row.Channel, Campaign = campaign.Key, Size = 10_000 }))!.Rows.Sum(journey => journey.Minor));
            var why = (await Queries.WhyAsync(question, row.Channel))!;
            Assert.Equal(figure.Minor, why.Paths.Sum(path => path.Minor) + (why.OtherPaths?.Minor ?? 0));
            var one = (await Queries.JourneyAsync(question, journeys.Rows[0].Id))!;
            Assert.Equal((one.ValueMinor, 1.0), (one.Steps.Sum(step => step.Minor ?? 0), Math.Round(one.Steps.Sum(step => step.Weight ?? 0), 9)));
        }
    }

    private async Task<bool> IsTheSameShuffledAsync(int seed)
    {
        var told = new List<string>();
        foreach (var order in new[] { null, new Random(1), new Random(2) })
        {
            await host.ForgetAsync();
            var world = SeededJourneys.Draw(host, new(seed));
            await world.SaveAsync(order);
            await world.ComputeAsync();
            var report = (await Queries.CompareAsync(Asked))!;
            told.Add(LinesOf(report));
        }

        return told.Distinct().Count() == 1;
    }

    /// <summary>Questions asked before, during and after: the counts that went along say what counting from the beginning says.</summary>
    private async Task<bool> IsTheSameInPlaceAsync(int seed)
    {
        await host.ForgetAsync();
        var random = new Random(seed);
        var world = SeededJourneys.Draw(host, random);
        await world.SaveAsync();
        await world.ComputeAsync();
        AttributionQuestion[] questions = [Asked, Asked with { LookBackDays = 14 }, Asked with { Kind = ConversionKind.Lead }];
        for (var time = 0; time < 3; time++)
        {
            foreach (var question in questions)
                Assert.NotNull(await Queries.CompareAsync(question));
            world.PayMore(random);
            await world.SaveAsync();
            Told();
        }

        var inPlace = new List<string>();
        foreach (var question in questions)
            inPlace.Add(LinesOf((await Queries.CompareAsync(question))!));
        Assert.Equal(world.PaidMinor(), (await Queries.CompareAsync(Asked))!.Minor);
        await world.ComputeAsync();
        foreach (var (index, question) in questions.Index())
            Assert.Equal(LinesOf((await Queries.CompareAsync(question))!), inPlace[index]);
        return true;
    }

    private static string LinesOf(ComparisonReport report) =>
        string.Join('|', report.Rows.OrderBy(row => row.Channel, StringComparer.Ordinal).SelectMany(row => row.Models.Select(cell => $"{row.Channel} {cell.Key} {cell.Value.Conversions:F9} {cell.Value.Minor}"))) + $" {report.NullPaths} {report.OpenPaths} {report.Unattributed.Minor}";

    private async Task<(long? Social, long? Email)> OfFirstTouchAsync()
    {
        var report = (await Queries.CompareAsync(Asked))!;
        long? Of(string channel) => report.Rows.SingleOrDefault(row => row.Channel == channel)?.Models[AttributionModel.First].Minor ?? 0;
        return (Of(Channel.PaidSocial), Of(Channel.Email));
    }

    private async Task ChangeAsync(Guid id, Action<Person> change)
    {
        await using var db = await host.OpenDatabaseAsync();
        change(await db.Set<Person>().SingleAsync(person => person.Id == id));
        await db.SaveChangesAsync();
    }

    private async Task<bool> IsInABlockAsync(Guid person)
    {
        await using var db = await host.OpenDatabaseAsync();
        return (await db.Set<JourneyBlock>().Select(block => block.Content).ToListAsync()).Exists(content => content.AsSpan().IndexOf(person.ToByteArray()) >= 0);
    }

    /// <summary>As the receiver's own commit does.</summary>
    private void Told() => host.Services.GetRequiredService<ChangeFeed>().Publish(nameof(Payment));

    public sealed class Standing : IAsyncDisposable
    {
        public Standing() => Host = new() { Clock = Clock };

        public TurnableClock Clock { get; } = new(SeededJourneys.Noon.AddHours(1));

        public RevOpsHost Host { get; }

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }
}
