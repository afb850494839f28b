using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RevOps.Core.Billing;
using RevOps.Core.Ingestion;
using RevOps.Core.Platform;
using RevOps.Tests.Testing;

namespace RevOps.Tests.Billing;

/// <summary>Over a real SQLite file: what a translation to SQL gets wrong shows nowhere else.</summary>
public sealed class CreditNoteQueriesTests : IAsyncDisposable
{
    private readonly RevOpsHost host = new() { Clock = new TurnableClock(SomeSales.Noon) };
    private readonly SomeSales sales;

    public CreditNoteQueriesTests() => sales = new(host);

    private CreditNoteQueries Queries => host.Services.GetRequiredService<CreditNoteQueries>();

    private CreditNotePaperQueries Papers => host.Services.GetRequiredService<CreditNotePaperQueries>();

    [Fact]
    public async Task List_FiltersCountsAndSums()
    {
        var (first, second) = (await sales.AddAsync("B-1", SomeCredits.Sent("F-1")), await sales.AddAsync("B-2", SomeCredits.Sent("F-2"), currency: "USD"));
        var elsewhere = await sales.AddAsync("B-3", SomeCredits.Sent("F-3"), Mode.Test);
        var issued = await host.CreditAsync(first, 1_000, SomeCredits.Issued("AV-2026-0001", SomeSales.Noon.AddDays(2)), SomeSales.Noon.AddDays(-3));
        var waits = await host.CreditAsync(first, 2_000, at: SomeSales.Noon.AddDays(-1));
        var rejected = await host.CreditAsync(second, 4_000, note => note.Status = CreditNoteStatus.Rejected);
        var sent = await host.CreditAsync(second, 3_000, note => (note.Status, note.Number) = (CreditNoteStatus.Approved, "AV-2026-0002"), SomeSales.Noon.AddDays(-2));
        await host.CreditAsync(elsewhere, 500);

        var all = await Queries.ListAsync(new(), CancellationToken.None);
        Assert.Equal([rejected, waits, sent, issued], all.Rows.Select(row => row.Id));
        Assert.Equal([4, 1, 2, 1], Enum.GetValues<CreditNoteGroup>().Select(group => all.Counts[group]));
        Assert.Equal([new CreditNoteSum(2, new(1_200, "EUR"), new(2_400, "EUR")), new CreditNoteSum(2, new(3_600, "USD"), new(0, "USD"))], all.Sums);
        Assert.Equal(("F-1", "Client B-1"), (all.Rows[1].Invoice, all.Rows[1].Customer));
        Assert.Equal(1, await Queries.CountWaitingAsync(CancellationToken.None));

        var numbered = await Queries.ListAsync(new() { Group = CreditNoteGroup.Issued, Sort = CreditNoteSort.Number, Ascending = true }, CancellationToken.None);
        Assert.Equal([issued, sent], numbered.Rows.Select(row => row.Id));
        Assert.Equal(4, numbered.Counts[CreditNoteGroup.All]);
        Assert.Equal([issued, waits], await IdsAsync(new() { Text = "F-1", Ascending = true }));
        Assert.Equal([sent], await IdsAsync(new() { Text = "AV-2026-0002" }));
        Assert.Equal([issued], await IdsAsync(new() { Text = "CN-" }));
        Assert.Equal([issued], await IdsAsync(new() { By = CreditNoteDay.Issue, From = new(2026, 3, 4), To = new(2026, 3, 4) }));
        Assert.Equal([waits], await IdsAsync(new() { From = new(2026, 3, 1), To = new(2026, 3, 1) }));
        Assert.Equal([sent, issued], (await IdsAsync(new() { Sort = CreditNoteSort.Number }))[..2]);
    }

    [Fact]
    public async Task Paper_SaysWhatTheClientGetsAndWhatBecomesOfTheMoney()
    {
        var invoice = await sales.AddAsync("B-1", SomeCredits.Sent("F-1", isPaid: true));
        var waits = await host.CreditAsync(invoice, 2_000);
        var paper = (await Papers.OfAsync(waits, Guid.NewGuid(), emailInClear: false, CancellationToken.None))!;

        Assert.Equal(("F-1", "Client B-1", "With our regrets", (string?)null), (paper.Invoice, paper.Buyer!.Name, paper.Memo, paper.Maker));
        Assert.NotEqual("ann@example.com", paper.Buyer.Email);
        Assert.Equal(("Audit", new Money(2_000, "EUR")), (Assert.Single(paper.Lines).Description, paper.Lines[0].Net));
        Assert.Equal(new TaxSubtotal(TaxCategory.Standard, 2_000, new(2_000, "EUR"), new(400, "EUR")), Assert.Single(paper.Subtotals));
        Assert.Equal((2_400L, 0L, (ApprovalRefusal?)null), (paper.PaidBack.Minor, paper.Settled.Minor, paper.Refusal));
        Assert.Null(await Papers.OfAsync(Guid.NewGuid(), null, emailInClear: false, CancellationToken.None));
        Assert.Equal([waits], (await Queries.OfInvoiceAsync(invoice, CancellationToken.None)).Select(row => row.Id));
    }

    [Fact]
    public async Task Creditable_IsWhatEarlierNotesLeft()
    {
        var invoice = await sales.AddAsync("B-1", SomeCredits.Sent("F-1"));
        await host.CreditAsync(invoice, 4_000, SomeCredits.Issued("AV-2026-0001", SomeSales.Noon));
        await sales.ChangeAsync(invoice, row => (row.CreditedMinor, row.PaidMinor) = (4_800, 5_000));
        var waits = await host.CreditAsync(invoice, 1_000);

        var left = (await Papers.CreditableAsync(invoice, CancellationToken.None))!;
        Assert.Equal(("Audit", 6_000L, 10_000L), (Assert.Single(left.Lines).Description, left.Lines[0].Line.LeftNet.Minor, left.Lines[0].Net.Minor));
        Assert.Equal((true, true, waits), (left.MayBeCredited, left.HasBookings, left.WaitingId));

        // 22.00 is owed still: what goes beyond it was paid.
        Assert.Equal((0L, 5_000L), (left.PaidPart(new(2_200, "EUR")).Minor, left.PaidPart(new(7_200, "EUR")).Minor));
        Assert.False((await Papers.CreditableAsync(await sales.AddAsync("B-2"), CancellationToken.None))!.MayBeCredited);
    }

    [Fact]
    public async Task Subject_IsCalledByItsNumber()
    {
        var note = await host.CreditAsync(await sales.AddAsync("B-1", SomeCredits.Sent("F-1")), 1_000, SomeCredits.Issued("AV-2026-0001", SomeSales.Noon));
        var subjects = host.Services.GetRequiredService<SubjectQueries>();
        var subject = await subjects.OfJobAsync(nameof(IssueCreditNote), note.ToString(), TestContext.Current.CancellationToken);
        Assert.Equal("AV-2026-0001", (await subjects.NamesAsync([subject!], TestContext.Current.CancellationToken))[subject!]);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    private async Task<Guid[]> IdsAsync(CreditNoteFilter filter) => [.. (await Queries.ListAsync(filter, CancellationToken.None)).Rows.Select(row => row.Id)];
}
