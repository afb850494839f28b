using System.Globalization;
using CsvHelper;
using RevOps.Core.Platform;

namespace RevOps.Web.Shared.Tables;

/// <summary>
/// Rows as a spreadsheet of the reader's country opens them: the culture's separator and decimals, days and instants in ISO 8601, an
/// amount and its currency in two columns. A text that a spreadsheet would take for a formula is made harmless.
/// </summary>
public static class TableCsv
{
    private const string DayFormat = "yyyy-MM-dd";
    private const string InstantFormat = "yyyy-MM-dd HH:mm:ss";

    /// <summary>Writes UTF-8 with a byte order mark; how many rows it were.</summary>
    /// <param name="file">Where to; it stays open.</param>
    /// <param name="columns">In their order.</param>
    /// <param name="pages">The rows, page after page.</param>
    /// <param name="currencyTitle">Heading of the column beside an amount, given the amount's.</param>
    /// <param name="zone">In which instants are written.</param>
    public static async Task<int> WriteAsync<TRow>(
        Stream file, IReadOnlyList<Column<TRow>> columns, IAsyncEnumerable<IReadOnlyList<TRow>> pages, Func<string, string> currencyTitle, TimeZoneInfo zone)
    {
        var culture = CultureInfo.CurrentCulture;
        var separator = culture.NumberFormat.NumberDecimalSeparator == "," ? ';' : ',';
        await using var csv = CsvWriter.Create(file, new() { Separator = separator, FormatProvider = culture, Injection = CsvInjection.Escape, WriteByteOrderMark = true }, leaveOpen: true);

        // Whether a column holds amounts shows in its rows: the first page decides for all.
        HashSet<string>? amounts = null;
        var count = 0;
        await foreach (var rows in pages)
        {
            if (amounts is null)
            {
                amounts = [.. columns.Where(column => rows.Any(row => column.Value(row) is Money)).Select(column => column.Key)];
                WriteHead(csv, columns, amounts, currencyTitle);
            }

            foreach (var row in rows)
                WriteRow(csv, columns, amounts, row, zone);
            count += rows.Count;
        }

        if (amounts is null)
            WriteHead(csv, columns, [], currencyTitle);
        return count;
    }

    /// <summary>A value as text, to see whether a shown row has changed.</summary>
    public static string Text(object? value) => value switch
    {
        null => "",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static void WriteHead<TRow>(CsvWriter csv, IReadOnlyList<Column<TRow>> columns, HashSet<string> amounts, Func<string, string> currencyTitle)
    {
        foreach (var column in columns)
        {
            csv.WriteField(column.Title);
            if (amounts.Contains(column.Key))
                csv.WriteField(currencyTitle(column.Title));
        }

        csv.EndRecord();
    }

    private static void WriteRow<TRow>(CsvWriter csv, IReadOnlyList<Column<TRow>> columns, HashSet<string> amounts, TRow row, TimeZoneInfo zone)
    {
        foreach (var column in columns)
        {
            var value = column.Value(row);
            Write(csv, value, zone);
            if (amounts.Contains(column.Key))
                csv.WriteField((value as Money?)?.Currency ?? "");
        }

        csv.EndRecord();
    }

    private static void Write(CsvWriter csv, object? value, TimeZoneInfo zone)
    {
        switch (value)
        {
            case Money money:
                csv.WriteField(money.Amount, "");
                break;
            case DateOnly day:
                csv.WriteField(day, DayFormat);
                break;
            case DateTimeOffset instant:
                csv.WriteField(TimeZoneInfo.ConvertTime(instant, zone).DateTime, InstantFormat);
                break;
            case decimal or double or int or long:
                csv.WriteField(Convert.ToDecimal(value, CultureInfo.InvariantCulture), "");
                break;
            default:
                csv.WriteField(value?.ToString() ?? "");
                break;
        }
    }
}
