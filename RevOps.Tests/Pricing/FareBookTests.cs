using RevOps.Core.Catalogue;
using RevOps.Core.Platform;
using RevOps.Core.Pricing.Advice;
using RevOps.Core.Pricing.Settings;

namespace RevOps.Tests.Pricing;

public sealed class FareBookTests
{
    private static readonly Guid Workshop = Guid.CreateVersion7();
    private static readonly DateTimeOffset Day = new(2026, 5, 1, 9, 0, 0, TimeSpan.Zero);

    /// <summary>The list price may have gone over to the other side of the tax since: a fare of 90 with the tax is 75 without.</summary>
    [Fact]
    public void AFare_StandsOnTheSideOfTheTaxThatItWasSetOn()
    {
        var fare = new FareBook([Setting(1, Day, taxInclusive: true, 90_00)]).Of(Workshop, "MEMBER", "EUR", Day);
        Assert.Equal(new CataloguePrice(90, TaxInclusive: true, IsContract: false), fare);
        Assert.Equal((90, 75), (fare!.On(taxInclusive: true, 2_000), fare.On(taxInclusive: false, 2_000)));
    }

    [Fact]
    public void TheFareOfThen_Counts_AndTheDearestIsTheSlotsOwnPrice()
    {
        var book = new FareBook([Setting(1, Day, taxInclusive: false, 90_00), Setting(2, Day.AddDays(2), taxInclusive: false, 80_00)]);
        Assert.Equal([null, 90, 80], new[] { -1, 1, 3 }.Select(days => book.Of(Workshop, "member", "EUR", Day.AddDays(days))?.UnitAmount));
        Assert.Null(book.Of(Workshop, "full", "EUR", Day.AddDays(3)));
        Assert.Null(book.Of(Workshop, null, "EUR", Day.AddDays(3)));
        Assert.Null(book.Of(Workshop, "member", "USD", Day.AddDays(3)));
    }

    private static PricingSetting Setting(int number, DateTimeOffset at, bool taxInclusive, long member) => new()
    {
        Id = Guid.CreateVersion7(), ServiceId = Workshop, Number = number, At = at, UserId = Guid.Empty, Currency = "EUR", TaxInclusive = taxInclusive, FloorMinor = 70_00, CeilingMinor = 200_00, StepMinor = 100, MostDailyChange = 1_000,
        Attitude = PriceAttitude.Advised, ApprovalAbove = 500, AcceptsByRule = false, IsPaused = false,
        FareList = System.Text.Json.JsonSerializer.Serialize(new[] { new Fare("full", "Full fare", 100_00), new Fare("member", "Members", member) }),
    };
}
