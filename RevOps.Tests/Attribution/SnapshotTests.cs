using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Attribution;
using RevOps.Core.Attribution.Models;
using RevOps.Core.Attribution.Results;
using RevOps.Core.Attribution.Snapshots;
using RevOps.Core.People;
using RevOps.Core.Platform.Live;
using RevOps.Core.Platform.Outbox;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Attribution;

/// <summary>How a snapshot keeps up with what happens: money that moves, people who are joined, forgotten or withdraw, a process that dies.</summary>
public sealed class SnapshotTests(StandingHost standing) : IClassFixture<StandingHost>, IAsyncLifetime
{
    private static readonly AttributionQuestion Asked = StandingHost.Asked;
    private readonly RevOpsHost host = standing.Host;

    private AttributionQueries Queries => standing.Queries;

    public async ValueTask InitializeAsync() => await host.ForgetAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Whoever was read anew for one sale is read anew for the next one.</summary>
    [Fact]
    public async Task ASecondSaleOfOneBuyerSinceTheSnapshot_FindsItsVisits()
    {
        var world = new SeededJourneys(host);
        var ann = world.Person();
        world.Touch(ann, 40, Channel.Email);
        await world.SaveAsync();
        await world.ComputeAsync();
        foreach (var number in new[] { 1, 2 })
        {
            world.Pay(world.Sale(ann, 10 - number), 5 - number, 100);
            await world.SaveAsync();
            standing.Told();
            var report = (await Queries.CompareAsync(Asked))!;
            Assert.Equal((number * 100, number, 0), (report.Minor, report.Conversions, report.Unattributed.Minor));
        }
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
        standing.Told();
        var after = (await Queries.CompareAsync(Asked))!;
        Assert.Equal((60_008, 2, 0, 1), (after.Minor, after.Conversions, after.NullPaths, after.Basis.SalesSince));
        Assert.Equal(before.Basis.AsOf, after.Basis.AsOf);
        Assert.Equal(7, after.Rows.Single(row => row.Channel == Channel.PaidSocial).Models[AttributionModel.First].Minor);

        // In place or from the beginning, it is the same.
        await world.ComputeAsync();
        var anew = (await Queries.CompareAsync(Asked))!;
        Assert.Equal(StandingHost.LinesOf(after), StandingHost.LinesOf(anew));
        Assert.Equal(0, anew.Basis.SalesSince);

        // All goes back: nothing converted.
        world.Pay(sale, 0.5, -60_001);
        await world.SaveAsync();
        standing.Told();
        var gone = (await Queries.CompareAsync(Asked))!;
        Assert.Equal((7, 1, 1), (gone.Minor, gone.Conversions, gone.NullPaths));
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

    /// <summary>Pages read none of another version: a start asks for a new one, and only once.</summary>
    [Fact]
    public async Task AVersionThatWorksThemOutOtherwise_AsksForANewOneAtItsStart()
    {
        var desk = host.Services.GetRequiredService<SnapshotDesk>();
        Assert.False(await desk.AskIfOutdatedAsync(CancellationToken.None));
        var world = new SeededJourneys(host);
        world.Touch(world.Person(), 40, Channel.Email);
        await world.SaveAsync();
        await world.ComputeAsync();
        Assert.False(await desk.AskIfOutdatedAsync(CancellationToken.None));

        await using (var db = await host.OpenDatabaseAsync())
            await db.Set<AttributionSnapshot>().ExecuteUpdateAsync(set => set.SetProperty(snapshot => snapshot.Engine, AttributionSnapshot.CurrentEngine - 1));
        standing.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null((await Queries.StateAsync()).Last);
        Assert.True(await desk.AskIfOutdatedAsync(CancellationToken.None));
        Assert.False(await desk.AskIfOutdatedAsync(CancellationToken.None));
        await host.DrainAsync();
        Assert.Equal(AttributionSnapshot.CurrentEngine, (await Queries.StateAsync()).Last!.Engine);
        Assert.False(await desk.AskIfOutdatedAsync(CancellationToken.None));
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
        standing.Told();
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
}
