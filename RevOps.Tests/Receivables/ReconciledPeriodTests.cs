using FsCheck;
using FsCheck.Fluent;
using RevOps.Core.Receivables.Reconciliation;

namespace RevOps.Tests.Receivables;

/// <summary>What agrees between CRM, invoices and bank, and the word for each way in which it does not.</summary>
public sealed class ReconciledPeriodTests
{
    private static readonly DateOnly Day = new(2026, 3, 10);
    private static readonly Guid Sale = Guid.NewGuid();

    private static readonly ReconciliationFacts Whole = new(new(2026, 3, 1), new(2026, 3, 31), new(2026, 4, 20), [new("D-1", Day, 100_000)], new HashSet<string>(), [SoldAs(100_000)], [], [InvoiceOf(100_000)], [],
        [new(Guid.NewGuid(), Day, 120_000, 120_000, false, null, null)], [new(Guid.NewGuid(), "po_1", Day, 95_000, true, 95_000)]);

    [Fact]
    public void EverythingThatAgrees_IsAHundred()
    {
        var period = ReconciledPeriod.Of(Whole);
        Assert.Empty(period.Exceptions);
        Assert.Equal([1_000, 1_000, 1_000, 1_000], new[] { period.Crm!, period.Invoicing, period.Bank, period.Payouts }.Select(share => share.ByCount));
        Assert.Equal((100_000L, 120_000L, 120_000L), (period.Rows[0].InvoicedMinor, period.Rows[0].PaidMinor, period.Rows[0].SeenMinor));
    }

    [Fact]
    public void WithoutTheCrmsOwnList_ItsMatchIsUnknown() => Assert.Null(ReconciledPeriod.Of(Whole with { Won = null }).Crm);

    public static TheoryData<string, ReconciledState, ReconciliationFacts> Ways => new()
    {
        { "crm.notReceived", ReconciledState.Missing, Whole with { Won = [.. Whole.Won!, new("D-2", Day, 1)] } },
        { "crm.notWon", ReconciledState.Missing, Whole with { Won = [] } },
        { "crm.amount", ReconciledState.Different, Whole with { Won = [new("D-1", Day, 99_999)] } },
        { "invoice.none", ReconciledState.Missing, Whole with { Invoices = [] } },
        { "invoice.readyforreview", ReconciledState.Missing, Whole with { Invoices = [InvoiceOf(100_000) with { IsIssued = false, State = "readyforreview" }] } },
        { "invoice.amount", ReconciledState.Different, Whole with { Invoices = [InvoiceOf(99_999)] } },
        { "invoice.twice", ReconciledState.Doubled, Whole with { Invoices = [InvoiceOf(100_000), InvoiceOf(100_000)] } },
        { "invoice.twice", ReconciledState.Doubled, Whole with { Invoices = [InvoiceOf(100_000), InvoiceOf(100_000) with { IsElsewhere = true }] } },
        { "invoice.notCredited", ReconciledState.Different, Whole with { Sold = [SoldAs(100_000) with { IsDue = false }], Won = [] } },
        { "invoice.noDeal", ReconciledState.Missing, Whole with { Loose = [new(Guid.NewGuid(), "F-9", Day, 100, 120, 0, 0)] } },
        { "line.open", ReconciledState.Missing, Whole with { Credits = [new(Guid.NewGuid(), Day, 5, 0, false, null, null)] } },
        { "line.askBank", ReconciledState.Missing, Whole with { Credits = [new(Guid.NewGuid(), Day, 5, 0, false, "askBank", null)] } },
        { "line.part", ReconciledState.Different, Whole with { Credits = [new(Guid.NewGuid(), Day, 5, 4, false, null, null)] } },
        { "cash.notSeen", ReconciledState.Missing, Whole with { Invoices = [InvoiceOf(100_000) with { SeenMinor = 0, PaidOn = Day }], Statements = (new(2026, 3, 1), new(2026, 4, 15)) } },
        { "cash.over", ReconciledState.Different, Whole with { Invoices = [InvoiceOf(100_000) with { PaidMinor = 240_000, SeenMinor = 240_000, PaidOn = Day }] } },
        { "payout.notSeen", ReconciledState.Missing, Whole with { PaidOut = [new(Guid.NewGuid(), "po_1", Day, 95_000, false, null)] } },
        { "payout.parts", ReconciledState.Different, Whole with { PaidOut = [new(Guid.NewGuid(), "po_1", Day, 95_000, true, 94_999)] } },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public void WhatDoesNotAgree_HasAWord(string code, ReconciledState state, ReconciliationFacts facts)
    {
        var period = ReconciledPeriod.Of(facts);
        var row = Assert.Single(period.Exceptions);
        Assert.Equal((code, state), (Assert.Single(row.Problems), row.State));

        // And no figure that it belongs to says a hundred; what was paid twice is at the bank twice.
        if (code != "cash.over")
            Assert.Contains(new[] { period.Crm, period.Invoicing, period.Cash, period.Bank, period.Payouts }, share => share is { IsWhole: false, ByCount: < 1_000 });
    }

    [Fact]
    public void AChain_MayBeSeveralInvoices()
    {
        var period = ReconciledPeriod.Of(Whole with { Invoices = [InvoiceOf(30_000), InvoiceOf(70_000)] });
        Assert.Empty(period.Exceptions);

        // Of a deposit alone the rest is to come.
        Assert.Equal(["invoice.amount"], Assert.Single(ReconciledPeriod.Of(Whole with { Invoices = [InvoiceOf(30_000)] }).Exceptions).Problems);
    }

    [Fact]
    public void WhatNoStatementCovers_IsNotMissed()
    {
        var paid = Whole with { Invoices = [InvoiceOf(100_000) with { SeenMinor = 0, PaidOn = Day }] };
        Assert.Empty(ReconciledPeriod.Of(paid).Exceptions);
        Assert.Empty(ReconciledPeriod.Of(paid with { Statements = (new(2026, 3, 1), Day.AddDays(9)) }).Exceptions);
        Assert.Empty(ReconciledPeriod.Of(paid with { Statements = (Day.AddDays(1), new(2026, 4, 15)) }).Exceptions);
    }

    [Fact]
    public void WhatIsFresh_IsUnderWay()
    {
        var facts = Whole with { Today = Day.AddDays(2), Invoices = [InvoiceOf(100_000) with { IsIssued = false, State = "readyforreview" }], PaidOut = [new(Guid.NewGuid(), "po_1", Day, 95_000, false, null)] };
        var period = ReconciledPeriod.Of(facts);
        Assert.Empty(period.Exceptions);
        Assert.Equal((null, null), (period.Invoicing.ByCount, period.Payouts.ByCount));

        // What is wrong on paper is so at once.
        Assert.Equal(ReconciledState.Doubled, Assert.Single(ReconciledPeriod.Of(facts with { Invoices = [InvoiceOf(100_000), InvoiceOf(100_000)] }).Exceptions).State);
    }

    [Fact]
    public void ADeal_BelongsToTheMonthInWhichItWasWon()
    {
        // Received in March and won in February: February has it, March has not, and in neither is it missing.
        var march = Whole with { Won = [], WonOutside = new HashSet<string> { "D-1" } };
        Assert.DoesNotContain(ReconciledPeriod.Of(march).Rows, row => row.Kind == ReconciledKind.Deal);
        var february = Whole with { From = new(2026, 2, 1), To = new(2026, 2, 28), Won = [new("D-1", new(2026, 2, 27), 100_000)], Sold = [], SoldOutside = Whole.Sold };
        Assert.Equal(ReconciledState.Matched, Assert.Single(ReconciledPeriod.Of(february).Rows, row => row.Kind == ReconciledKind.Deal).State);
    }

    [Fact]
    public void AShare_IsRoundedDown() => Prop.ForAll(ArbMap.Default.GeneratorFor<PositiveInt>().Two().ToArbitrary(), pair =>
    {
        var (hits, of) = ((long)Math.Min(pair.Item1.Get, pair.Item2.Get), (long)pair.Item2.Get);
        var share = new MatchShare(hits, of, hits, of);
        Assert.Equal(hits == of, share.ByCount == 1_000);
        Assert.True(share.ByCount * of <= hits * 1_000);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void WhatCameAfterClosing_IsFoundByItsOwnDay()
    {
        MonthFact kept = new("invoice/1", "F-1", Day, 10), changed = new("sale/2", "D-2", Day, 20), gone = new("line/3", "", Day, 30), came = new("payment/4", "F-1", Day, 40);
        var late = LateFact.Between(new(2026, 3, 1), [kept, changed, gone], [kept, changed with { Minor = 25 }, came]).ToList();
        Assert.Equal(new (string, long?, long?, long)[] { ("sale/2", 20, 25, 5), ("payment/4", null, 40, 40), ("line/3", 30, null, -30) }, late.Select(fact => (fact.Fact.Subject, fact.WasMinor, fact.IsMinor, fact.DifferenceMinor)));
        Assert.Empty(LateFact.Between(new(2026, 3, 1), [kept], [kept]));

        // Taken by a month that closed since, none of it comes again; and a day that moved is a change as well.
        Assert.Empty(LateFact.Between(new(2026, 3, 1), LateFact.With([kept, changed, gone], late), [kept, changed with { Minor = 25 }, came]));
        Assert.Single(LateFact.Between(new(2026, 3, 1), [kept], [kept with { Day = Day.AddDays(1) }]));
    }

    private static Sold SoldAs(long net) => new(Sale, "D-1", "D-1", Day, net, IsDue: true);

    private static SoldInvoice InvoiceOf(long net) => new(Sale, Guid.NewGuid(), "F-1", "paid", IsIssued: true, IsElsewhere: false, net, net * 12 / 10, net * 12 / 10, net * 12 / 10);
}
