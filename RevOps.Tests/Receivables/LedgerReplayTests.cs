using FsCheck;
using FsCheck.Fluent;
using RevOps.Core.Platform;
using RevOps.Core.Receivables;

namespace RevOps.Tests.Receivables;

/// <summary>Past evenings told from dated events: their order makes no difference, and the buckets of an ageing add up to the ledger.</summary>
public sealed class LedgerReplayTests
{
    private static readonly DateOnly First = new(2026, 1, 1);

    private static readonly Arbitrary<int> Seeds = Gen.Choose(0, int.MaxValue - 1).ToArbitrary();

    [Fact]
    public void AnEvening_IsTheSameInAnyOrderOfItsEvents() => Check.QuickThrowOnFailure(Prop.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        var (invoices, evening) = (Draw(random), First.AddDays(random.Next(200)));
        var shuffled = invoices.Select(invoice => invoice with { Moves = [.. invoice.Moves.OrderBy(_ => random.Next())] }).OrderBy(_ => random.Next()).ToList();
        return Of(invoices, evening).SequenceEqual(Of(shuffled, evening));
    }));

    [Fact]
    public void TheBuckets_AddUpToTheLedger_AndSoDoTheClients() => Check.QuickThrowOnFailure(Prop.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        var (invoices, evening) = (Draw(random), First.AddDays(random.Next(200)));
        var open = new LedgerReplay(invoices).OpenOn(evening);
        var ledger = invoices.Where(invoice => invoice.IssuedOn <= evening).Sum(invoice => invoice.GrossMinor - invoice.Moves.Where(move => move.Day <= evening).Sum(move => move.Minor));
        var ageing = Ageing.Of(open, evening);
        return ageing.Total == ledger && open.GroupBy(invoice => invoice.CustomerId).Sum(client => Ageing.Of(client, evening).Total) == ledger
            && Enum.GetValues<AgeBucket>().All(bucket => Ageing.DueWithin(bucket, evening) is var (from, to)
                && open.Where(invoice => !(invoice.DueOn < from) && !(invoice.DueOn > to)).Sum(invoice => invoice.OpenMinor) == ageing[bucket]);
    }));

    [Theory]
    [InlineData(0, AgeBucket.Current)]
    [InlineData(1, AgeBucket.UpTo30)]
    [InlineData(30, AgeBucket.UpTo30)]
    [InlineData(31, AgeBucket.UpTo60)]
    [InlineData(60, AgeBucket.UpTo60)]
    [InlineData(90, AgeBucket.UpTo90)]
    [InlineData(91, AgeBucket.Over90)]
    public void ABucket_BeginsTheDayAfterTheOneBefore(int daysLate, AgeBucket expected) => Assert.Equal(expected, Ageing.BucketOf(daysLate));

    [Fact]
    public void CountBack_OnAHistoryTooShort_SaysHowManyDaysItIsMoreThan()
    {
        var evening = new DateOnly(2026, 3, 31);
        var dso = Dso.AsOf(evening, [new(Guid.Empty, Guid.Empty, new(2026, 2, 10), evening, 700)], new([(new(2026, 2, 10), 300), (new(2026, 3, 10), 300)]));
        Assert.Equal((null, 59), (dso.CountBackDays, dso.CountBackOver));
    }

    [Fact]
    public void Collection_IsAHundredPerCent_WhereAllThatWasDueCameIn()
    {
        // 100 open at the beginning, 90 sold a month, 80 open at the end, none of it late.
        var figures = new ReceivableFigures(First, "EUR", new(80, 0, 0, 0, 0), new(null, null, null, null), 270, 0, new(0, 0)) { BeginMinor = 100 };
        Assert.Equal(100, figures.Cei!.Value, 9);
        Assert.Equal((100 + 90.0 - 80) / (100 + 90 - 40) * 100, (figures with { Ageing = new(40, 40, 0, 0, 0) }).Cei!.Value, 9);
    }

    [Theory]
    [InlineData(0, 10, 0, 0.2775)]
    [InlineData(5, 10, 0.2366, 0.7634)]
    [InlineData(1, 100, 0.0018, 0.0545)]
    public void AProportion_HasTheIntervalOfWilson(long hits, long of, double low, double high)
    {
        var interval = new Proportion(hits, of).Interval!.Value;
        Assert.Equal((low, high), (Math.Round(interval.Low, 4), Math.Round(interval.High, 4)));
    }

    private static IEnumerable<(Guid, long)> Of(IReadOnlyList<ReplayedInvoice> invoices, DateOnly evening) => new LedgerReplay(invoices).OpenOn(evening).Select(invoice => (invoice.InvoiceId, invoice.OpenMinor)).OrderBy(row => row.InvoiceId);

    private static List<ReplayedInvoice> Draw(Random random)
    {
        Guid[] clients = [Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid()];
        return [.. Enumerable.Range(0, random.Next(1, 20)).Select(_ =>
        {
            var issued = First.AddDays(random.Next(150));
            return new ReplayedInvoice(Guid.NewGuid(), clients[random.Next(clients.Length)], issued, issued.AddDays(random.Next(60)), random.Next(1, 100_000),
                [.. Enumerable.Range(0, random.Next(4)).Select(_ => (issued.AddDays(random.Next(120)), (long)random.Next(-20_000, 60_000)))]);
        })];
    }
}
