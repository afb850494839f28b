using RevOps.Core.Pricing.Advice;
using RevOps.Core.Pricing.Advising;

namespace RevOps.Tests.Pricing;

/// <summary>A price follows no person: what goes into the engine is a kept list, and nothing on it could name one.</summary>
public sealed class PriceFeatureTests
{
    [Fact]
    public void TheEnginesInputs_AreTheKeptListAndNoMore()
    {
        Assert.Empty(PriceFeatures.Refused(PriceFeatures.Inputs));

        // Nothing that was taken away stays on the list, and all that the engine's own methods take is looked at.
        var properties = PriceFeatures.Inputs.SelectMany(type => type.GetProperties().Where(property => property.SetMethod is not null).Select(property => $"{type.Name}.{property.Name}"));
        Assert.Equal(PriceFeatures.Allowed.Order(StringComparer.Ordinal), properties.Order(StringComparer.Ordinal));
        var taken = new[] { typeof(PriceDecision), typeof(PriceAdvice) }.SelectMany(engine => engine.GetMethods().Where(method => method.IsStatic && method.ReturnType == engine)).SelectMany(method => method.GetParameters().Select(parameter => parameter.ParameterType)).Where(type => type.Namespace!.StartsWith("RevOps", StringComparison.Ordinal));
        Assert.Subset(PriceFeatures.Inputs.ToHashSet(), taken.ToHashSet());
    }

    [Fact]
    public void APersonalFeature_IsRefused() =>
        Assert.Equal(["Spying.Country", "Spying.VisitorId", "Spying.Visits"], PriceFeatures.Refused([typeof(Spying)]).Order(StringComparer.Ordinal));

    [Fact]
    public void Groups_AreComparedOnLikeSlots_AndSmallOnesAreNotNamed()
    {
        PaidPrice Paid(string like, double price, string country, Guid? client = null) => new(like, price, client ?? Guid.CreateVersion7(), new Dictionary<ClientGroup, string> { [ClientGroup.Country] = country });
        List<PaidPrice> paid = [.. Enumerable.Range(0, 10).Select(_ => Paid("a", 100, "FR")), .. Enumerable.Range(0, 10).Select(_ => Paid("b", 200, "BE")), .. Enumerable.Range(0, 5).Select(at => Paid("a", 100, $"X{at}"))];
        var rows = Fairness.Of(paid);
        Assert.Equal([("BE", 10, 1.0), ("FR", 10, 1.0), (null, 5, 1.0)], rows.Select(row => (row.Name, row.Sales, row.Share)));
        Assert.All(rows, row => Assert.True(row.IsLevel));

        // One who buys often is one: neither named as a country, nor shown as all that is left.
        var often = Guid.CreateVersion7();
        Assert.Equal(["FR"], Fairness.Of([.. paid.Take(10), .. Enumerable.Range(0, 9).Select(_ => Paid("a", 112, "MT", often))]).Select(row => row.Name));

        var dearer = Fairness.Of([.. Enumerable.Range(0, 20).Select(at => Paid("a", 100 + (at % 2), "FR")), .. Enumerable.Range(0, 20).Select(at => Paid("a", 120 + (at % 2), "BE"))]);
        Assert.All(dearer, row => Assert.False(row.IsLevel));
        Assert.True(dearer.Single(row => row.Name == "BE").Low > 1);
    }

    private sealed record Spying(string VisitorId, string Country, int Visits);
}
