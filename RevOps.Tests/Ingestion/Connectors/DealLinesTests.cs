using System.Globalization;
using RevOps.Core.Catalogue;
using RevOps.Core.Ingestion.Connectors;
using RevOps.Core.Ingestion.Connectors.HubSpot;

namespace RevOps.Tests.Ingestion.Connectors;

/// <summary>On which side of the tax the lines of a deal stand.</summary>
public sealed class DealLinesTests
{
    private static readonly DateTimeOffset At = new(2026, 5, 4, 7, 0, 0, TimeSpan.Zero);

    [Fact]
    public void OneInclusiveLine_LeavesTheOthersExclusive()
    {
        var won = Won([Line("1", "COURSE", "120", ("quantity", "2"), ("discount", "6")), Line("2", "AUDIT", "100")], [Type("COURSE", inclusive: true, rate: 2_000), Type("AUDIT", inclusive: false, rate: 2_000)]);
        Assert.Equal("exclusive", (string?)won.Data!["taxBehavior"]);
        var (course, audit) = (won.Data["lines"]![0]!, won.Data["lines"]![1]!);
        Assert.Equal((100m, 1_000L, 100m), (Amount(course["unitAmount"]), (long)course["discountMinor"]!, Amount(audit["unitAmount"])));
    }

    [Fact]
    public void AllInclusive_StayAsTheyWereAgreed()
    {
        var won = Won([Line("1", "COURSE", "119.99")], [Type("COURSE", inclusive: true, rate: 2_000)]);
        Assert.Equal(("inclusive", 119.99m), ((string?)won.Data!["taxBehavior"], Amount(won.Data["lines"]![0]!["unitAmount"])));
    }

    [Fact]
    public void CataloguePrice_IsOnTheCataloguesSide()
    {
        var won = Won([Line("1", "COACH", null)], []);
        Assert.Equal(("inclusive", 60m), ((string?)won.Data!["taxBehavior"], Amount(won.Data["lines"]![0]!["unitAmount"])));
    }

    [Fact]
    public void CataloguePriceAmongOthers_IsTakenApartByTheServicesRate()
    {
        var won = Won([Line("1", "COACH", null), Line("2", "AUDIT", "100")], []);
        Assert.Equal(("exclusive", 50m), ((string?)won.Data!["taxBehavior"], Amount(won.Data["lines"]![0]!["unitAmount"])));
    }

    [Fact]
    public void MixedWithoutARate_WaitsForIt()
    {
        var won = Won([Line("1", "COURSE", "120"), Line("2", "AUDIT", "100")], [Type("COURSE", inclusive: true, rate: null)]);
        Assert.Equal((null, "taxRate.missing", "COURSE"), (won.Type, string.Join(' ', won.Gaps), won.TypeKey));
    }

    private static decimal Amount(System.Text.Json.Nodes.JsonNode? text) => decimal.Parse((string)text!, CultureInfo.InvariantCulture);

    private static Translation Won(HubSpotObject[] lines, ConnectorMapping[] types)
    {
        var coach = new Service { Id = Guid.NewGuid(), Code = "COACH", Name = "Coaching", TaxRateBasisPoints = 2_000, RecordedAt = At };
        var price = new PriceVersion { Id = Guid.NewGuid(), ServiceId = coach.Id, Currency = "EUR", UnitAmount = "60", TaxInclusive = true, ValidFrom = new(2026, 1, 1), UserId = Guid.Empty, RecordedAt = At };
        var deal = new HubSpotDeal("9", new Dictionary<string, string>(StringComparer.Ordinal) { ["dealstage"] = "closedwon" })
        {
            Company = new("1", new Dictionary<string, string>(StringComparer.Ordinal) { ["name"] = "Acme", ["address"] = "1 rue A", ["zip"] = "75001", ["city"] = "Paris", ["country"] = "FR" }),
            Lines = lines,
        };
        var context = new TranslationContext(new(types), new([coach], [price]), "EUR", new(2026, 5, 4), new Dictionary<string, string>(StringComparer.Ordinal));
        return DealTranslation.Of(new("deal.propertyChange", "9", "dealstage", At, "d"), deal, [], context);
    }

    private static HubSpotObject Line(string id, string sku, string? price, params (string Name, string Value)[] more)
    {
        var properties = more.ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal);
        properties["hs_sku"] = sku;
        if (price is not null)
            properties["price"] = price;
        return new(id, properties);
    }

    private static ConnectorMapping Type(string key, bool inclusive, int? rate) => new()
    {
        Id = Guid.NewGuid(), Connector = "hubspot", Kind = MappingKind.Type, Key = key, Target = ConnectorMapping.Sale, TaxInclusive = inclusive, TaxRateBasisPoints = rate, ChangedAt = At, ChangedBy = "test",
    };
}
