using System.Text;

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
        var rows = text.TrimStart('\ufeff').ReplaceLineEndings("\n").Split('\n');
        var separator = ";\t,".FirstOrDefault(sign => rows[0].Contains(sign, StringComparison.Ordinal), ';');
        var heading = Split(rows[0], separator).Select(name => name.Trim().ToLowerInvariant()).ToList();
        if (!heading.Contains("code") || heading.Exists(name => !Columns.Contains(name)) || heading.Distinct(StringComparer.Ordinal).Count() != heading.Count)
            return ([], "fileColumns");

        var lines = rows.Index().Skip(1).Where(row => row.Item.Trim().Length > 0).Select(row => LineOf(row.Index + 1, heading, Split(row.Item, separator))).ToList();
        return lines.Count switch { 0 => ([], "fileEmpty"), > MostLines => ([], "fileLong"), _ => (lines, null) };
    }

    private static CatalogueLine LineOf(int number, List<string> heading, IReadOnlyList<string> cells)
    {
        string Of(string column) => heading.IndexOf(column) is >= 0 and var at && at < cells.Count ? cells[at].Trim() : "";
        var cost = Of("cost");
        return new(
            number,
            new() { Code = Of("code"), Name = Of("name"), Rate = Of("vat"), Cost = cost, CostCurrency = cost.Length > 0 ? Of("currency") : "" },
            Of("price").Length + Of("from").Length + Of("tax").Length == 0 ? null : new() { Amount = Of("price"), Currency = Of("currency"), Tax = Of("tax"), From = Of("from") });
    }

    /// <summary>Cells may stand in quotation marks, where a doubled one is one.</summary>
    private static List<string> Split(string row, char separator)
    {
        var (cells, cell, quoted) = (new List<string>(), new StringBuilder(), false);
        for (var at = 0; at < row.Length; at++)
        {
            if (row[at] == '"' && quoted && at + 1 < row.Length && row[at + 1] == '"')
            {
                cell.Append(row[++at]);
            }
            else if (row[at] == '"')
            {
                quoted = !quoted;
            }
            else if (row[at] == separator && !quoted)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else
            {
                cell.Append(row[at]);
            }
        }

        return [.. cells, cell.ToString()];
    }
}
