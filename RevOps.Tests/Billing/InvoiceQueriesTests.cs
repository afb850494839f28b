using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Billing;
using RevOps.Core.Platform;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Billing;

/// <summary>Over a real SQLite file: what a translation to SQL gets wrong shows nowhere else.</summary>
public sealed class InvoiceQueriesTests(InvoiceQueriesTests.OneHost one) : IClassFixture<InvoiceQueriesTests.OneHost>, IAsyncLifetime
{
    private readonly RevOpsHost host = one.Host;
    private readonly SomeSales sales = new(one.Host);

    public async ValueTask InitializeAsync() => await host.ForgetAsync();

    private InvoiceQueries Queries => host.Services.GetRequiredService<InvoiceQueries>();

    [Fact]
    public async Task Waiting_PutsProblemsFirstThenTheOldestSale()
    {
        await sales.AddAsync("new");
        await sales.AddAsync("old", soldAt: SomeSales.Noon.AddDays(-2));
        await sales.AddAsync("incomplete", invoice => invoice.Problems = ReviewProblem.EmailMissing);
        await sales.AddAsync("held", invoice => invoice.Status = InvoiceStatus.Held, soldAt: SomeSales.Noon.AddDays(-1));
        await sales.AddAsync("decided", invoice => invoice.Status = InvoiceStatus.Open);

        Assert.Equal(["held", "incomplete", "old", "new"], await SalesOf(WaitingGroup.All));
        Assert.Equal(["old", "new"], await SalesOf(WaitingGroup.Ready));
        Assert.Equal(["held", "incomplete"], await SalesOf(WaitingGroup.Blocked));
        var counts = await Queries.CountWaitingAsync(CancellationToken.None);
        Assert.Equal((2, 1, 1), (counts.Ready, counts.Incomplete, counts.Held));
        Assert.Equal([new Money(24_000, "EUR")], counts.ReadySums);
    }

    [Fact]
    public async Task Waiting_KeepsProblemsFirstInEveryOrder()
    {
        await sales.AddAsync("old", soldAt: SomeSales.Noon.AddDays(-2));
        await sales.AddAsync("new");
        await sales.AddAsync("large", invoice => invoice.GrossMinor = 90_000, soldAt: SomeSales.Noon.AddDays(-1));
        await sales.AddAsync("held", invoice => invoice.Status = InvoiceStatus.Held, soldAt: SomeSales.Noon.AddDays(-1));

        Assert.Equal(["held", "new", "large", "old"], await SalesOf(new WaitingFilter { Sort = WaitingSort.Newest }));
        Assert.Equal(["held", "large"], (await SalesOf(new WaitingFilter { Sort = WaitingSort.Largest })).Take(2));
        Assert.Equal(["large"], await SalesOf(new WaitingFilter { Text = "lar" }));
    }

    [Fact]
    public async Task Ready_IsAllThatMayBeApprovedUnderTheFilterOnEveryPage()
    {
        for (var number = 0; number < 30; number++)
            await sales.AddAsync($"B-{number}");
        await sales.AddAsync("X-1");
        await sales.AddAsync("B-held", invoice => invoice.Status = InvoiceStatus.Held);
        await sales.AddAsync("B-incomplete", invoice => invoice.Problems = ReviewProblem.EmailMissing);

        var filter = new WaitingFilter { Text = "B-", Page = 2 };
        var (ready, counts) = (await Queries.ReadyAsync(filter, CancellationToken.None), await Queries.CountWaitingAsync(filter, CancellationToken.None));
        Assert.Equal(30, ready.Count);
        Assert.All(ready, row => Assert.True(row.MayBeApproved));
        Assert.Equal((30, 1, 1), (counts.Ready, counts.Incomplete, counts.Held));
        Assert.Equal([ready.Select(row => row.Gross).Aggregate((sum, gross) => sum + gross)], counts.ReadySums);
    }

    [Theory]
    [InlineData(InvoiceSort.Paid)]
    [InlineData(InvoiceSort.Issued)]
    [InlineData(InvoiceSort.Due)]
    [InlineData(InvoiceSort.Number)]
    public async Task List_PutsWhatHasNoSuchValueLastInBothDirections(InvoiceSort sort)
    {
        await sales.AddAsync("none");
        await AddAsync("first", 1);
        await AddAsync("second", 2);

        Assert.Equal(["first", "second", "none"], await SortedAsync(sort, ascending: true));
        Assert.Equal(["second", "first", "none"], await SortedAsync(sort, ascending: false));

        Task AddAsync(string booking, int number) => sales.AddAsync(booking, invoice =>
        {
            (invoice.Status, invoice.Number, invoice.DueOn) = (InvoiceStatus.Open, $"INV-{number}", new(2026, 3, number));
            (invoice.IssuedAt, invoice.PaidAt) = (SomeSales.Noon.AddDays(number), SomeSales.Noon.AddDays(number));
        });
    }

    [Fact]
    public async Task List_SortsByWhatIsStillOwed()
    {
        await sales.AddAsync("draft", invoice => invoice.GrossMinor = 99_000);
        await sales.AddAsync("half", invoice => (invoice.Status, invoice.PaidMinor) = (InvoiceStatus.Open, 6_000));
        await sales.AddAsync("whole", invoice => invoice.Status = InvoiceStatus.Uncollectible);

        Assert.Equal(["whole", "half", "draft"], await SortedAsync(InvoiceSort.Outstanding, ascending: false));
        Assert.Equal(["draft", "half", "whole"], await SortedAsync(InvoiceSort.Outstanding, ascending: true));
    }

    [Theory]
    [InlineData("INV-7")]
    [InlineData("in_B-1")]
    [InlineData("B-1")]
    [InlineData("ref-B-1")]
    public async Task List_FindsAnInvoiceByTheBeginningOfItsIdsAndByItsCustomersRef(string text)
    {
        await sales.AddAsync("B-1", invoice => invoice.Number = "INV-7001");
        await sales.AddAsync("X-2", invoice => invoice.Number = "INV-8001");

        var page = await Queries.ListAsync(new() { Text = text }, CancellationToken.None);
        Assert.Equal("Client B-1", Assert.Single(page.Rows).Customer);
    }

    [Fact]
    public async Task List_TakesAPercentSignForItself()
    {
        await sales.AddAsync("B-1");
        Assert.Empty((await Queries.ListAsync(new() { Text = "%" }, CancellationToken.None)).Rows);
    }

    [Fact]
    public async Task List_SumsPerCurrencyAndOwesOnlyWhatIsIssued()
    {
        await sales.AddAsync("draft");
        await sales.AddAsync("open", invoice => (invoice.Status, invoice.PaidMinor) = (InvoiceStatus.Open, 2_000));
        await sales.AddAsync("paid", invoice => (invoice.Status, invoice.PaidMinor) = (InvoiceStatus.Paid, 12_000));
        await sales.AddAsync("dollars", invoice => invoice.Status = InvoiceStatus.Open, currency: "USD");

        var page = await Queries.ListAsync(new(), CancellationToken.None);
        Assert.Equal([new(3, new(36_000, "EUR"), new(10_000, "EUR")), new(1, new(12_000, "USD"), new(12_000, "USD"))], page.Sums);
    }

    [Fact]
    public async Task List_ShowsEveryRowOnceOverItsPages()
    {
        for (var number = 0; number < 30; number++)
            await sales.AddAsync($"B-{number}");

        var filter = new InvoiceFilter { Sort = InvoiceSort.Amount };
        var (first, second, beyond) = (await Queries.ListAsync(filter, CancellationToken.None), await Queries.ListAsync(filter with { Page = 2 }, CancellationToken.None), await Queries.ListAsync(filter with { Page = 9 }, CancellationToken.None));
        Assert.Equal(30, first.Rows.Concat(second.Rows).Select(row => row.Id).Distinct().Count());
        Assert.Equal((25, 5, 2), (first.Rows.Count, second.Rows.Count, beyond.Number));
    }

    [Fact]
    public async Task List_CountsDaysInTheCompanysZone()
    {
        // Half past midnight of the second in Paris.
        await sales.AddAsync("B-1", soldAt: new DateTimeOffset(2026, 3, 1, 23, 30, 0, TimeSpan.Zero));
        Assert.Empty((await Queries.ListAsync(new() { To = new(2026, 3, 1) }, CancellationToken.None)).Rows);
        Assert.Single((await Queries.ListAsync(new() { From = new(2026, 3, 2), To = new(2026, 3, 2) }, CancellationToken.None)).Rows);
    }

    [Fact]
    public async Task List_KnowsWhatIsOverdue()
    {
        await sales.AddAsync("late", invoice => (invoice.Status, invoice.DueOn) = (InvoiceStatus.Open, new(2026, 3, 1)));
        await sales.AddAsync("today", invoice => (invoice.Status, invoice.DueOn) = (InvoiceStatus.Open, new(2026, 3, 2)));
        var row = Assert.Single((await Queries.ListAsync(new() { Group = InvoiceGroup.Overdue }, CancellationToken.None)).Rows);
        Assert.Equal(("late", true), (row.Sale, row.IsOverdue));
    }

    [Fact]
    public async Task Lists_NeverMixModes()
    {
        await sales.AddAsync("sandbox", mode: Mode.Sandbox);
        Assert.Empty(await SalesOf(WaitingGroup.All));
        Assert.Equal(0, (await Queries.ListAsync(new(), CancellationToken.None)).Count);
    }

    [Theory]
    [InlineData(true, "ann@example.com")]
    [InlineData(false, "a…@example.com")]
    public async Task Paper_AddsUpAndMasksTheEmailForWhoeverDoesNotNeedIt(bool clear, string email)
    {
        var id = await sales.AddAsync("B-1");
        var paper = await host.Services.GetRequiredService<InvoicePaperQueries>().OfAsync(id, clear, CancellationToken.None);

        Assert.NotNull(paper);
        Assert.Equal((email, "Audit"), (paper.Buyer?.Email, Assert.Single(paper.Lines).Description));
        Assert.Equal(new TaxSubtotal(TaxCategory.Standard, 2_000, paper.Net, paper.Tax), Assert.Single(paper.Subtotals));
        Assert.Equal((true, new DateOnly(2026, 4, 1)), (paper.DueIsAssumed, paper.DueOn));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task<IEnumerable<string?>> SalesOf(WaitingGroup group) => SalesOf(new WaitingFilter { Group = group });

    private async Task<IEnumerable<string?>> SalesOf(WaitingFilter filter) => (await Queries.WaitingAsync(filter, CancellationToken.None)).Rows.Select(row => row.Sale);

    private async Task<IEnumerable<string?>> SortedAsync(InvoiceSort sort, bool ascending) =>
        (await Queries.ListAsync(new() { Sort = sort, Ascending = ascending }, CancellationToken.None)).Rows.Select(row => row.Sale);

    public sealed class OneHost : IAsyncDisposable
    {
        public RevOpsHost Host { get; } = new() { Clock = new TurnableClock(SomeSales.Noon) };

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }
}
