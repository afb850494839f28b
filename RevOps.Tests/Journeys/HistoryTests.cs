using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Attribution;
using RevOps.Core.Billing;
using RevOps.Core.Billing.Stripe;
using RevOps.Core.Bookings;
using RevOps.Core.Conversions;
using RevOps.Core.Ingestion;
using RevOps.Core.Ingestion.History;
using RevOps.Core.Platform.Audit;
using RevOps.Core.Platform.Outbox;
using RevOps.Core.Receivables;
using RevOps.Sandbox;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Journeys;

/// <summary>What stood at Stripe and in the books before RevOps counts in its figures; nothing is made or told because of it.</summary>
public sealed class HistoryTests : IAsyncLifetime
{
    private Agency agency = null!;

    public async ValueTask InitializeAsync() => agency = await Agency.OpenAsync();

    public ValueTask DisposeAsync() => agency.DisposeAsync();

    [Fact]
    public async Task CanReadWhatStripeHasOnceHoweverOftenItIsRead()
    {
        var acme = await agency.StripeAsync("customers", ("name", "Acme SARL"), ("email", "compta@acme.example"), ("tax_id_data[0][type]", "eu_vat"), ("tax_id_data[0][value]", "FR44732829320"));
        var (open, paid, credited, draft) = (await IssuedAsync(acme, 100_000), await IssuedAsync(acme, 50_000), await IssuedAsync(acme, 30_000), await DraftAsync(acme, 10_000));
        agency.Sandbox.Pay(paid);
        agency.Sandbox.Refund(paid, 12_000);
        await CreditAsync(credited, 10_000);
        agency.Sandbox.PayOut();
        await agency.SendAsync("booking_confirmed", Events.Sale("B-1"));
        await agency.Host.DrainAsync();
        await ReadAsync();
        await AssertReadAsync(open, paid, credited, draft);

        // Asked for again, and the first page of a list asked for twice: nothing comes in twice.
        Assert.Equal(DecisionResult.Done, await History.AgainAsync(await agency.ApproverAsync(), CancellationToken.None));
        Assert.Equal(DecisionResult.Outdated, await History.AgainAsync(await agency.ApproverAsync(), CancellationToken.None));
        await agency.Host.DrainAsync();
        await AssertReadAsync(open, paid, credited, draft);

        // The same company under another name there is one customer here, and Finance is told.
        await agency.StripeAsync("customers", ("name", "Acme France"), ("tax_id_data[0][type]", "eu_vat"), ("tax_id_data[0][value]", "FR44732829320"));
        Assert.Equal(DecisionResult.Done, await History.AgainAsync(await agency.ApproverAsync(), CancellationToken.None));
        await RunAsync<SweepCustomers>();
        await using var db = await agency.Host.OpenDatabaseAsync();
        var told = await db.Set<AuditEntry>().SingleAsync(entry => entry.Action == SweepCustomers.Twice);
        Assert.Equal((await OneAsync(open)).CustomerId.ToString(), told.SubjectId);
    }

    [Fact]
    public async Task CanBePaidAndCreditedLikeAnyOtherInvoice()
    {
        var open = await IssuedAsync(await agency.StripeAsync("customers", ("name", "Durand SA")), 100_000);
        await ReadAsync();
        var imported = await OneAsync(open);
        await using (var scope = agency.Host.Services.CreateAsyncScope())
        {
            var credit = scope.ServiceProvider.GetRequiredService<CreditInvoice>();
            var wanted = new CreditNoteProposed(imported.Id, Guid.Empty, CreditReason.Goodwill, CreditSettlement.Refund, Memo: null, Lines: null, Reissues: false);
            var line = await LineAsync(imported);
            Assert.Equal(DecisionResult.Done, await credit.ProposeAsync(Guid.NewGuid(), await agency.ApproverAsync(), wanted with { Lines = [new(line.Id, 20_000)] }, CancellationToken.None));
            Assert.Equal(DecisionResult.Done, await credit.ApproveAsync((await NoteAsync(imported)).Id, await agency.ApproverAsync(), CancellationToken.None));
        }

        await agency.Host.DrainAsync();
        Assert.Equal((CreditNoteStatus.Issued, 24_000L), ((await NoteAsync(imported)).Status, (await OneAsync(open)).CreditedMinor));
        agency.Sandbox.Pay(open);
        await agency.DrainUntilAsync(async () => (await OneAsync(open)).Status == InvoiceStatus.Paid);
        Assert.Equal(0, (await OneAsync(open)).Outstanding.Minor);
        await AssertNothingToldAsync();
    }

    [Fact]
    public async Task CanHoldADealThatWasInvoicedBefore()
    {
        await IssuedAsync(await agency.StripeAsync("customers", ("name", "Durand SA")), 100_000, "D-7");
        await ReadAsync();
        await agency.SendAsync("deal_won", Events.Sale(null, "D-7"));
        await agency.Host.DrainAsync();
        Assert.Equal((InvoiceStatus.Held, ReviewProblem.ForeignInvoice), ((await agency.InvoiceAsync("D-7")).Status, (await agency.InvoiceAsync("D-7")).Problems));
    }

    [Fact]
    public async Task CanFollowWhatIsIssuedElsewhereAfterTheHistoryIsIn()
    {
        await ReadAsync();
        var later = await IssuedAsync(await agency.StripeAsync("customers", ("name", "Durand SA")), 100_000);
        await agency.DrainUntilAsync(async () => await InvoicesAsync() == 1);
        agency.Sandbox.Pay(later);
        await agency.DrainUntilAsync(async () => (await OneAsync(later)).Status == InvoiceStatus.Paid);
        Assert.Equal(InvoiceOrigin.Imported, (await OneAsync(later)).Origin);
        await AssertNothingToldAsync();
    }

    [Fact]
    public async Task CanSayThatTheInvoiceFromBeforeIsTheOneOfTheDeal()
    {
        var theirs = await IssuedAsync(await agency.StripeAsync("customers", ("name", "Durand SA")), 100_000, "D-7");
        await ReadAsync();
        await agency.SendAsync("deal_won", Events.Sale(null, "D-7"));
        await agency.Host.DrainAsync();
        var (held, imported) = (await agency.InvoiceAsync("D-7"), await OneAsync(theirs));
        var row = Assert.Single((await Queries.ListAsync(new(), CancellationToken.None)).Rows);
        Assert.Equal((CutOverMatch.ToDecide, true, imported.Id, held.Id), (row.Match, row.MayCountTheirs, row.BooksId, row.InvoiceId));

        Assert.Equal(DecisionResult.Outdated, await CountAsync(row.Id, held.DraftVersion + 1));
        Assert.Equal(DecisionResult.Done, await CountAsync(row.Id, held.DraftVersion));
        Assert.Equal(DecisionResult.Outdated, await CountAsync(row.Id, held.DraftVersion));
        await agency.Host.DrainAsync();
        await using var db = await agency.Host.OpenDatabaseAsync();
        Assert.Equal(imported.Id, (await db.Set<Booking>().SingleAsync()).InvoiceId);
        Assert.Equal(InvoiceStatus.Cancelled, (await db.Set<Invoice>().SingleAsync(invoice => invoice.Id == held.Id)).Status);
        Assert.Equal((CutOverMatch.Adopted, imported.Id), (await Queries.ListAsync(new(), CancellationToken.None)).Rows.Select(found => (found.Match, found.InvoiceId!.Value)).Single());
        Assert.Equal(1, agency.Sandbox.Executed("POST /v1/invoices"));

        // Both still open, and the deal said again, or its payment, changes nothing of it.
        await AssertShownAsync([imported]);
        await using (var scope = agency.Host.Services.CreateAsyncScope())
            Assert.NotNull((await scope.ServiceProvider.GetRequiredService<InvoicePaperQueries>().OfAsync(held.Id, emailInClear: true, CancellationToken.None))!.Buyer);
        agency.Clock.Advance(TimeSpan.FromMinutes(1));
        await agency.SendAsync("deal_won", Events.Sale(null, "D-7"));
        agency.Sandbox.Pay(theirs);
        await agency.DrainUntilAsync(async () => (await OneAsync(theirs)).Status == InvoiceStatus.Paid);
        Assert.Equal(1, agency.Sandbox.Executed("POST /v1/invoices"));
    }

    [Fact]
    public async Task CanEnterOpeningBalancesAndPastDealsFromFiles()
    {
        var keep = agency.Host.Services.GetRequiredService<KeepHistory>();
        const string Balances = "number;customer;siren;issued;due;net;tax;paid;paidon\nF-1;Acme SARL;732829320;2026-03-01;31/03/2026;1200,00;240,00;;\nF-2;Durand SA;;2026-02-01;2026-03-01;850;170;500;2026-02-20\n";
        var plan = await keep.PlanAsync(HistoryFileKind.Opening, Balances, await agency.ApproverAsync(), CancellationToken.None);
        Assert.Equal((2, 0, true), (plan.Entering, plan.Wrong, plan.MaySave));
        Assert.Equal([new Core.Platform.Money(144_000 + 52_000, "EUR")], plan.Sums);
        var told = new List<int>();
        Assert.Equal((DecisionResult.Done, 2), await keep.SaveAsync(plan, await agency.ApproverAsync(), new Told(told), CancellationToken.None));
        Assert.Equal([1, 2], told);

        const string Deals = "deal;customer;siren;won;net;invoice\nD-1;Acme SARL;732829320;2026-02-26;1200;F-1\nD-2;Durand SA;;2026-01-30;850;\n";
        var deals = await keep.PlanAsync(HistoryFileKind.Deals, Deals, await agency.ApproverAsync(), CancellationToken.None);
        var twice = await keep.PlanAsync(HistoryFileKind.Deals, Deals.Replace("850;", "850;F-1", StringComparison.Ordinal), await agency.ApproverAsync(), CancellationToken.None);
        Assert.Equal([null, "invoiceTwice"], twice.Rows.Select(row => row.Problems.GetValueOrDefault("invoice")));
        Assert.Equal((DecisionResult.Done, 2), await keep.SaveAsync(deals, await agency.ApproverAsync(), new Told([]), CancellationToken.None));
        await agency.Host.DrainAsync();

        await using var db = await agency.Host.OpenDatabaseAsync();
        var invoices = await db.Set<Invoice>().OrderBy(row => row.Number).ToListAsync();
        Assert.Equal([("F-1", InvoiceStatus.Open, 144_000L), ("F-2", InvoiceStatus.Open, 52_000L)], invoices.Select(row => (row.Number!, row.Status, row.Outstanding.Minor)));
        Assert.Equal((invoices[0].Id, InvoiceOrigin.OpeningBalance), ((await db.Set<Booking>().SingleAsync(row => row.DealId == "D-1")).InvoiceId, invoices[0].Origin));
        Assert.Equal(2, await db.Set<Customer>().CountAsync());
        await AssertShownAsync(invoices);

        // Found by where they come from; without a deal of their own their number is said once.
        await using (var scope = agency.Host.Services.CreateAsyncScope())
        {
            var list = scope.ServiceProvider.GetRequiredService<InvoiceQueries>();
            Assert.Equal([("F-1", null), ("F-2", null)], (await list.ListAsync(new() { Origin = InvoiceOrigin.OpeningBalance, Sort = InvoiceSort.Number, Ascending = true }, CancellationToken.None)).Rows.Select(row => (row.Number!, row.Sale)));
            Assert.Empty((await list.ListAsync(new() { Origin = InvoiceOrigin.Imported }, CancellationToken.None)).Rows);
        }

        // The same files again, and the sender's word of the same deal, change nothing.
        Assert.Equal((0, 2), (await keep.PlanAsync(HistoryFileKind.Opening, Balances, await agency.ApproverAsync(), CancellationToken.None)) is var again ? (again.Entering, again.Known) : default);
        await agency.SendAsync("deal_won", Events.Sale(null, "D-1", unitAmount: 999));
        await agency.SendAsync("deal_won", Events.Sale(null, "D-2"));
        await agency.Host.DrainAsync();
        Assert.Equal((2, 0), (await db.Set<Invoice>().CountAsync(), await db.Set<CreditNote>().CountAsync()));
        Assert.Equal(0, agency.Sandbox.Executed("POST /v1/invoices"));
        await AssertNothingToldAsync();
    }

    private CutOverQueries Queries => agency.Host.Services.GetRequiredService<CutOverQueries>();

    private async Task<DecisionResult> CountAsync(Guid foreign, int draftVersion)
    {
        await using var scope = agency.Host.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<Core.Ingestion.CutOver>().CountTheirsAsync(foreign, draftVersion, await agency.ApproverAsync(), CancellationToken.None);
    }

    private AskHistory History => agency.Host.Services.GetRequiredService<AskHistory>();

    /// <summary>As the hourly look at Stripe does by itself.</summary>
    private Task ReadAsync() => RunAsync<FillStripeGaps>();

    private async Task RunAsync<TJob>() where TJob : IOutboxJob
    {
        await agency.Host.DrainAsync();
        await using (var db = await agency.Host.OpenDatabaseAsync())
        {
            db.Enqueue<TJob>("all", agency.Clock.GetUtcNow(), key: Guid.NewGuid().ToString());
            await db.SaveChangesAsync();
        }

        await agency.Host.DrainAsync();
    }

    private async Task AssertReadAsync(string open, string paid, string credited, string draft)
    {
        await using var db = await agency.Host.OpenDatabaseAsync();
        Assert.All(await db.Set<HistoryImport>().ToListAsync(), import =>
        {
            Assert.NotNull(import.EndedAt);
            Assert.Equal((3, 1, 1, 1, 1), (import.Invoices, import.Payments, import.CreditNotes, import.Refunds, import.Payouts));
        });
        var imported = await db.Set<Invoice>().Where(row => row.Origin == InvoiceOrigin.Imported).ToListAsync();
        Assert.Equal(3, imported.Count);
        Assert.DoesNotContain(imported, row => row.StripeInvoiceId == draft);
        Assert.Equal((InvoiceStatus.Open, 120_000L, 0L), StandOf(open));

        // A refund after payment is owed again, whatever the status.
        Assert.Equal((InvoiceStatus.Paid, 12_000L, 0L), StandOf(paid));
        Assert.Equal((InvoiceStatus.Open, 24_000L, 12_000L), StandOf(credited));
        var customer = await db.Set<Customer>().SingleAsync(row => row.Id == imported[0].CustomerId);
        Assert.NotNull(customer.StripeCustomerId);
        Assert.All(imported, row => Assert.Equal((customer.Id, 2_000), (row.CustomerId, db.Set<InvoiceLine>().Single(line => line.InvoiceId == row.Id).RateBasisPoints)));
        Assert.Equal((1, 1), (await db.Set<CreditNote>().CountAsync(), await db.Set<Payout>().CountAsync()));
        Assert.Equal(await db.Set<CreditNote>().SumAsync(note => note.NetMinor), await db.Set<CreditNoteLine>().SumAsync(line => line.NetMinor));
        await AssertShownAsync(imported);
        await AssertNothingToldAsync();

        (InvoiceStatus Status, long Owed, long Credited) StandOf(string id) => imported.Single(row => row.StripeInvoiceId == id) is var row ? (row.Status, row.Outstanding.Minor, row.CreditedMinor) : default;
    }

    /// <summary>Each opens like any other invoice, without words of ours on it, and is nobody's to edit.</summary>
    private async Task AssertShownAsync(IEnumerable<Invoice> history)
    {
        await using var scope = agency.Host.Services.CreateAsyncScope();
        var (stories, versions) = (scope.ServiceProvider.GetRequiredService<InvoiceStoryQueries>(), scope.ServiceProvider.GetRequiredService<DraftVersionQueries>());
        foreach (var invoice in history)
        {
            var story = await stories.OfAsync(invoice.Id, emailInClear: true, CancellationToken.None);
            Assert.Equal((invoice.Number, invoice.Gross, 0), (story!.Paper.Number, story.Paper.Gross, story.Paper.Mentions.Count));
            Assert.Contains(story.Steps, step => step.Kind == StoryKind.Issued);
            Assert.Null(await versions.OfAsync(invoice.Id, CancellationToken.None));
        }
    }

    private async Task AssertNothingToldAsync()
    {
        await using var db = await agency.Host.OpenDatabaseAsync();
        var history = await db.Set<Invoice>().Where(row => row.Origin == InvoiceOrigin.Imported || row.Origin == InvoiceOrigin.OpeningBalance).Select(row => row.Id).ToListAsync();
        Assert.NotEmpty(history);
        Assert.False(await db.Set<Conversion>().AnyAsync(row => row.Stage == ConversionStage.Paid || history.Contains(row.SubjectId)));
        Assert.False(await db.Set<Credit>().AnyAsync());
        Assert.False(await db.Set<OutboxRow>().AnyAsync(row => row.Job == nameof(CreditTouches)));
    }

    private async Task<int> InvoicesAsync()
    {
        await using var db = await agency.Host.OpenDatabaseAsync();
        return await db.Set<Invoice>().CountAsync();
    }

    private async Task<Invoice> OneAsync(string stripeId)
    {
        await using var db = await agency.Host.OpenDatabaseAsync();
        return await db.Set<Invoice>().SingleAsync(row => row.StripeInvoiceId == stripeId);
    }

    private async Task<InvoiceLine> LineAsync(Invoice invoice)
    {
        await using var db = await agency.Host.OpenDatabaseAsync();
        return await db.Set<InvoiceLine>().SingleAsync(row => row.InvoiceId == invoice.Id);
    }

    private async Task<CreditNote> NoteAsync(Invoice invoice)
    {
        await using var db = await agency.Host.OpenDatabaseAsync();
        return await db.Set<CreditNote>().SingleAsync(row => row.InvoiceId == invoice.Id);
    }

    private async Task<string> DraftAsync(string customer, int net, string? deal = null)
    {
        var invoice = await agency.StripeAsync("invoices", [("customer", customer), ("currency", "eur"), ("collection_method", "send_invoice"), ("days_until_due", "30"), .. deal is null ? Array.Empty<(string, string)>() : [("metadata[deal_id]", deal)]]);
        await agency.StripeAsync($"invoices/{invoice}/add_lines", ("lines[0][amount]", $"{net}"), ("lines[0][description]", "Audit"), ("lines[0][tax_amounts][0][amount]", $"{net / 5}"), ("lines[0][tax_amounts][0][taxable_amount]", $"{net}"),
            ("lines[0][tax_amounts][0][tax_rate_data][display_name]", "TVA"), ("lines[0][tax_amounts][0][tax_rate_data][percentage]", "20"), ("lines[0][tax_amounts][0][tax_rate_data][inclusive]", "false"));
        return invoice;
    }

    private async Task<string> IssuedAsync(string customer, int net, string? deal = null)
    {
        var invoice = await DraftAsync(customer, net, deal);
        await agency.StripeAsync($"invoices/{invoice}/finalize");
        return invoice;
    }

    private async Task CreditAsync(string invoice, int net)
    {
        var line = (await agency.Host.Services.GetRequiredService<StripeClient>().GetLinesAsync(invoice))[0];
        await agency.StripeAsync("credit_notes", ("invoice", invoice), ("lines[0][type]", "invoice_line_item"), ("lines[0][invoice_line_item]", line.Id), ("lines[0][amount]", $"{net}"), ("reason", "product_unsatisfactory"),
            ("lines[0][tax_amounts][0][amount]", $"{net / 5}"), ("lines[0][tax_amounts][0][taxable_amount]", $"{net}"), ("lines[0][tax_amounts][0][tax_rate]", line.Taxes![0].TaxRateId!));
    }

    private sealed class Told(List<int> counts) : IProgress<int>
    {
        public void Report(int value) => counts.Add(value);
    }
}
