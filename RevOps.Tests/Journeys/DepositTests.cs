using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.Ingestion;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Journeys;

/// <summary>A deal's invoice deducts what is left of its deposits, whatever becomes of them meanwhile.</summary>
public sealed class DepositTests(DepositTests.House house) : IClassFixture<DepositTests.House>
{
    private Agency Agency => house.Agency;

    [Fact]
    public async Task CanCreditADepositAndTheDealDeductsWhatIsLeftOfIt()
    {
        var deposit = await SellWithDepositAsync("D-1");
        await ApproveAsync(deposit);
        Assert.Equal((84_000L, ""), await DealAsync("D-1"));

        var line = await LineOfAsync(deposit);
        await CreditAsync(deposit, [new(line, 10_000)]);
        Assert.Equal((94_000L, ""), await DealAsync("D-1"));
        await CreditAsync(deposit, lines: null);
        Assert.Equal((120_000L, ""), await DealAsync("D-1"));
        await using var db = await Agency.Host.OpenDatabaseAsync();
        var deal = await Agency.InvoiceAsync("D-1");
        Assert.Single(await db.Set<InvoiceLine>().Where(row => row.InvoiceId == deal.Id && row.DraftVersion == deal.DraftVersion).ToListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task CannotLeaveTheDealWaiting_WhereTheProcessEndsRightAfterTheDepositIsIssued()
    {
        var deposit = await SellWithDepositAsync("D-2");
        house.Cut.AfterIssueOf = deposit;
        await ApproveAsync(deposit);
        Agency.Clock.Advance(TimeSpan.FromHours(1));
        await Agency.Host.DrainAsync();
        Assert.Null(house.Cut.AfterIssueOf);
        Assert.Equal((84_000L, ""), await DealAsync("D-2"));
    }

    [Fact]
    public async Task CanRejectADepositAndTheDealWaitsForItNoMore()
    {
        var deposit = await SellWithDepositAsync("D-3");
        var (approver, hash) = (await Agency.ApproverAsync(), (await InvoiceAsync(deposit)).ReviewHash!);
        Assert.Equal(DecisionResult.Done, await Agency.DecideAsync(decide => decide.RejectAsync(deposit, approver, hash, "Not agreed", CancellationToken.None)));
        await Agency.Host.DrainAsync();
        Assert.Equal((120_000L, ""), await DealAsync("D-3"));
    }

    [Fact]
    public async Task CannotAskForADepositThatNoInvoiceWouldDeduct()
    {
        await SellAsync("D-4");
        var deal = await Agency.InvoiceAsync("D-4");
        await Agency.SendAsync("deal_won", Events.Sale(null, "D-5", "C-other"));
        await Agency.Host.DrainAsync();
        Assert.Equal([("currency", "currency.deal")], await RefusedAsync(deal.CustomerId, "D-4", "USD"));
        Assert.Equal([("customer", "customer.deal")], await RefusedAsync((await Agency.InvoiceAsync("D-5")).CustomerId, "D-4", "EUR"));

        Assert.Equal(DecisionResult.Done, await Agency.ApproveAsync("D-4"));
        Assert.Equal([("depositFor", "deal.issued")], await RefusedAsync(deal.CustomerId, "D-4", "EUR"));
        await Agency.Host.DrainAsync();
        Assert.Equal([("depositFor", "deal.issued")], await RefusedAsync(deal.CustomerId, "D-4", "EUR"));
    }

    private static BookingContent Content(string currency = "EUR") =>
        new() { Currency = currency, Lines = [new() { Key = "1", Description = "Acompte 30 %", Quantity = 1, UnitAmount = 360, TaxRateBasisPoints = 2_000 }] };

    private async Task SellAsync(string deal)
    {
        await Agency.SendAsync("deal_won", Events.Sale(null, deal));
        await Agency.Host.DrainAsync();
    }

    private async Task<Guid> SellWithDepositAsync(string deal)
    {
        await SellAsync(deal);
        var (click, customer) = (Guid.NewGuid(), (await Agency.InvoiceAsync(deal)).CustomerId);
        Assert.Equal(DecisionResult.Done, await WriteAsync(click, customer, deal, "EUR"));
        await Agency.Host.DrainAsync();
        Assert.Equal((120_000L, ReviewProblem.DepositPending), await DealAsync(deal));
        await using var scope = Agency.Host.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<EditInvoice>().FindWrittenAsync(click, CancellationToken.None))!.Value;
    }

    private async Task<DecisionResult> WriteAsync(Guid click, Guid customer, string deal, string currency)
    {
        await using var scope = Agency.Host.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<EditInvoice>().WriteAsync(click, customer, $"Deposit {deal}", Content(currency), deal, await Agency.ApproverAsync(), CancellationToken.None);
    }

    private async Task<IEnumerable<(string Field, string Code)>> RefusedAsync(Guid customer, string deal, string currency) =>
        (await Assert.ThrowsAsync<EditRefusedException>(() => WriteAsync(Guid.NewGuid(), customer, deal, currency))).Faults.Select(fault => (fault.Field, fault.Code));

    private async Task ApproveAsync(Guid id)
    {
        var (approver, hash) = (await Agency.ApproverAsync(), (await InvoiceAsync(id)).ReviewHash!);
        Assert.Equal(DecisionResult.Done, await Agency.DecideAsync(decide => decide.ApproveAsync(id, approver, hash, CancellationToken.None)));
        await Agency.Host.DrainAsync();
    }

    private async Task CreditAsync(Guid invoiceId, IReadOnlyList<CreditAsked>? lines)
    {
        await using (var scope = Agency.Host.Services.CreateAsyncScope())
        {
            var (credit, approver) = (scope.ServiceProvider.GetRequiredService<CreditInvoice>(), await Agency.ApproverAsync());
            var wanted = new CreditNoteProposed(invoiceId, default, CreditReason.Goodwill, CreditSettlement.Refund, null, lines, Reissues: false);
            Assert.Equal(DecisionResult.Done, await credit.ProposeAsync(Guid.NewGuid(), approver, wanted, CancellationToken.None));
            var note = await Agency.Host.Services.GetRequiredService<CreditNoteQueries>().NewestAsync(invoiceId, approver.UserId, CancellationToken.None);
            Assert.Equal(DecisionResult.Done, await credit.ApproveAsync(note!.Value, approver, CancellationToken.None));
        }

        await Agency.Host.DrainAsync();
    }

    private async Task<(long NetMinor, string Problems)> DealAsync(string deal)
    {
        var invoice = await Agency.InvoiceAsync(deal);
        Assert.Equal(InvoiceStatus.ReadyForReview, invoice.Status);
        return (invoice.NetMinor, invoice.Problems);
    }

    private async Task<Invoice> InvoiceAsync(Guid id)
    {
        await using var db = await Agency.Host.OpenDatabaseAsync();
        return await db.Set<Invoice>().AsNoTracking().SingleAsync(row => row.Id == id);
    }

    private async Task<Guid> LineOfAsync(Guid invoiceId)
    {
        await using var db = await Agency.Host.OpenDatabaseAsync();
        return await db.Set<InvoiceLine>().Where(row => row.InvoiceId == invoiceId).Select(row => row.Id).SingleAsync();
    }

    public sealed class House : IAsyncLifetime
    {
        public Agency Agency { get; private set; } = null!;

        public Cutting Cut { get; } = new();

        public async ValueTask InitializeAsync() => Agency = await Agency.OpenAsync(configure: services => services.AddSingleton<IInterceptor>(Cut));

        public ValueTask DisposeAsync() => Agency.DisposeAsync();
    }

    /// <summary>Ends a job right after the save that makes an invoice open, once.</summary>
    public sealed class Cutting : SaveChangesInterceptor
    {
        private bool saved;

        public Guid? AfterIssueOf { get; set; }

        public override ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            saved |= AfterIssueOf is { } id && eventData.Context!.ChangeTracker.Entries<Invoice>().Any(entry => entry.Entity.Id == id && entry is { State: EntityState.Modified, Entity.Status: InvoiceStatus.Open });
            return ValueTask.FromResult(result);
        }

        public override ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
        {
            if (!saved)
                return ValueTask.FromResult(result);
            (saved, AfterIssueOf) = (false, null);
            throw new IOException("The process ends here.");
        }
    }
}
