using RevOps.Core.Catalogue;

namespace RevOps.Tests.Catalogue;

/// <summary>What may be entered, typed or by file: each fault is named by its field, and a file is looked at before anything is saved.</summary>
public sealed class CataloguePlanTests
{
    private const string Heading = "code;name;vat;cost;currency;price;tax;from\n";
    private static readonly Service Audit = new() { Id = Guid.CreateVersion7(), Code = "AUDIT", Name = "Audit", TaxRateBasisPoints = 1_000, CostMinor = 45_000, CostCurrency = "EUR", RecordedAt = default };

    [Theory]
    [InlineData("", "Audit", "", "", "Code codeMissing")]
    [InlineData("a;b", "Audit", "", "", "Code codeForm")]
    [InlineData("café", "Audit", "", "", "Code codeForm")]
    [InlineData("A", " ", "", "", "Name nameMissing")]
    [InlineData("A", "Audit", "twenty", "", "Rate rate")]
    [InlineData("A", "Audit", "12", "", "Rate rateUnknown")]
    [InlineData("A", "Audit", "5,5", "1,234", "Cost cost")]
    [InlineData("A", "Audit", "20", "-1", "Cost cost")]
    [InlineData("A-1 b", "Audit", "", "450.5", null)]
    public void Service_IsCheckedByField(string code, string name, string rate, string cost, string? expected) =>
        Assert.Equal(expected, Said(CatalogueRules.Check(new ServiceEntry { Code = code, Name = name, Rate = rate, Cost = cost, CostCurrency = "EUR" }, IsRate)));

    [Theory]
    [InlineData("", "EUR", "HT", "2026-01-01", "", "Amount priceMissing")]
    [InlineData("1.2345678", "EUR", "HT", "2026-01-01", "", "Amount price")]
    [InlineData("-5", "EUR", "HT", "2026-01-01", "", "Amount price")]
    [InlineData("5", "EURO", "HT", "2026-01-01", "", "Currency currency")]
    [InlineData("5", "EUR", "net", "2026-01-01", "", "Tax tax")]
    [InlineData("5", "EUR", "HT", "2026-02-30", "", "From from")]
    [InlineData("5", "EUR", "HT", "2026-02-01", "2026-01-31", "Until untilBefore")]
    [InlineData("1,200.50", "EUR", "HT", "2026-01-01", "", "Amount price")]
    [InlineData("1 200,123456", "eur", "ttc", "31/03/2026", "2026-03-31", null)]
    public void Price_IsCheckedByField(string amount, string currency, string tax, string from, string until, string? expected) =>
        Assert.Equal(expected, Said(CatalogueRules.Check(new PriceEntry { Amount = amount, Currency = currency, Tax = tax, From = from, Until = until })));

    [Theory]
    [InlineData("name;price\nA;1", "fileColumns")]
    [InlineData("code;colour\nA;red", "fileColumns")]
    [InlineData("code;code\nA;B", "fileColumns")]
    [InlineData("code;name\n\n", "fileEmpty")]
    public void AFileThatCannotBeRead_SaysWhy(string file, string problem) => Assert.Equal(problem, CatalogueFile.Read(file).Problem);

    [Fact]
    public void AFile_MayHaveItsColumnsInAnyOrderQuotedAndByCommas()
    {
        var line = Assert.Single(CatalogueFile.Read("\ufeffname,code,price,currency,tax,from\r\n\"Audit, \"\"deep\"\"\",A,\"1200,50\",EUR,HT,2026-01-01\r\n").Lines);
        Assert.Equal(("Audit, \"deep\"", "A", "1200,50", 2), (line.Service.Name, line.Service.Code, line.Price!.Amount, line.Number));
    }

    [Fact]
    public void Preview_NamesEachRowsFault_AndNothingMayBeSaved()
    {
        var plan = Plan(Heading + "NEW;New;20;;EUR;10;HT;2026-01-01\nBAD;;12;;EUR;ten;HT;\nNEW;Other;20;;;;;\nAUDIT;;;;EUR;999;HT;2026-01-01", Listed("1200"));
        Assert.Equal([null, "Name nameMissing, Rate rateUnknown, Amount price, From fromMissing", "Code codeTwice", "From fromTaken"], plan.Lines.Select(line => Said(line.Problems)));
        Assert.Equal((3, false), (plan.Wrong, plan.MaySave));
    }

    [Fact]
    public void Preview_SaysWhatEachRowWouldDo_AndEmptyCellsStayAsTheyAre()
    {
        var plan = Plan(Heading + "NEW;New;;;EUR;10;HT;2026-01-01\nnew;New;;;EUR;11;HT;2026-02-01\naudit;;;;EUR;1200,00;HT;2026-01-01\nAUDIT;Audit of a day;;;;;;", Listed("1200"));
        Assert.Equal([(PlannedService.Added, PlannedPrice.Added), (PlannedService.Same, PlannedPrice.Added), (PlannedService.Same, PlannedPrice.Same)], plan.Lines.Take(3).Select(line => (line.Service, line.Price)));

        // The name differs from what the row before left as it was.
        Assert.Equal("Code codeTwice", Said(plan.Lines[3].Problems));

        var renamed = Plan(Heading + "AUDIT;Audit of a day;;;;;;", Listed("1200"));
        Assert.True(renamed.MaySave);
        Assert.Equal(new SavedService(Audit.Id, new("AUDIT", "Audit of a day", 1_000, 45_000, "EUR"), BasedOn: 0), Assert.Single(renamed.Services));
        Assert.False(Plan(Heading + "AUDIT;Audit;10;450;EUR;1200;HT;2026-01-01", Listed("1200")).MaySave);
    }

    private static CataloguePlan Plan(string file, params PriceVersion[] prices) => CataloguePlan.Of(CatalogueFile.Read(file).Lines, [Audit], prices, Guid.Empty, IsRate);

    private static bool IsRate(int rate) => rate is 2_000 or 1_000 or 550;

    private static PriceVersion Listed(string amount) => new() { Id = Guid.CreateVersion7(), ServiceId = Audit.Id, Currency = "EUR", UnitAmount = amount, ValidFrom = new(2026, 1, 1), UserId = Guid.Empty, RecordedAt = default };

    private static string? Said(IReadOnlyDictionary<string, string> problems) => problems.Count == 0 ? null : string.Join(", ", problems.Select(problem => $"{problem.Key} {problem.Value}"));
}
