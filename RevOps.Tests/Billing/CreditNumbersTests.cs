using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Billing;
using RevOps.Core.Identity;
using RevOps.Core.Ingestion;
using RevOps.Core.Platform;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Billing;

/// <summary>The numbers of credit notes are 1 to n of their year and mode, whatever happens between them.</summary>
public sealed class CreditNumbersTests(CreditNumbersTests.Desk desk) : IClassFixture<CreditNumbersTests.Desk>
{
    private const int Notes = 36;

    /// <summary>What may become of a note between its proposal and its number.</summary>
    private enum Fate
    {
        Approved = 0,
        ClickedByTwo = 1,
        Rejected = 2,
        MoreThanIsLeft = 3,
        BreaksAtTheSave = 4,
        BreaksAtTheCommit = 5,
        BreaksAndIsTriedAgain = 6,
        GivenUpByTheBrowser = 7,
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20261231)]
    [InlineData(4_711)]
    public async Task Numbers_AreWithoutGapOrDouble_OverAYearsEnd(int seed)
    {
        var random = new Random(seed);
        var invoices = new Dictionary<Mode, Guid>();
        foreach (var mode in new[] { Mode.Live, Mode.Test })
            invoices[mode] = await new SomeSales(desk.Host).AddAsync($"B-{seed}-{mode}", SomeCredits.Sent($"F-{seed}-{mode}", isPaid: true), mode);
        var plan = new List<(Guid Note, Fate Fate)>();
        foreach (var mode in Enumerable.Range(0, Notes).Select(_ => random.Next(3) == 0 ? Mode.Test : Mode.Live))
        {
            var fate = (Fate)random.Next(8);
            plan.Add((await desk.Host.CreditAsync(invoices[mode], fate == Fate.MoreThanIsLeft ? 10_005 : 10), fate));
        }

        // Half past eleven in the company's evening: a third of the clicks is before the year's end, a third around it, a third after it.
        var year = desk.Clock.GetUtcNow().AddDays(1).Year;
        desk.Clock.TurnTo(new(year, 12, 31, 22, 30, 0, TimeSpan.Zero));
        List<Task> Click(IEnumerable<(Guid Note, Fate Fate)> notes) => [.. notes.Select(note => Task.Run(() => DecideAsync(note.Note, note.Fate)))];
        var (before, around) = (Click(plan.Take(Notes / 3)), Click(plan.Skip(Notes / 3).Take(Notes / 3)));
        await Task.WhenAll(before);
        desk.Clock.Advance(TimeSpan.FromHours(1));
        await Task.WhenAll(around.Concat(Click(plan.Skip(2 * (Notes / 3)))));

        await AssertGaplessAsync();
        await using var db = await desk.Host.OpenDatabaseAsync();
        var (ids, company) = (plan.ConvertAll(note => note.Note), await desk.Host.Services.GetRequiredService<CompanyProfile>().CurrentAsync());
        var notes = await db.Set<CreditNote>().AsNoTracking().Where(note => ids.Contains(note.Id)).ToDictionaryAsync(note => note.Id, TestContext.Current.CancellationToken);
        foreach (var (id, fate) in plan.Where(note => note.Fate != Fate.GivenUpByTheBrowser))
            Assert.Equal((fate, fate is Fate.Approved or Fate.ClickedByTwo or Fate.BreaksAndIsTriedAgain), (fate, notes[id].Number is not null));
        Assert.All(notes.Values.Where(note => note.Number is not null), note => Assert.StartsWith($"AV-{company.DayOf(note.ApprovedAt!.Value).Year}-", note.Number, StringComparison.Ordinal));
        Assert.Equal([year, year + 1], notes.Values.Where(note => note.ApprovedAt is not null).Select(note => company.DayOf(note.ApprovedAt!.Value).Year).Distinct().Order());
    }

    /// <summary>Where no gate stands before the database, as on SQL Server, the version of the series refuses whoever came second.</summary>
    [Fact]
    public async Task Number_TakenByTwoAtOnce_IsTheFirstOnes()
    {
        var day = new DateOnly(2019, 12, 31);
        foreach (var expected in new[] { "AV-2019-0001", "AV-2019-0002" })
        {
            await using var one = await desk.Host.OpenDatabaseAsync();
            await using var other = await desk.Host.OpenDatabaseAsync();
            Assert.Equal(expected, await CreditNumbers.TakeAsync(one, Mode.Live, day, CancellationToken.None));
            Assert.Equal(expected, await CreditNumbers.TakeAsync(other, Mode.Live, day, CancellationToken.None));
            await one.SaveChangesAsync(TestContext.Current.CancellationToken);
            await Assert.ThrowsAnyAsync<DbUpdateException>(() => other.SaveChangesAsync(TestContext.Current.CancellationToken));
        }
    }

    private async Task AssertGaplessAsync()
    {
        await using var db = await desk.Host.OpenDatabaseAsync();
        var numbers = await db.Set<CreditNote>().Where(note => note.Number != null).Select(note => new { note.Mode, note.Number }).ToListAsync(TestContext.Current.CancellationToken);
        foreach (var series in numbers.GroupBy(note => $"{note.Mode}/{note.Number![3..7]}"))
        {
            var taken = series.Select(note => int.Parse(note.Number![8..], System.Globalization.CultureInfo.InvariantCulture)).Order().ToList();
            Assert.Equal(Enumerable.Range(1, taken.Count), taken);
            Assert.Equal(taken.Count, await db.Set<NumberSeries>().Where(row => row.Id == $"credit/{series.Key}").Select(row => row.Last).SingleAsync(TestContext.Current.CancellationToken));
        }
    }

    private async Task DecideAsync(Guid note, Fate fate)
    {
        if (fate is Fate.BreaksAtTheSave or Fate.BreaksAtTheCommit or Fate.BreaksAndIsTriedAgain)
        {
            desk.Breaks.Break(note, atCommit: fate == Fate.BreaksAtTheCommit);
            await Assert.ThrowsAnyAsync<Exception>(() => ClickAsync(note));
        }

        switch (fate)
        {
            case Fate.Approved or Fate.BreaksAndIsTriedAgain:
                await ClickAsync(note);
                break;
            case Fate.ClickedByTwo:
                await Task.WhenAll(ClickAsync(note), ClickAsync(note));
                break;
            case Fate.Rejected:
                await using (var scope = desk.Host.Services.CreateAsyncScope())
                    Assert.Equal(DecisionResult.Done, await scope.ServiceProvider.GetRequiredService<CreditInvoice>().RejectAsync(note, desk.Finance, "Not this one", CancellationToken.None));
                break;
            case Fate.MoreThanIsLeft:
                Assert.Equal(DecisionResult.Outdated, await ClickAsync(note));
                break;
            case Fate.GivenUpByTheBrowser:
                using (var gone = new CancellationTokenSource(TimeSpan.FromMilliseconds(note.ToByteArray()[15] % 40)))
                    await Record.ExceptionAsync(() => ClickAsync(note, gone.Token));
                break;
        }
    }

    private async Task<DecisionResult> ClickAsync(Guid note, CancellationToken cancel = default)
    {
        await using var scope = desk.Host.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<CreditInvoice>().ApproveAsync(note, desk.Finance, cancel);
    }

    public sealed class Desk : IAsyncLifetime
    {
        public Desk() => Host = new() { Clock = Clock, Configure = services => services.AddSingleton<IInterceptor>(Breaks) };

        public TurnableClock Clock { get; } = new(SomeSales.Noon);

        public Breaking Breaks { get; } = new();

        public RevOpsHost Host { get; }

        public Approver Finance { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            await using var scope = Host.Services.CreateAsyncScope();
            var users = scope.ServiceProvider.GetRequiredService<UserManager<User>>();
            var person = new User { UserName = "finance@example.com", Email = "finance@example.com" };
            await users.CreateAsync(person);
            await users.AddToRoleAsync(person, Roles.Finance);
            Finance = new(person.Id, await users.GetSecurityStampAsync(person));
        }

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }

    /// <summary>Breaks the next save or commit that numbers a note: the number was taken by then, and has to come back.</summary>
    public sealed class Breaking : SaveChangesInterceptor, IDbTransactionInterceptor
    {
        private readonly ConcurrentDictionary<Guid, bool> atCommit = [];

        public void Break(Guid note, bool atCommit) => this.atCommit[note] = atCommit;

        public override ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            ThrowFor(eventData.Context, isCommit: false);
            return ValueTask.FromResult(result);
        }

        public ValueTask<InterceptionResult> TransactionCommittingAsync(DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
        {
            ThrowFor(eventData.Context, isCommit: true);
            return ValueTask.FromResult(result);
        }

        private void ThrowFor(DbContext? db, bool isCommit)
        {
            foreach (var note in db!.ChangeTracker.Entries<CreditNote>().Select(entry => entry.Entity).Where(note => note.Number is not null))
            {
                if (atCommit.TryRemove(new(note.Id, isCommit)))
                    throw new IOException("The disk is full.");
            }
        }
    }
}
