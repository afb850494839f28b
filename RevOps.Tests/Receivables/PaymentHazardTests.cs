using FsCheck;
using FsCheck.Fluent;
using RevOps.Core.Receivables;
using RevOps.Core.Receivables.Cash;

namespace RevOps.Tests.Receivables;

public sealed class PaymentHazardTests
{
    // A Thursday.
    private static readonly DateOnly Today = new(2026, 11, 26);
    private static readonly Guid[] Clients = [.. Enumerable.Range(0, 3).Select(_ => Guid.NewGuid())];

    private static readonly Arbitrary<WaitedInvoice[]> Histories = Arb.From(
        (from client in Gen.Choose(0, 2)
         from days in Gen.Choose(-20, 120)
         from paid in Gen.Choose(0, 3)
         select new WaitedInvoice(Clients[client], days, paid > 0)).ArrayOf());

    [Fact]
    public void Hazard_IsKaplanMeiers()
    {
        // Of five, one paid after 10 days, one was open after 15, one paid after 20; two are open after 40.
        var hazard = new PaymentHazard([new(Clients[0], 10, true), new(Clients[1], 15, false), new(Clients[0], 20, true), new(Clients[1], 40, false), new(Clients[2], 40, false)]);
        var chances = hazard.Chances(Guid.NewGuid(), int.MinValue).ToList();
        Assert.Equal([10, 20], chances.Select(one => one.Days));
        Assert.Equal(1 / 5d, chances[0].Chance, 12);
        Assert.Equal(4 / 5d / 3, chances[1].Chance, 12);

        // What was not paid by then is not paid earlier, and the rest counts whole.
        Assert.Equal((20, 1 / 3d), hazard.Chances(Guid.NewGuid(), 11).Single());
        Assert.Empty(hazard.Chances(Guid.NewGuid(), 21));
    }

    /// <summary>Who paid before the window is not counted, so what is open from before it is at risk from its beginning only.</summary>
    [Fact]
    public void WhatIsOpenFromBeforeTheWindow_CountsFromItsBeginning()
    {
        WaitedInvoice[] paid = [.. Enumerable.Repeat(new WaitedInvoice(Clients[0], 10, true, -700), 9), new(Clients[0], 900, true, 200)];
        var hazard = new PaymentHazard([.. paid, .. Enumerable.Repeat(new WaitedInvoice(Clients[1], 1_400, false, 670), 30)]);
        var chances = hazard.Chances(Guid.NewGuid(), int.MinValue).ToList();
        Assert.Equal((10, 1d), (chances[0].Days, chances[0].Chance));
        Assert.Equal((900, 1 / 31d), hazard.Chances(Guid.NewGuid(), 11).Single());
    }

    [Fact]
    public void Client_GoesItsOwnWayTheMoreItHasPaid()
    {
        double Early(int own) => new PaymentHazard([.. Enumerable.Repeat(new WaitedInvoice(Clients[0], 40, true), own), .. Enumerable.Repeat(new WaitedInvoice(Clients[1], 0, true), 500 - own)])
            .Chances(Clients[0], int.MinValue).First(one => one.Days == 0).Chance;
        Assert.True(Early(2) is > 0.6 and < 0.95 && Early(30) < 0.15 && Early(2) > Early(10) && Early(10) > Early(30));
    }

    /// <summary>Until five have paid an assumption stands beside them: never one single day, and nobody's own habit.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    public void WhereHardlyAnybodyPaid_AnAssumptionStandsBeside(int paid)
    {
        var hazard = new PaymentHazard([.. Enumerable.Repeat(new WaitedInvoice(Clients[0], 3, true), paid), .. PaymentHazard.Assumed(paid)]);
        var chances = hazard.Chances(Guid.Empty, int.MinValue).ToList();
        Assert.Equal((paid, 0), (hazard.Paid, hazard.PaidBy(Guid.Empty)));
        Assert.True(chances.Count > 1 && Math.Abs(chances.Sum(one => one.Chance) - 1) < 1e-12 && chances[^1].Days >= 30);
        Assert.Equal(paid / 5d, chances.Where(one => one.Days == 3).Sum(one => one.Chance), 12);
        Assert.Empty(PaymentHazard.Assumed(5));
    }

    [Fact]
    public void WhereNobodyPaid_TheDueDayIsAllThatIsKnown()
    {
        var hazard = new PaymentHazard([new(Clients[0], -5, false)]);
        Assert.Equal((0, 1d), hazard.Chances(Clients[0], -5).Single());
        Assert.Equal(CashBasis.Terms, Spread(hazard, Today.AddDays(5), 100).Basis);
        Assert.Equal(CashBasis.Beyond, Spread(hazard, Today.AddDays(-5), 100).Basis);
    }

    /// <summary>A company whose clients all pay early does not know that nobody will ever be late: what is left is spread, and never put on one day.</summary>
    [Fact]
    public void WhereAllPaidBeforeTheDueDay_TheRestIsSpreadOverTwoMonths()
    {
        var hazard = new PaymentHazard([new(Clients[0], -15, true), new(Clients[1], -15, false), new(Clients[1], -20, false)]);
        Assert.Equal([(-15, 500), (0, 100), (7, 100), (15, 100), (30, 100), (60, 100)], hazard.Chances(Guid.NewGuid(), -30).Select(one => (one.Days, (int)Math.Round(one.Chance * 1_000))));
        Assert.Equal([(7, 250), (15, 250), (30, 250), (60, 250)], hazard.Chances(Guid.NewGuid(), 1).Select(one => (one.Days, (int)Math.Round(one.Chance * 1_000))));
        Assert.Empty(hazard.Chances(Guid.NewGuid(), 61));
    }

    [Fact]
    public void Shares_AddUpWithWhatComesLater_AndTheCentsToWhatIsOpen() =>
        Prop.ForAll(Histories, Arb.From(Gen.Choose(-200, 200)), Arb.From(Gen.Choose(1, 10_000_000)), (history, due, open) =>
        {
            var spread = Spread(new(history), Today.AddDays(due), open);
            return spread.Shares.All(share => share >= 0) && spread.Later >= 0 && Math.Abs(spread.Shares.Sum() + spread.Later - 1) < 1e-9
                && spread.Minor.All(minor => minor >= 0) && spread.WithinMinor <= open && Math.Abs(spread.WithinMinor - ((1 - spread.Later) * open)) <= 1;
        }).QuickCheckThrowOnFailure();

    /// <summary>Of invoices that nobody may have paid yet: one that is long open says by that alone that it comes late.</summary>
    [Fact]
    public void WhatIsDueLater_IsNeverPaidEarlier() =>
        Prop.ForAll(Histories, Arb.From(Gen.Choose(20, 60)), Arb.From(Gen.Choose(0, 40)), (history, due, more) =>
        {
            var (hazard, reached, reachedLater) = (new PaymentHazard(history), 0d, 0d);
            var (first, second) = (Spread(hazard, Today.AddDays(due), 1), Spread(hazard, Today.AddDays(due + more), 1));
            return Enumerable.Range(0, first.Shares.Count).All(week => (reached += first.Shares[week]) >= (reachedLater += second.Shares[week]) - 1e-9);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void PromisesDisputesAndLateClients_AreTakenAtTheirWord()
    {
        var hazard = new PaymentHazard([.. Enumerable.Range(0, 30).Select(day => new WaitedInvoice(Clients[0], day, true))]);
        Assert.Equal((1d, Today.AddDays(8), Today.AddDays(8)), CashSpread.Of(Today, Open(Today, 500), hazard, Today.AddDays(8), isDisputed: false) is var promised ? (promised.Shares[1], promised.Early, promised.Late) : default);

        // A promise that was broken counts no more.
        Assert.Equal((CashBasis.Habit, Today.AddDays(2), Today.AddDays(26)), CashSpread.Of(Today, Open(Today, 500), hazard, Today.AddDays(-1), isDisputed: false) is var broken ? (broken.Basis, broken.Early, broken.Late) : default);
        Assert.Equal((CashBasis.Disputed, 1d), CashSpread.Of(Today, Open(Today, 500), hazard, null, isDisputed: true) is var contested ? (contested.Basis, contested.Later) : default);
        Assert.Equal((CashBasis.Overpaid, 0L), CashSpread.Of(Today, Open(Today, -500), hazard, null, isDisputed: false) is var overpaid ? (overpaid.Basis, overpaid.WithinMinor) : default);

        // Four weeks later, to the week.
        var (usual, late) = (CashSpread.Of(Today, Open(Today, 500), hazard, null, isDisputed: false), CashSpread.Of(Today, Open(Today, 500), hazard, null, isDisputed: false, late: 28));
        Assert.Equal(usual.Shares.Take(9), late.Shares.Skip(4));
        Assert.All(late.Shares.Take(4), share => Assert.Equal(0, share));
    }

    private static CashSpread Spread(PaymentHazard hazard, DateOnly due, long open) => CashSpread.Of(Today, Open(due, open), hazard, null, isDisputed: false);

    private static OpenReceivable Open(DateOnly due, long open) => new(Guid.NewGuid(), Clients[0], due.AddDays(-30), due, open);
}
