using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Billing;
using RevOps.Core.Identity;
using RevOps.Core.Ingestion;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Receivables;
using RevOps.Core.Receivables.BankFiles;
using RevOps.Core.Receivables.Reconciliation;
using RevOps.Tests.Identity;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Journeys;

/// <summary>The CRM's own list, invoices and the bank laid beside each other; a month closed, found changed, and opened by two.</summary>
public sealed class ReconciliationTests : IAsyncLifetime
{
    private static readonly DateOnly May = new(2026, 5, 1);
    private Agency agency = null!;

    private MonthDesk Desk => agency.Host.Services.GetRequiredService<MonthDesk>();

    public async ValueTask InitializeAsync() => agency = await Agency.OpenAsync();

    public ValueTask DisposeAsync() => agency.DisposeAsync();

    [Fact]
    public async Task CanProveThatCrmInvoicesAndBankAgree()
    {
        await IssuedAsync("D-1");
        await agency.SendAsync("deal_won", Events.Sale(null, "D-2", customer: "C-2"));
        await agency.Host.DrainAsync();
        Assert.Null((await ViewAsync()).Ledger.Crm);
        const string Won = "deal id;close date;amount\nD-1;2026-05-04;1200,00\nD-2;04/05/2026;1 200,00\nD-3;2026-05-03;500\n";

        // Two days later the draft of D-2 is no delay, and what never arrived is seen at once.
        agency.Clock.Advance(TimeSpan.FromDays(2));
        await ListAsync(Won);
        var young = await ViewAsync();
        Assert.Equal(["crm.notReceived"], young.Ledger.Exceptions.SelectMany(row => row.Problems));
        Assert.Equal((1L, 3L), (young.Ledger.Crm!.Hits, young.Ledger.Crm.Of));

        // A list of then says nothing of the days since.
        agency.Clock.Advance(TimeSpan.FromDays(30));
        Assert.Null((await ViewAsync()).Ledger.Crm);
        await ListAsync(Won);
        await BankAsync((await agency.InvoiceAsync("D-1")).Number!, 144_000, new(2026, 5, 20));
        var view = await ViewAsync();
        Assert.Equal(["crm.notReceived", "invoice.readyforreview"], view.Ledger.Exceptions.SelectMany(row => row.Problems).Order(StringComparer.Ordinal));
        Assert.Equal((333, 1_000, 500), (view.Ledger.Crm!.ByCount, view.Ledger.Bank.ByCount, view.Ledger.Invoicing.ByCount));
        var paid = view.Ledger.Rows.Single(row => row.Subject == "deal/D-1");
        Assert.Equal((120_000L, 120_000L, 120_000L, 144_000L, 144_000L, 144_000L), (paid.CrmMinor!.Value, paid.SoldMinor!.Value, paid.InvoicedMinor, paid.GrossMinor, paid.PaidMinor, paid.SeenMinor));

        // Somebody says why, and owns it; the page says so, prints it, and knows it in French.
        var (finance, approver) = (await agency.HireAsync("ann@agency.example", Roles.Finance), await agency.ApproverAsync());
        Assert.Equal(MonthResult.Done, await Desk.NoteAsync("deal/D-3", "notSent", finance, "the webhook was off", approver, CancellationToken.None));
        Assert.Equal(new ExceptionReason("notSent", finance, "the webhook was off"), (await ViewAsync()).Notes["deal/D-3"]);
        await agency.Host.HireAsync("eve@agency.example", Roles.Finance);
        using var client = agency.Host.Client();
        (await client.TryPasswordAsync("eve@agency.example", Staff.Password)).Dispose();
        var page = await client.GetStringAsync("/reconciliation?from=2026-05-01&to=2026-05-31");
        Assert.Contains("33.3%", page, StringComparison.Ordinal);
        Assert.Contains("never sent to us", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CanCloseAMonthAndSeeWhatChangedSince()
    {
        await IssuedAsync("D-4");
        Assert.Equal(MonthResult.NotOver, await Desk.CloseAsync(May, await agency.ApproverAsync(), CancellationToken.None));
        agency.Clock.Advance(TimeSpan.FromDays(40));
        Assert.Equal(MonthResult.Done, await Desk.CloseAsync(May, await agency.ApproverAsync(), CancellationToken.None));
        Assert.Equal(MonthResult.Outdated, await Desk.CloseAsync(May, await agency.ApproverAsync(), CancellationToken.None));
        var frozen = await ViewAsync();
        Assert.Equal((true, 144_000L), (frozen.IsFrozen, frozen.OpenMinor));
        Assert.Empty(frozen.Since);
        Assert.Equal(MonthEvidence.HashOf(frozen.Closed!.Evidence), frozen.Closed.EvidenceHash);

        // Money that the bank dates in May and that is known only in June: May stays as it was, June shows it.
        await BankAsync((await agency.InvoiceAsync("D-4")).Number!, 144_000, new(2026, 5, 29));
        var after = await ViewAsync();
        Assert.Equal(0, after.Ledger.Rows.Single(row => row.Subject == "deal/D-4").SeenMinor);
        Assert.Equal(["done", "line", "payment"], after.Since.Select(late => late.Fact.Kind).Order(StringComparer.Ordinal));
        var june = await ViewAsync(new(2026, 6, 1));
        Assert.Equal(3 * 144_000, june.Late.Sum(late => late.DifferenceMinor));
        Assert.Equal(144_000, (await ViewAsync(live: true)).Ledger.Rows.Single(row => row.Subject == "deal/D-4").SeenMinor);

        // June takes them when it closes, and July does not see them again.
        agency.Clock.Advance(TimeSpan.FromDays(30));
        Assert.Equal(MonthResult.Done, await Desk.CloseAsync(new(2026, 6, 1), await agency.ApproverAsync(), CancellationToken.None));
        Assert.Equal(3, (await ViewAsync(new(2026, 6, 1))).Late.Count);
        Assert.Empty((await ViewAsync(new(2026, 7, 1))).Late);

        // Two people and a reason.
        var (first, second) = (await agency.ApproverAsync(), await agency.ApproverAsync(await agency.HireAsync("bob@agency.example", Roles.Finance)));
        Assert.Equal(MonthResult.Outdated, await Desk.ReopenAsync(May, second, CancellationToken.None));
        Assert.Equal(MonthResult.NoReason, await Desk.AskToReopenAsync(May, " ", first, CancellationToken.None));
        Assert.Equal(MonthResult.Done, await Desk.AskToReopenAsync(May, "the bank's file was late", first, CancellationToken.None));
        Assert.Equal(MonthResult.SamePerson, await Desk.ReopenAsync(May, first, CancellationToken.None));
        Assert.Equal(MonthResult.Done, await Desk.ReopenAsync(May, second, CancellationToken.None));
        Assert.Null((await ViewAsync()).Closed);
        Assert.Equal(MonthResult.Done, await Desk.CloseAsync(May, first, CancellationToken.None));
        Assert.Null(await agency.Host.Services.GetRequiredService<AuditTrail>().FindBreakAsync());
    }

    [Fact]
    public async Task CanSeeWhatWasSoldWithTheTaxInIt()
    {
        var sale = Events.Sale(null, "D-5", unitAmount: 1_200);
        sale["taxBehavior"] = "inclusive";
        await agency.SendAsync("deal_won", sale);
        await agency.Host.DrainAsync();
        Assert.Equal(DecisionResult.Done, await agency.ApproveAsync("D-5"));
        await agency.Host.DrainAsync();
        var row = Assert.Single((await ViewAsync()).Ledger.Rows);
        Assert.Equal((ReconciledState.Matched, 100_000L, 100_000L, 120_000L), (row.State, row.SoldMinor!.Value, row.InvoicedMinor, row.GrossMinor));
    }

    [Fact]
    public async Task AListOfEverything_CountsWhatIsWonAlone()
    {
        await ListAsync("Record ID,Deal Stage,Close Date,Amount\n1,Closed Won,2026-05-02 10:00,\"1,200.50\"\n2,Closed Lost,2026-05-02 10:00,900\n");
        await using var db = await agency.Host.OpenDatabaseAsync();
        Assert.Equal(("1", 120_050L), await db.Set<CrmDeal>().Select(deal => ValueTuple.Create(deal.DealId, deal.AmountMinor)).SingleAsync());

        // The next list of the same days no longer has it.
        var plan = await ListAsync("Record ID,Deal Stage,Close Date,Amount\n3,Closed Won,2026-05-02,5\n");
        Assert.Equal((1, 0, 1), (plan.New, plan.Changed, plan.Gone));
        Assert.Equal("3", await db.Set<CrmDeal>().Select(deal => deal.DealId).SingleAsync());
    }

    private async Task<CrmPlan> ListAsync(string file)
    {
        var keep = agency.Host.Services.GetRequiredService<KeepCrmList>();
        var plan = await keep.PlanAsync(file, null, (May, May.AddMonths(1).AddDays(-1)), CancellationToken.None);
        Assert.True(plan.To <= DateOnly.FromDateTime(agency.Clock.GetUtcNow().Date));
        Assert.True(plan.MayTake, string.Join(' ', plan.Rows.Select(row => row.Problem)));
        Assert.True(await keep.TakeAsync(file, plan.Mapping, (plan.From, plan.To), await agency.ApproverAsync(), CancellationToken.None));
        return plan;
    }

    private async Task BankAsync(string label, long minor, DateOnly day)
    {
        var files = agency.Host.Services.GetRequiredService<KeepBankFiles>();
        var plan = await files.PlanAsync("s.xml", new Statement(day).With(minor, label).ToString(), null, CancellationToken.None);
        Assert.True((await files.TakeAsync(plan, null, agency.Finance, CancellationToken.None)).MayTake);
        await agency.Host.DrainAsync();
    }

    private Task<ReconciliationView> ViewAsync(DateOnly? month = null, bool live = false) => agency.Host.Services.GetRequiredService<ReconciliationQueries>()
        .LoadAsync(month ?? May, (month ?? May).AddMonths(1).AddDays(-1), null, live, CancellationToken.None);

    private async Task IssuedAsync(string deal)
    {
        await agency.SendAsync("deal_won", Events.Sale(null, deal));
        await agency.Host.DrainAsync();
        Assert.Equal(DecisionResult.Done, await agency.ApproveAsync(deal));
        await agency.Host.DrainAsync();
        Assert.Equal(InvoiceStatus.Open, (await agency.InvoiceAsync(deal)).Status);
    }
}
