using RevOps.Core.Platform;
using RevOps.Core.Scorecard.Claims;

namespace RevOps.Tests.Scorecard;

public sealed class ClaimTests
{
    private static readonly Claim Dso = ClaimBook.All.Single(claim => claim.Id == "dso");
    private static readonly Claim Errors = ClaimBook.All.Single(claim => claim.Id == "errors");

    [Theory]
    [InlineData(27, 40, ClaimVerdict.Confirmed)]
    [InlineData(20, 40, ClaimVerdict.Inconclusive)]
    [InlineData(2, 20, ClaimVerdict.Contradicted)]
    public void Verdict_IsWhereTheWholeIntervalLies(double low, double high, ClaimVerdict verdict) =>
        Assert.Equal(verdict, new ClaimFinding((low + high) / 2, low, high, 100, null, null).Of(Dso));

    /// <summary>299 invoices without an error prove at 95 % (one-sided) that fewer than one in a hundred is wrong; 300 of 300 prove 99.0 %.</summary>
    [Fact]
    public void CleanSamples_ProveWhatTheFactsSay()
    {
        Assert.Equal(299, ExactProportion.CleanFor(0.01));
        Assert.Equal(0.990, ExactProportion.LeastOf(300), 3);

        // What is said to settle it does, and one less does not.
        Assert.True(1 - ExactProportion.LeastOf(ExactProportion.CleanFor(0.01)) < 0.01);
        Assert.True(1 - ExactProportion.LeastOf(ExactProportion.CleanFor(0.01) - 1) >= 0.01);
    }

    /// <summary>With a wrong one, the verdict's own two-sided interval asks for more than 299; no draw of luck is reckoned in.</summary>
    [Fact]
    public void Misses_AskForALargerSample()
    {
        Assert.Equal(299, ExactProportion.EnoughFor(0.01, 0));
        foreach (var misses in new[] { 1, 2, 7 })
        {
            var enough = ExactProportion.EnoughFor(0.01, misses);
            Assert.True(ExactProportion.Of(misses, enough).High < 0.01 && ExactProportion.Of(misses, enough - 1).High >= 0.01);
        }

        Assert.InRange(ExactProportion.EnoughFor(0.01, 1), 550, 560);
    }

    /// <summary>What is said to settle a claim does, once as many were counted with the same share; and of what is settled nothing is asked.</summary>
    [Fact]
    public void Enough_SettlesTheClaim()
    {
        var instant = ClaimBook.Of("instant");
        foreach (var share in new[] { 0.8, 0.9, 1 })
        {
            // In steps of ten: of fewer there is no such share.
            var enough = (EnoughFor.Of(instant, Of(instant, share, 5)) + 9) / 10 * 10 ?? 0;
            Assert.NotEqual(ClaimVerdict.Inconclusive, Of(instant, share, enough).Of(instant));
            Assert.True(enough <= 10 || Of(instant, share, enough - 20).Of(instant) == ClaimVerdict.Inconclusive);
            Assert.Null(EnoughFor.Of(instant, Of(instant, share, enough)));
        }

        // An interval of ± 16 days around 30 has to shrink to ± 4: sixteen times as many.
        Assert.Equal(1_600, EnoughFor.Of(Dso, new(30, 14, 46, 100, null, null)));
        Assert.Null(EnoughFor.Of(Dso, new(26, 10, 42, 100, null, null)));

        static ClaimFinding Of(Claim claim, double share, long n) => new Proportion((long)Math.Round(share * n), n).Interval is { } found ? new(share, found.Low, found.High, n, null, null) : throw new InvalidOperationException(claim.Id);
    }

    /// <summary>No figure is claimed: whatever is measured stands there without a verdict.</summary>
    [Fact]
    public void Claim_WithoutAFigureHasNoVerdict()
    {
        var pixel = ClaimBook.Of("pixel");
        Assert.All(new[] { (0d, 0.01), (0.99, 1d) }, interval => Assert.Equal(ClaimVerdict.Inconclusive, new ClaimFinding(interval.Item1, interval.Item1, interval.Item2, 400, null, null).Of(pixel)));
        Assert.Null(EnoughFor.Of(pixel, new(0.5, 0.4, 0.6, 100, null, null)));
    }

    /// <summary>Clopper and Pearson's interval of 1 in 100, as tables give it.</summary>
    [Fact]
    public void ExactInterval_IsThatOfTables()
    {
        var (low, high) = ExactProportion.Of(1, 100);

        Assert.Equal(0.000253, low, 6);
        Assert.Equal(0.054459, high, 6);
        Assert.Equal(ClaimVerdict.Inconclusive, new ClaimFinding(0.01, low, high, 100, null, null).Of(Errors));
    }

    [Fact]
    public void Median_CountsWhatHasNotBeenPaidYet()
    {
        var client = Guid.NewGuid();
        Waiting Paid(int days) => new(client, days, true);
        Waiting Open(int days) => new(client, days, false);

        Assert.Equal(20, KaplanMeier.Median([Paid(10), Paid(20), Paid(30)]));

        // Two that have waited longer than any other: half of four are paid on day 20, and not before.
        Assert.Equal(20, KaplanMeier.Median([Paid(10), Paid(20), Open(60), Open(60)]));
        Assert.Null(KaplanMeier.Median([Paid(10), Open(60), Open(60)]));

        // Whoever was seen for five days only says nothing of later ones.
        Assert.Equal(10, KaplanMeier.Median([Open(5), Open(5), Paid(10), Paid(20)]));
    }

    [Fact]
    public void Change_IsTheSameEachTimeAndHoldsTheTruth()
    {
        var clients = Enumerable.Range(0, 40).Select(_ => Guid.CreateVersion7()).ToList();
        var before = clients.SelectMany((client, i) => Enumerable.Range(0, 5).Select(j => new Waiting(client, 40 + ((i + j) % 11), true))).ToList();
        var after = clients.SelectMany((client, i) => Enumerable.Range(0, 5).Select(j => new Waiting(client, 20 + ((i + (3 * j)) % 11), true))).ToList();

        var one = CohortChange.Of(before, after, (was, now) => was - now)!.Value;

        Assert.Equal(one, CohortChange.Of(before, after, (was, now) => was - now)!.Value);
        Assert.InRange(20, one.Low, one.High);
        Assert.True(one.Low > 15 && one.High < 25);
    }

    /// <summary>Where a client who pays nothing decides whether half are paid, draws without a median are the slow side of what may be, not draws to forget.</summary>
    [Fact]
    public void Change_KeepsDrawsWithoutAMedian()
    {
        var clients = Enumerable.Range(0, 6).Select(_ => Guid.CreateVersion7()).ToList();
        var before = clients.ConvertAll(client => new Waiting(client, 40, true));
        var after = clients.Select((client, i) => new Waiting(client, i < 4 ? 10 : 90, i < 4)).ToList();

        var change = CohortChange.Of(before, after, (was, now) => was - now)!.Value;

        Assert.Equal((30, 30), (change.Value, change.High));
        Assert.True(change.Low < 0);
    }
}
