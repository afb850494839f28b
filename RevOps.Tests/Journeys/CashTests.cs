using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Billing;
using RevOps.Core.Identity;
using RevOps.Core.Ingestion;
using RevOps.Core.Platform;
using RevOps.Core.Receivables;
using RevOps.Core.Receivables.Cash;
using RevOps.Core.Scorecard.Outlook;
using RevOps.Tests.Identity;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Journeys;

/// <summary>Which cash is expected from real sales and payments, a promise and a dispute, and how the same rule did before.</summary>
public sealed class CashTests : IAsyncLifetime
{
    private Agency agency = null!;

    private CashQueries Queries => agency.Host.Services.GetRequiredService<CashQueries>();

    public async ValueTask InitializeAsync() => agency = await Agency.OpenAsync();

    public ValueTask DisposeAsync() => agency.DisposeAsync();

    [Fact]
    public async Task CanSeeTheWeeksAndOpenTheirInvoices()
    {
        await TellAsync();
        var view = await Queries.LoadAsync(currency: null, CancellationToken.None);
        Assert.Equal((Day("2026-06-13"), Day("2026-06-08"), 5), (view.Forecast.From, view.Forecast.Weeks[0].Monday, view.Hazard.Paid));
        Assert.Equal((72_000L, 0L, 36_000L, 108_000L), (view.Forecast.WithinMinor, view.Forecast.LaterMinor, view.Forecast.NotExpectedMinor, view.Forecast.TotalMinor));

        // One client pays ten days late, another named a day, a third contests.
        Assert.Equal(
            [(CashBasis.Promise, Day("2026-06-30")), (CashBasis.Habit, Day("2026-07-23")), (CashBasis.Disputed, (DateOnly?)null)],
            (await RowsAsync(view, new())).Rows.Select(row => (row.Expected.Basis, row.Expected.Late)));
        foreach (var week in view.Forecast.Weeks)
            Assert.Equal((week.Minor, week.Invoices), await RowsAsync(view, new() { Week = week.Monday }) is var rows ? (rows.Sum.Minor, rows.Count) : default);
        Assert.Equal(
            new long[] { 72_000, 0, 36_000, 108_000 },
            await Task.WhenAll(new[] { CashPart.Within, CashPart.Later, CashPart.None, CashPart.All }.Select(async part => (await RowsAsync(view, new() { Part = part })).Sum.Minor)));
        Assert.Equal((await agency.Host.Services.GetRequiredService<ReceivableQueries>().RowsAsync(new(view.Forecast.From), CancellationToken.None)).Sum.Minor, view.Forecast.TotalMinor);

        await agency.Host.HireAsync("ann@agency.example", Roles.Finance);
        using var finance = agency.Host.Client();
        (await finance.TryPasswordAsync("ann@agency.example", Staff.Password)).Dispose();
        Assert.Contains("720.00", await finance.GetStringAsync("/receivables/cash"), StringComparison.Ordinal);
        var opened = await finance.GetStringAsync("/receivables/cash?week=2026-06-29");
        Assert.Contains("600.00", opened, StringComparison.Ordinal);
        Assert.DoesNotContain((await agency.InvoiceAsync("B-2")).Number!, opened, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CanOpenTheWeeksOfAnInvoiceThatMayComeInSeveral()
    {
        // Six of one client were paid, three ten days late and three fifty.
        foreach (var booking in Paid.Append("B-2"))
            await IssuedAsync(booking, "one", 1_200);
        await MoveAsync(40);
        foreach (var booking in Paid.Take(3))
            await PayAsync(booking);
        await MoveAsync(40);
        foreach (var booking in Paid.Skip(3).Append("B-2"))
            await PayAsync(booking);
        await IssuedAsync("B-3", "one", 99.99m);

        var view = await Queries.LoadAsync(currency: null, CancellationToken.None);
        var weeks = view.Forecast.Weeks.Where(week => week.Minor > 0).ToList();
        Assert.Equal((2, 11_999L, 0L), (weeks.Count, weeks.Sum(week => week.Minor), view.Forecast.LaterMinor));
        Assert.Equal(1, Math.Abs(weeks[0].Minor - weeks[1].Minor));
        foreach (var week in weeks)
        {
            var rows = await RowsAsync(view, new() { Week = week.Monday });
            Assert.Equal((week.Minor, week.Minor, 11_999L), (rows.Sum.Minor, rows.Rows.Single().Amount.Minor, rows.Rows.Single().Invoice.Open.Minor));
        }

        // The page of thirteen weeks tells the same.
        var outlook = await agency.Host.Services.GetRequiredService<CashOutlookQueries>().OfAsync(CashScenario.None, CancellationToken.None);
        Assert.Equal(view.Forecast.Weeks.Select(week => week.Minor), outlook.AsIs.Weeks.Select(week => week.OpenMinor));
    }

    [Fact]
    public async Task CanSeeByHowMuchTheRuleWasWrong()
    {
        await TellAsync();
        await MoveAsync(40);
        foreach (var booking in new[] { "B-2", "B-3" })
            await PayAsync(booking);
        await MoveAsync(18);

        // Eight weeks before Monday 10 August the promise of B-3 still counted, and was broken by three weeks.
        var trial = (await Queries.BacktestAsync("EUR", 8, CancellationToken.None))!;
        Assert.Equal((Day("2026-06-15"), 72_000L, 72_000L, 0d), (trial.From, trial.ExpectedMinor, trial.CameMinor, trial.Error!.Value));
        Assert.Equal(120_000d / 72_000, trial.WeeklyError!.Value, 6);
        Assert.Equal([(Day("2026-06-29"), 60_000L, 0L), (Day("2026-07-20"), 12_000L, 72_000L)], trial.Weeks.Where(week => week.ExpectedMinor + week.CameMinor > 0).Select(week => (week.Monday, week.ExpectedMinor, week.CameMinor)));

        // Four weeks before it had been broken already, and the rule said the week in which both came.
        Assert.Equal((72_000L, 0d), await Queries.BacktestAsync("EUR", 4, CancellationToken.None) is { } later ? (later.ExpectedMinor, later.WeeklyError) : default);

        // Before anything was issued there is nothing to try it on.
        Assert.Null(await Queries.BacktestAsync("USD", 4, CancellationToken.None));
    }

    // As many as tell by themselves when money comes.
    private static readonly string[] Paid = ["B-1", "P-2", "P-3", "P-4", "P-5"];

    /// <summary>Five invoices were paid ten days late; three are open, of which one has a promise and one is contested.</summary>
    private async Task TellAsync()
    {
        foreach (var booking in Paid)
            await IssuedAsync(booking, "one", 1_200);
        await MoveAsync(40);
        foreach (var booking in Paid)
            await PayAsync(booking);
        await IssuedAsync("B-2", "one", 100);
        await IssuedAsync("B-3", "two", 500);
        await IssuedAsync("B-4", "three", 300);
        var now = agency.Clock.GetUtcNow();
        await using var db = await agency.Host.OpenDatabaseAsync();
        db.Add(new PaymentPromise { Id = Guid.NewGuid(), InvoiceId = (await agency.InvoiceAsync("B-3")).Id, PromisedOn = Day("2026-06-20"), UserId = agency.Finance, OccurredAt = now.AddHours(-2), EndedAt = now.AddHours(-1) });
        db.Add(new PaymentPromise { Id = Guid.NewGuid(), InvoiceId = (await agency.InvoiceAsync("B-3")).Id, PromisedOn = Day("2026-06-30"), UserId = agency.Finance, OccurredAt = now.AddHours(-1) });
        db.Add(new InvoiceDispute { Id = Guid.NewGuid(), InvoiceId = (await agency.InvoiceAsync("B-4")).Id, Reason = DisputeReason.Quality, OwnerId = agency.Finance, UserId = agency.Finance, OpenedAt = now.AddHours(-1) });
        db.Add(new InvoiceDispute { Id = Guid.NewGuid(), InvoiceId = (await agency.InvoiceAsync("B-2")).Id, Reason = DisputeReason.Price, OwnerId = agency.Finance, UserId = agency.Finance, OpenedAt = now.AddHours(-2), ClosedAt = now.AddHours(-1) });
        await db.SaveChangesAsync();
    }

    private Task<CashRows> RowsAsync(CashView view, CashFilter filter) => Queries.RowsAsync(view, filter, CancellationToken.None);

    private async Task PayAsync(string booking)
    {
        agency.Sandbox.Pay((await agency.InvoiceAsync(booking)).StripeInvoiceId!);
        await agency.DrainUntilAsync(async () => (await agency.InvoiceAsync(booking)).Status == InvoiceStatus.Paid);
    }

    private async Task MoveAsync(int days)
    {
        agency.Clock.Advance(TimeSpan.FromDays(days));
        await agency.Host.DrainAsync();
    }

    private async Task IssuedAsync(string booking, string customer, decimal unitAmount)
    {
        var sale = Events.Sale(booking, customer: customer, unitAmount: unitAmount);
        sale["customer"]!["legalName"] = $"Company {customer}";
        await agency.SendAsync("booking_confirmed", sale);
        await agency.Host.DrainAsync();
        Assert.Equal(DecisionResult.Done, await agency.ApproveAsync(booking));
        await agency.Host.DrainAsync();
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
