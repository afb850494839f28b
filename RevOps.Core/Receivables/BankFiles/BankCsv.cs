using System.Globalization;
using CsvHelper;
using RevOps.Core.Platform;

namespace RevOps.Core.Receivables.BankFiles;

/// <summary>A bank's CSV: some lines about the account perhaps, a heading, and a movement a line in whichever order.</summary>
public sealed record BankCsv(IReadOnlyList<string> Heading, IReadOnlyList<CsvRow> Rows)
{
    // Fewer are a title, not a table.
    private const int FewestColumns = 3;
    private const int MostRows = 100_000;
    private const int LookedAt = 8_000;
    private static readonly string[] DayFirst = ["d/M/yyyy", "d-M-yyyy", "d.M.yyyy", "d/M/yy"];
    private static readonly string[] MonthFirst = ["M/d/yyyy", "M-d-yyyy", "M.d.yyyy", "M/d/yy"];
    private static readonly string[] YearFirst = ["yyyy-M-d", "yyyy/M/d", "yyyyMMdd"];

    /// <exception cref="BankFileException">It is no table.</exception>
    public static BankCsv Open(string text)
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
                throw new BankFileException((int)reader.LineNumber, "long", MostRows.ToString(CultureInfo.InvariantCulture));
        }

        return heading is not null && rows.Count > 0 ? new(heading, rows) : throw new BankFileException(1, "noTable", FewestColumns.ToString(CultureInfo.InvariantCulture));
    }

    /// <param name="mapping">Which column says what.</param>
    /// <param name="account">Whose statement it is: such files seldom say it.</param>
    /// <param name="currency">Of the account.</param>
    /// <exception cref="BankFileException">A cell is not what its column should be, or the balances do not meet.</exception>
    public BankStatement Read(CsvMapping mapping, string account, string currency)
    {
        if (!mapping.IsComplete || !mapping.Fits(Heading))
            throw new BankFileException(1, "mapping", string.Join(", ", mapping.Columns.Values.Except(Heading, StringComparer.Ordinal)));
        var (opening, closing, inOrder) = Balances(mapping, currency);
        var lines = inOrder.Select((row, index) => new StatementLine(index + 1, DayOf(row, mapping, CsvField.Day), row[mapping[CsvField.ValueDay]].Length == 0 ? null : DayOf(row, mapping, CsvField.ValueDay), AmountOf(row, mapping, currency), TextOf(row, mapping))).ToList();
        return new(account, currency, null, null, lines.Min(line => line.BookedOn), lines.Max(line => line.BookedOn), opening, closing, lines);
    }

    /// <summary>Each balance is the one before and the line: the file runs upwards or downwards, and no line of it is missing.</summary>
    private (long? Opening, long? Closing, IReadOnlyList<CsvRow> InOrder) Balances(CsvMapping mapping, string currency)
    {
        var upwards = DayOf(Rows[0], mapping, CsvField.Day) <= DayOf(Rows[^1], mapping, CsvField.Day);
        var inOrder = upwards ? Rows : [.. Rows.Reverse()];
        if (mapping[CsvField.Balance] is null)
            return (null, null, inOrder);
        if (FirstGap(inOrder, mapping, currency) is { } gap)
        {
            // Of a single day the days do not tell which way it runs.
            inOrder = [.. inOrder.Reverse()];
            if (FirstGap(inOrder, mapping, currency) is not null)
                throw new BankFileException(gap.Line, "balance", gap[mapping[CsvField.Balance]]);
        }

        return (MinorOf(inOrder[0], mapping[CsvField.Balance]!, mapping, currency) - AmountOf(inOrder[0], mapping, currency), MinorOf(inOrder[^1], mapping[CsvField.Balance]!, mapping, currency), inOrder);
    }

    private static CsvRow? FirstGap(IReadOnlyList<CsvRow> rows, CsvMapping mapping, string currency) =>
        rows.Zip(rows.Skip(1)).FirstOrDefault(pair => MinorOf(pair.First, mapping[CsvField.Balance]!, mapping, currency) + AmountOf(pair.Second, mapping, currency) != MinorOf(pair.Second, mapping[CsvField.Balance]!, mapping, currency)).Second;

    private static DateOnly DayOf(CsvRow row, CsvMapping mapping, CsvField field)
    {
        // A time of day may follow.
        var text = row[mapping[field]].Split(' ', 'T')[0];
        var formats = mapping.Order switch { DayOrder.YearFirst => YearFirst, DayOrder.MonthFirst => MonthFirst, _ => DayFirst };
        return DateOnly.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : throw new BankFileException(row.Line, "day", text);
    }

    private static long AmountOf(CsvRow row, CsvMapping mapping, string currency)
    {
        if (mapping[CsvField.Amount] is { } column)
            return MinorOf(row, column, mapping, currency);
        var (credit, debit) = (row[mapping[CsvField.Credit]], row[mapping[CsvField.Debit]]);
        if (credit.Length == 0 && debit.Length == 0)
            throw new BankFileException(row.Line, "amount", mapping[CsvField.Credit]!);

        // What went out is written with its sign by some and without by others.
        return (credit.Length == 0 ? 0 : Math.Abs(MinorOf(row, mapping[CsvField.Credit]!, mapping, currency))) - (debit.Length == 0 ? 0 : Math.Abs(MinorOf(row, mapping[CsvField.Debit]!, mapping, currency)));
    }

    private static long MinorOf(CsvRow row, string column, CsvMapping mapping, string currency)
    {
        var group = mapping.DecimalSign == ',' ? '.' : ',';
        var text = string.Concat(row[column].Where(sign => !char.IsWhiteSpace(sign) && sign != group && sign is not ('€' or '\u202f' or '\u00a0' or '\''))).Replace(mapping.DecimalSign, '.').Replace('\u2212', '-');
        return decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowTrailingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) && Math.Abs(amount) < 1_000_000_000_000m && Money.Round(amount, currency) is var money && money.Amount == amount
            ? money.Minor
            : throw new BankFileException(row.Line, "amount", row[column]);
    }

    private static BankText TextOf(CsvRow row, CsvMapping mapping)
    {
        return new($"{Cell(CsvField.Label)} {Cell(CsvField.MoreLabel)}".Trim(), Cell(CsvField.Payer), Cell(CsvField.PayerIban) is { } iban ? Iban.Tidy(iban) : null, Cell(CsvField.Reference), Cell(CsvField.BankReference));

        string? Cell(CsvField field) => row[mapping[field]] is { Length: > 0 } text ? text : null;
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
