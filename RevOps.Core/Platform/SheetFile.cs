using System.Text;

namespace RevOps.Core.Platform;

/// <summary>One row of a file, by its columns.</summary>
/// <param name="Number">Its line in the file, the heading being the first.</param>
public sealed record SheetRow(int Number, IReadOnlyDictionary<string, string> Cells)
{
    /// <summary>Without blanks around it; empty where the file has no such column.</summary>
    public string this[string column] => Cells.GetValueOrDefault(column, "");
}

/// <summary>
/// A table as spreadsheets write it: a heading, then a row a line, separated by semicolons, tabs or commas; columns in any order, by their
/// names. Cells may stand in quotation marks, where a doubled one is one.
/// </summary>
/// <param name="Problem">A code of what is wrong with the file as a whole: fileColumns, fileEmpty or fileLong.</param>
public sealed record SheetFile(IReadOnlyList<SheetRow> Rows, string? Problem)
{
    /// <summary>Columns that it has to have and has not.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>Columns that it has and nobody knows.</summary>
    public IReadOnlyList<string> Unknown { get; init; } = [];

    /// <param name="text">The whole file.</param>
    /// <param name="columns">Those that it may have, in lower case.</param>
    /// <param name="required">Those that it must have.</param>
    /// <param name="most">Rows that are taken at once.</param>
    public static SheetFile Read(string text, IReadOnlyList<string> columns, IReadOnlyList<string> required, int most)
    {
        var lines = text.TrimStart('\ufeff').ReplaceLineEndings("\n").Split('\n');
        var separator = ";\t,".FirstOrDefault(sign => lines[0].Contains(sign, StringComparison.Ordinal), ';');
        var heading = Split(lines[0], separator).Select(name => name.Trim().ToLowerInvariant()).ToList();
        if (required.Any(name => !heading.Contains(name)) || heading.Exists(name => !columns.Contains(name)) || heading.Distinct(StringComparer.Ordinal).Count() != heading.Count)
            return new([], "fileColumns") { Missing = [.. required.Except(heading, StringComparer.Ordinal)], Unknown = [.. heading.Except(columns, StringComparer.Ordinal).Where(name => name.Length > 0)] };

        var rows = lines.Index().Skip(1).Where(line => line.Item.Trim().Length > 0).Select(line => RowOf(line.Index + 1, heading, Split(line.Item, separator))).ToList();
        return rows.Count == 0 ? new([], "fileEmpty") : rows.Count > most ? new([], "fileLong") : new(rows, null);
    }

    private static SheetRow RowOf(int number, List<string> heading, List<string> cells) =>
        new(number, heading.Index().ToDictionary(column => column.Item, column => column.Index < cells.Count ? cells[column.Index].Trim() : "", StringComparer.Ordinal));

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
