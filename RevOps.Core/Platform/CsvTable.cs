using System.Globalization;
using CsvHelper;

namespace RevOps.Core.Platform;

/// <summary>A table as other programs export it: some lines of their own perhaps, a heading, and rows by its names.</summary>
public sealed record CsvTable(IReadOnlyList<string> Heading, IReadOnlyList<CsvRow> Rows)
{
    // Fewer are a title, not a table.
    private const int FewestColumns = 3;
    private const int MostRows = 100_000;
    private const int LookedAt = 8_000;

    /// <exception cref="CsvTableException">It is no table.</exception>
    public static CsvTable Open(string text)
    {
        using var reader = CsvReader.FromText(text.TrimStart('\ufeff'), new() { HasHeader = false, Separator = SeparatorOf(text), TrackLineNumbers = true });
        List<string>? heading = null;
        var rows = new List<CsvRow>();
        while (reader.Read())
        {
            var cells = Enumerable.Range(0, reader.FieldCount).Select(index => reader.GetString(index).Trim()).ToList();
            if (heading is null && cells.Count(cell => cell.Length > 0) >= FewestColumns)
                heading = cells;
            else if (heading is not null && cells.Exists(cell => cell.Length > 0))
                rows.Add(RowOf((int)reader.LineNumber, heading, cells));
            if (rows.Count > MostRows)
                throw new CsvTableException((int)reader.LineNumber, "long", MostRows.ToString(CultureInfo.InvariantCulture));
        }

        return heading is not null && rows.Count > 0 ? new(heading, rows) : throw new CsvTableException(1, "noTable", FewestColumns.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>A comma separates only where nothing else does: in French files it stands in the amounts.</summary>
    private static char SeparatorOf(string text)
    {
        var first = text.AsSpan(0, Math.Min(text.Length, LookedAt)).ToString().Split('\n');
        return ";\t".FirstOrDefault(sign => first.Any(line => line.Count(found => found == sign) >= FewestColumns - 1), ',');
    }

    private static CsvRow RowOf(int line, List<string> heading, List<string> cells)
    {
        var row = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (index, name) in heading.Index().Where(column => column.Item.Length > 0))
            row.TryAdd(name, index < cells.Count ? cells[index] : "");
        return new(line, row);
    }
}

/// <summary>A row of a table by its headings.</summary>
/// <param name="Line">In the file, from 1.</param>
public sealed record CsvRow(int Line, IReadOnlyDictionary<string, string> Cells)
{
    /// <summary>Without blanks around it; empty where there is no such column.</summary>
    public string this[string? column] => column is null ? "" : Cells.GetValueOrDefault(column, "");

    public override string ToString() => $"row {Line}";
}

/// <summary>A file that is no table: where, and why.</summary>
/// <param name="reason">A code that the page puts into words.</param>
public sealed class CsvTableException(int line, string reason, string found) : Exception($"Line {line}: {reason} ({found})")
{
    public int Line { get; } = line;
    public string Reason { get; } = reason;
    public string Found { get; } = found;
}
