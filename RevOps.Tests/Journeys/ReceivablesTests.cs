using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Billing;
using RevOps.Core.Identity;
using RevOps.Core.Ingestion;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Receivables;
using RevOps.Tests.Identity;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Journeys;

/// <summary>What clients owe, now and as it stood on past evenings, from real sales, payments, refunds and credit notes.</summary>
public sealed class ReceivablesTests : IAsyncLifetime
{
    private Agency agency = null!;

    private ReceivableQueries Queries => agency.Host.Services.GetRequiredService<ReceivableQueries>();

    public async ValueTask InitializeAsync() => agency = await Agency.OpenAsync();

    public ValueTask DisposeAsync() => agency.DisposeAsync();

    [Fact]
    public async Task CanSeeEachEveningAsItWasAndOpenItsRows()
    {
        var issued = await TodayAsync();
        await IssuedAsync("B-1", "one");
        await IssuedAsync("B-2", "two", 100);
        await MoveAsync(10);
        agency.Sandbox.Pay((await agency.InvoiceAsync("B-1")).StripeInvoiceId!, 44_000);
        await agency.DrainUntilAsync(async () => (await agency.InvoiceAsync("B-1")).PaidMinor == 44_000);
        var paid = await TodayAsync();
        await MoveAsync(35);
        agency.Sandbox.Pay((await agency.InvoiceAsync("B-2")).StripeInvoiceId!);
        await agency.DrainUntilAsync(async () => (await agency.InvoiceAsync("B-2")).Status == InvoiceStatus.Paid);
        var late = await TodayAsync();

        // The day before anything, the evening of issue, of the first payment, and now.
        Assert.Equal(new long[] { 0, 156_000, 112_000, 100_000 }, await OpenAsync(issued.AddDays(-1), issued, paid, late));
        Assert.Equal((0L, 100_000L), ((await FiguresAsync(paid)).Ageing.Overdue, (await FiguresAsync(late)).Ageing.UpTo30));

        // The rows of a figure add up to it, and so do the clients and the course.
        foreach (var day in new[] { issued, paid, late })
        {
            var (view, rows) = (await Queries.LoadAsync(day, compared: issued, "EUR", CancellationToken.None), await Queries.RowsAsync(new(day), CancellationToken.None));
            Assert.Equal(view.Figures.Open, rows.Sum);
            Assert.Equal(view.Figures.Open.Minor, rows.Rows.Sum(row => row.Open.Minor));
            Assert.Equal(view.Figures.Ageing.Total, view.Clients.Sum(client => client.Ageing.Total));
            var trend = await Queries.TrendAsync(day, 3, "EUR", CancellationToken.None);
            Assert.Equal((view.Figures.Ageing, view.Figures.Dso), (trend[^1].Ageing, trend[^1].Dso));
        }

        // The Overview tells the same of today.
        Assert.Equal(100_000, (int)(await agency.MetricsAsync())["receivables"]!["openMinor"]!);
        Assert.Equal((double)(await agency.MetricsAsync())["dso"]!["simpleDays"]!, (await FiguresAsync(late)).Dso.SimpleDays!.Value, 6);

        await agency.Host.HireAsync("ann@agency.example", Roles.Finance);
        using var finance = agency.Host.Client();
        (await finance.TryPasswordAsync("ann@agency.example", Staff.Password)).Dispose();
        Assert.Contains("1,120.00", await finance.GetStringAsync($"/receivables?on={paid:yyyy-MM-dd}"), StringComparison.Ordinal);
        Assert.Contains("Company one", await finance.GetStringAsync($"/receivables/open?on={late:yyyy-MM-dd}&late=true"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CanSeeWhatWentBackOnItsOwnDay()
    {
        await IssuedAsync("B-3", "three");
        var stripeId = (await agency.InvoiceAsync("B-3")).StripeInvoiceId!;
        await MoveAsync(1);
        agency.Sandbox.Pay(stripeId);
        await agency.DrainUntilAsync(async () => (await agency.InvoiceAsync("B-3")).Status == InvoiceStatus.Paid);
        var paid = await TodayAsync();
        await MoveAsync(40);
        agency.Sandbox.Refund(stripeId, 44_000);
        await agency.DrainUntilAsync(async () => (await agency.InvoiceAsync("B-3")).Outstanding.Minor == 44_000);
        var refunded = await TodayAsync();
        Assert.Equal(new long[] { 144_000, 0, 0, 44_000 }, await OpenAsync(paid.AddDays(-1), paid, refunded.AddDays(-1), refunded));
    }

    [Fact]
    public async Task CanDateWhatWasIssuedBeforeInvoicesKeptTheirDays()
    {
        await IssuedAsync("B-4", "four");
        var before = await agency.InvoiceAsync("B-4");
        await using (var db = await agency.Host.OpenDatabaseAsync())
        {
            await db.Set<Invoice>().ExecuteUpdateAsync(set => set.SetProperty(row => row.IssuedOn, (DateOnly?)null).SetProperty(row => row.MovedOn, (DateOnly?)null));
            db.Enqueue<DateInvoices>("all", agency.Clock.GetUtcNow(), key: "once");
            await db.SaveChangesAsync();
        }

        await agency.Host.DrainAsync();
        var after = await agency.InvoiceAsync("B-4");
        Assert.Equal((before.IssuedOn, before.MovedOn, before.SettledOn), (after.IssuedOn, after.MovedOn, after.SettledOn));
    }

    private async Task<ReceivableFigures> FiguresAsync(DateOnly day) => (await Queries.LoadAsync(day, compared: null, "EUR", CancellationToken.None)).Figures;

    private Task<long[]> OpenAsync(params DateOnly[] evenings) => Task.WhenAll(evenings.Select(async day => (await FiguresAsync(day)).Ageing.Total));

    private Task<DateOnly> TodayAsync() => Queries.TodayAsync(CancellationToken.None);

    private async Task MoveAsync(int days)
    {
        agency.Clock.Advance(TimeSpan.FromDays(days));
        await agency.Host.DrainAsync();
    }

    private async Task IssuedAsync(string booking, string customer, decimal unitAmount = 1_200)
    {
        var sale = Events.Sale(booking, customer: customer, unitAmount: unitAmount);
        sale["customer"]!["legalName"] = $"Company {customer}";
        await agency.SendAsync("booking_confirmed", sale);
        await agency.Host.DrainAsync();
        Assert.Equal(DecisionResult.Done, await agency.ApproveAsync(booking));
        await agency.Host.DrainAsync();
    }
}
