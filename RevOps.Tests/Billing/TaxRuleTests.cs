using RevOps.Core.Billing;

namespace RevOps.Tests.Billing;

/// <summary>Which VAT a line carries: by who buys, where, what the sender says, and when it is supplied.</summary>
public sealed class TaxRuleTests
{
    private static readonly DateOnly Today = new(2026, 11, 26);

    [Theory]
    [InlineData("FR", true, null, false, null, TaxCategory.Standard, 2_000, null)]
    [InlineData("fr", true, null, false, 550, TaxCategory.Standard, 550, null)]
    [InlineData("FR", null, null, false, null, TaxCategory.Standard, 2_000, null)]
    [InlineData("FR", true, null, false, 1_234, TaxCategory.Standard, 1_234, ReviewProblem.TaxRateUnknown)]
    [InlineData("MC", true, null, false, null, TaxCategory.Standard, 2_000, null)]
    [InlineData("DE", false, null, false, null, TaxCategory.Standard, 2_000, null)]
    [InlineData("DE", null, null, false, null, TaxCategory.Standard, 2_000, ReviewProblem.KindMissing)]
    [InlineData("DE", true, null, false, null, TaxCategory.ReverseCharge, 0, ReviewProblem.VatNumberMissing)]
    [InlineData("DE", true, "DE136695976", false, null, TaxCategory.ReverseCharge, 0, ReviewProblem.VatNumberUnverified)]
    [InlineData("DE", true, "DE136695976", true, null, TaxCategory.ReverseCharge, 0, null)]
    [InlineData("DE", true, "DE136695976", true, 2_000, TaxCategory.ReverseCharge, 0, ReviewProblem.TaxRateContradicts)]
    [InlineData("US", true, null, false, null, TaxCategory.OutsideScope, 0, null)]
    [InlineData("US", true, null, false, 2_000, TaxCategory.OutsideScope, 0, ReviewProblem.TaxRateContradicts)]
    [InlineData("US", false, null, false, null, TaxCategory.Standard, 2_000, null)]
    [InlineData(null, true, null, false, null, TaxCategory.Standard, 2_000, ReviewProblem.CountryMissing)]
    public void Decide_OfAFrenchSeller(string? country, bool? business, string? vat, bool verified, int? asked, TaxCategory category, int rate, string? problem)
    {
        var decision = TaxRule.Decide("FR", new(country, business, vat, verified), asked, Today);
        Assert.Equal((category, rate, problem), (decision.Category, decision.RateBasisPoints, decision.Problem));
    }

    [Theory]
    [InlineData("2013-12-31", 1_960)]
    [InlineData("2014-01-01", 2_000)]
    public void Decide_TakesTheRateOfTheDayOfSupply(string day, int standard)
    {
        var buyer = new TaxParty("FR", IsBusiness: true, VatNumber: null, VatVerified: false);
        var supplied = DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(new(TaxCategory.Standard, standard), TaxRule.Decide("FR", buyer, askedRate: null, supplied));
        Assert.Equal(ReviewProblem.TaxRateUnknown, TaxRule.Decide("FR", buyer, askedRate: standard == 2_000 ? 1_960 : 2_000, supplied).Problem);
    }

    [Fact]
    public void Decide_OfACountryWhoseRatesAreNotKnown_TakesTheSendersAndGuessesNone()
    {
        var buyer = new TaxParty("DE", IsBusiness: true, VatNumber: null, VatVerified: false);
        Assert.Equal(new(TaxCategory.Standard, 1_900), TaxRule.Decide("DE", buyer, askedRate: 1_900, Today));
        Assert.Equal(ReviewProblem.TaxRateUnknown, TaxRule.Decide("DE", buyer, askedRate: null, Today).Problem);
    }

    [Fact]
    public void Rates_OfACountryAndADayHaveOneStandard()
    {
        foreach (var edge in TaxRate.All.SelectMany(rate => new[] { rate.From, rate.Until ?? Today }))
            Assert.All(TaxRate.All.Select(rate => rate.Country).Distinct(), country => Assert.Single(TaxRate.All, rate => rate.IsStandard && rate.Country == country && rate.From <= edge && (rate.Until is null || edge <= rate.Until)));
    }
}
