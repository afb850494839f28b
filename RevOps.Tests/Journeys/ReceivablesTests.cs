using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Billing;
using RevOps.Core.Identity;
using RevOps.Core.Ingestion;
using RevOps.Core.Platform;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Receivables;
using RevOps.Core.Scorecard.Notes;
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
    public async Task CanOpenTheRowsOfSalesAndOfTheErrorRate()
    {
        await IssuedAsync("B-5", "five");
        await IssuedAsync("B-6", "six", 100);
        await CreditAsync("B-6", 5_000, CreditReason.BillingError);
        await CreditAsync("B-5", 10_000, CreditReason.Goodwill);
        await using (var db = await agency.Host.OpenDatabaseAsync())
        {
            // As somebody voided it at Stripe before it was sent.
            await IssuedAsync("B-7", "seven", 50);
            await db.Set<Invoice>().Where(invoice => invoice.GrossMinor == 6_000).ExecuteUpdateAsync(set => set.SetProperty(invoice => invoice.Status, InvoiceStatus.Void));
        }

        var (today, figures) = (await TodayAsync(), await FiguresAsync(await TodayAsync()));
        Assert.Equal((2L, 3L, 144_000L + 12_000 - 6_000 - 12_000), (figures.Errors.Hits, figures.Errors.Of, figures.SoldMinor));
        var period = Period.Ending(today, Dso.PeriodDays);
        var (sales, all, wrong) = (await IssuedRowsAsync(new(period)), await IssuedRowsAsync(new(period) { Kind = IssuedKind.Invoices }), await IssuedRowsAsync(new(period) { Kind = IssuedKind.Wrong, Sort = IssuedSort.Amount }));
        Assert.Equal((figures.SoldMinor, figures.Errors.Of, figures.Errors.Hits), (sales.Sum.Minor, all.Count, wrong.Count));
        Assert.Equal(sales.Sum.Minor, sales.Rows.Sum(row => row.Amount.Minor));
        Assert.Equal([("Company six", false), ("Company seven", true)], wrong.Rows.Select(row => (row.Customer!, row.IsVoid)));
        Assert.Equal([true, true], sales.Rows.Where(row => row.Amount.Minor < 0).Select(row => row.IsCredit));
        Assert.Equal(0, (await IssuedRowsAsync(new(period.Previous))).Count);

        await agency.Host.HireAsync("ann@agency.example", Roles.Finance);
        using var finance = agency.Host.Client();
        (await finance.TryPasswordAsync("ann@agency.example", Staff.Password)).Dispose();
        Assert.Contains("/receivables/issued?show=wrong&amp;days=90", await finance.GetStringAsync("/receivables"), StringComparison.Ordinal);
        Assert.Contains("Company seven", await finance.GetStringAsync("/receivables/issued?show=wrong&days=90"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CanNoteOnTheTrendWhatHappenedAndTakeItBack()
    {
        var (notes, today) = (agency.Host.Services.GetRequiredService<Annotations>(), await TodayAsync());
        var other = await agency.ApproverAsync(await agency.HireAsync("boss@agency.example", Roles.Management));
        Assert.False(await notes.AddAsync(AnnotationTopic.Finance, today, "New terms", other, CancellationToken.None));
        Assert.True(await notes.AddAsync(AnnotationTopic.Finance, today, " New terms ", await agency.ApproverAsync(), CancellationToken.None));
        var note = Assert.Single(await WrittenAsync(notes, today.AddMonths(-1), today));
        Assert.Equal(("New terms", today, "finance"), (note.Text, note.Day, note.Author));
        Assert.Empty(await WrittenAsync(notes, today.AddDays(1), today.AddMonths(1)));

        Assert.False(await notes.CorrectAsync(note.Id!.Value, today, "Old terms", other, CancellationToken.None));
        Assert.True(await notes.CorrectAsync(note.Id!.Value, today.AddDays(-1), "Newer terms", await agency.ApproverAsync(), CancellationToken.None));
        Assert.Equal([("Newer terms", today.AddDays(-1))], (await WrittenAsync(notes, today.AddMonths(-1), today)).Select(one => (one.Text, one.Day)));
        Assert.False(await notes.RemoveAsync(note.Id!.Value, other, CancellationToken.None));
        Assert.True(await notes.RemoveAsync(note.Id!.Value, await agency.ApproverAsync(), CancellationToken.None));
        Assert.True(await notes.RemoveAsync(note.Id!.Value, await agency.ApproverAsync(), CancellationToken.None));
        Assert.Empty(await WrittenAsync(notes, today, today));
        await using var db = await agency.Host.OpenDatabaseAsync();
        Assert.Equal(["annotation.added", "annotation.corrected", "annotation.removed"], await db.Set<AuditEntry>().Where(entry => entry.SubjectId == note.Id.ToString()).OrderBy(entry => entry.Sequence).Select(entry => entry.Action).ToListAsync());
    }

    private static async Task<IReadOnlyList<AnnotationView>> WrittenAsync(Annotations notes, DateOnly from, DateOnly to) => [.. (await notes.OfAsync(AnnotationTopic.Finance, from, to, CancellationToken.None)).Where(note => note.Automatic is null)];

    private Task<IssuedPage> IssuedRowsAsync(IssuedFilter filter) => agency.Host.Services.GetRequiredService<IssuedQueries>().RowsAsync(filter, CancellationToken.None);

    private async Task CreditAsync(string booking, long net, CreditReason reason)
    {
        var (invoice, approver) = (await agency.InvoiceAsync(booking), await agency.ApproverAsync());
        await using var scope = agency.Host.Services.CreateAsyncScope();
        var credit = scope.ServiceProvider.GetRequiredService<CreditInvoice>();
        await using var db = await agency.Host.OpenDatabaseAsync();
        var line = await db.Set<InvoiceLine>().Where(row => row.InvoiceId == invoice.Id && row.DraftVersion == invoice.DraftVersion).Select(row => row.Id).FirstAsync();
        Assert.Equal(DecisionResult.Done, await credit.ProposeAsync(Guid.NewGuid(), approver, new CreditNoteProposed(invoice.Id, default, reason, CreditSettlement.Balance, Memo: null, [new(line, net)], Reissues: false), CancellationToken.None));
        var note = await db.Set<CreditNote>().Where(row => row.InvoiceId == invoice.Id).Select(row => row.Id).SingleAsync();
        Assert.Equal(DecisionResult.Done, await credit.ApproveAsync(note, approver, CancellationToken.None));
        await agency.Host.DrainAsync();
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
