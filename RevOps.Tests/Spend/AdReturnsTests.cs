using FsCheck;
using FsCheck.Fluent;
using RevOps.Core.Attribution.Returns;

namespace RevOps.Tests.Spend;

/// <summary>However the table is opened, its lines add up to the line above and all of them to the money, to the cent.</summary>
public sealed class AdReturnsTests
{
    private static readonly DateOnly First = new(2026, 5, 1);
    private static readonly string[] Platforms = ["meta", "google"];

    [Fact]
    public void Lines_AddUpAtEveryLevel() => Check.QuickThrowOnFailure(Prop.ForAll(Arb.From(Costs), Arb.From(Credits), Arb.From(Gen.Choose(-5_000, 50_000)), (costs, credits, unattributed) =>
    {
        foreach (var basis in Enum.GetValues<ReturnBasis>())
        {
            var all = Of(costs, credits, unattributed, new(ReturnLevel.Platform, basis));
            Assert.Equal(credits.Sum(credit => credit.Minor) + unattributed, all.Sum(line => line.CreditMinor));
            Assert.Equal(costs.Sum(cost => cost.Minor), all.Sum(line => line.CostMinor ?? 0));
            foreach (var platform in all.Where(line => line.Kind == ReturnLineKind.Ads))
            {
                var campaigns = Of(costs, credits, unattributed, new(ReturnLevel.Campaign, basis) { Platform = platform.Key });
                AddsUp(platform, campaigns);
                foreach (var campaign in campaigns.Where(line => line.Kind == ReturnLineKind.Ads))
                {
                    AddsUp(campaign, Of(costs, credits, unattributed, new(ReturnLevel.Day, basis) { Platform = platform.Key, Campaign = campaign.Key }));
                    AddsUp(campaign, Of(costs, credits, unattributed, new(ReturnLevel.Ad, basis) { Platform = platform.Key, Campaign = campaign.Key }));
                }
            }
        }
    }));

    [Fact]
    public void Line_DividesWhatItsDaysBroughtByWhatTheyCost()
    {
        AdCost[] costs = [new("meta", "1", "Spring", "", null, First, 10_000, 1_000, 50), new("meta", "2", "Brand", "", null, First, 4_000, 100, 5)];
        var (one, two) = (Guid.NewGuid(), Guid.NewGuid());
        AdCredit[] credits =
        [
            Credit(one, "meta", "1", 15_000), Credit(one, "meta", "1", 5_000), Credit(two, "meta", "1", 15_000), Credit(Guid.NewGuid(), "meta", null, 700),
        ];
        var lines = Of(costs, credits, 300, new(ReturnLevel.Campaign, ReturnBasis.Click) { Platform = "meta" });

        Assert.Equal(["1", "2", ""], lines.Select(line => line.Key));
        Assert.Equal((3.5, 5_000L, 2), (lines[0].Roas!.Value, lines[0].CpaMinor!.Value, lines[0].Sales));
        Assert.Equal((0d, null, ReturnLineKind.WithoutCampaign), (lines[1].Roas!.Value, lines[1].CpaMinor, lines[2].Kind));
    }

    private static void AddsUp(ReturnLine whole, IReadOnlyList<ReturnLine> parts)
    {
        Assert.Equal(whole.CreditMinor, parts.Sum(line => line.CreditMinor));
        Assert.Equal(whole.CostMinor ?? 0, parts.Sum(line => line.CostMinor ?? 0));
        Assert.Equal(whole.Clicks, parts.Sum(line => line.Clicks));
    }

    private static IReadOnlyList<ReturnLine> Of(IReadOnlyList<AdCost> costs, IReadOnlyList<AdCredit> credits, long unattributed, ReturnPlace place) => AdReturns.Of(costs, credits, unattributed, place, null, First.AddDays(40));

    private static AdCredit Credit(Guid invoice, string? platform, string? campaign, long minor) => new(invoice, true, platform, campaign, null, First, First.AddDays(20), minor);

    private static Gen<AdCost[]> Costs => (
        from platform in Gen.Elements(Platforms) from campaign in Gen.Choose(1, 4) from ad in Gen.Choose(0, 2) from day in Gen.Choose(0, 9) from minor in Gen.Choose(0, 100_000)
        select new AdCost(platform, $"{campaign}", $"Campaign {campaign}", ad == 0 ? "" : $"{ad}", null, First.AddDays(day), minor, minor, minor / 100)).ArrayOf();

    private static Gen<AdCredit[]> Credits => (
        from paid in Gen.Elements(true, true, false) from platform in Gen.Elements(null, "meta", "google") from campaign in Gen.Choose(0, 5) from ad in Gen.Choose(0, 3) from clicked in Gen.Choose(0, 9) from lag in Gen.Choose(0, 30) from minor in Gen.Choose(-20_000, 200_000)
        select new AdCredit(Guid.NewGuid(), paid, platform, campaign == 0 ? null : $"{campaign}", ad == 0 ? null : $"{ad}", First.AddDays(clicked), First.AddDays(clicked + lag), minor)).ArrayOf();
}
