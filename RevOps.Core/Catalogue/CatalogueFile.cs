using RevOps.Core.Platform;

namespace RevOps.Core.Catalogue;

/// <summary>One row of a file of services and prices, as it says it.</summary>
/// <param name="Number">Its line in the file, the heading being the first.</param>
/// <param name="Price">Null where the row names no price.</param>
public sealed record CatalogueLine(int Number, ServiceEntry Service, PriceEntry? Price);

/// <summary>Reads a file of services and prices: <c>code;name;vat;cost;currency;price;tax;from</c>, in any order of the columns.</summary>
public static class CatalogueFile
{
    public const int MostLines = 2_000;

    public static readonly IReadOnlyList<string> Columns = ["code", "name", "vat", "cost", "currency", "price", "tax", "from"];

    /// <summary>Its rows, or a code of what is wrong with the file as a whole.</summary>
    public static (IReadOnlyList<CatalogueLine> Lines, string? Problem) Read(string text)
    {
        var file = SheetFile.Read(text, Columns, ["code"], MostLines);
        return ([.. file.Rows.Select(LineOf)], file.Problem);
    }

    private static CatalogueLine LineOf(SheetRow row) => new(
        row.Number,
        new() { Code = row["code"], Name = row["name"], Rate = row["vat"], Cost = row["cost"], CostCurrency = row["cost"].Length > 0 ? row["currency"] : "" },
        row["price"].Length + row["from"].Length + row["tax"].Length == 0 ? null : new() { Amount = row["price"], Currency = row["currency"], Tax = row["tax"], From = row["from"] });
}
