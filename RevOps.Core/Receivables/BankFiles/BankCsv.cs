using System.Globalization;
using RevOps.Core.Platform;

namespace RevOps.Core.Receivables.BankFiles;

/// <summary>Reads a bank's table by the columns that its account keeps, a movement a line in whichever order.</summary>
public static class BankCsv
{
    private static readonly string[] NotBooked = ["pending", "reverted", "declined", "failed", "cancelled", "canceled", "en attente", "en cours", "annulé", "annulée", "refusé", "refusée", "rejeté", "rejetée"];
    private static readonly string[] DayFirst = ["d/M/yyyy", "d-M-yyyy", "d.M.yyyy", "d/M/yy"];
    private static readonly string[] MonthFirst = ["M/d/yyyy", "M-d-yyyy", "M.d.yyyy", "M/d/yy"];
    private static readonly string[] YearFirst = ["yyyy-M-d", "yyyy/M/d", "yyyyMMdd"];

    /// <param name="table">The file.</param>
    /// <param name="mapping">Which column says what.</param>
    /// <param name="account">Whose statement it is: such files seldom say it.</param>
    /// <param name="currency">Of the account.</param>
    /// <exception cref="BankFileException">A cell is not what its column should be, or the balances do not meet.</exception>
    public static BankStatement Read(CsvTable table, CsvMapping mapping, string account, string currency)
    {
        if (!mapping.IsComplete || !mapping.Fits(table.Heading))
            throw new BankFileException(1, "mapping", string.Join(", ", mapping.Columns.Values.Except(table.Heading, StringComparer.Ordinal)));
        var rows = table.Rows.Where(row => !NotBooked.Contains(row[mapping[CsvField.Status]].ToLowerInvariant())).ToList();
        if (rows.Find(row => row[mapping[CsvField.Currency]] is { Length: > 0 } other && !string.Equals(other, currency, StringComparison.OrdinalIgnoreCase)) is { } foreign)
            throw new BankFileException(foreign.Line, "currency", $"{foreign[mapping[CsvField.Currency]]} ≠ {currency}");
        if (rows.Count == 0)
            throw new BankFileException(1, "noBooked", mapping[CsvField.Status] ?? "");
        var (opening, closing, inOrder) = Balances(rows, mapping, currency);
        var lines = inOrder.Select((row, index) => new StatementLine(index + 1, DayOf(row, mapping, CsvField.Day), row[mapping[CsvField.ValueDay]].Length == 0 ? null : DayOf(row, mapping, CsvField.ValueDay), AmountOf(row, mapping, currency), TextOf(row, mapping))).ToList();
        return new(account, currency, null, null, lines.Min(line => line.BookedOn), lines.Max(line => line.BookedOn), opening, closing, lines);
    }

    /// <summary>Each balance is the one before and the line: the file runs upwards or downwards, and no line of it is missing.</summary>
    private static (long? Opening, long? Closing, IReadOnlyList<CsvRow> InOrder) Balances(IReadOnlyList<CsvRow> rows, CsvMapping mapping, string currency)
    {
        var upwards = DayOf(rows[0], mapping, CsvField.Day) <= DayOf(rows[^1], mapping, CsvField.Day);
        var inOrder = upwards ? rows : [.. rows.Reverse()];
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
        var given = string.Concat(row[column].Where(sign => !char.IsWhiteSpace(sign) && sign is not ('€' or '\u202f' or '\u00a0' or '\'')));

        // A sign that parts thousands has three digits behind it: "1234.50" is no amount where the comma separates decimals, and not a hundredfold.
        var whole = given.Split(mapping.DecimalSign)[0].TrimStart('+', '-', '\u2212').TrimEnd('+', '-');
        if (whole.Split(group) is { Length: > 1 } parts && (parts[0].Length > 3 || parts.Skip(1).Any(part => part.Length != 3)))
            throw new BankFileException(row.Line, "amount", row[column]);
        var text = given.Replace(group.ToString(), "", StringComparison.Ordinal).Replace(mapping.DecimalSign, '.').Replace('\u2212', '-');
        return decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowTrailingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) && Math.Abs(amount) < 1_000_000_000_000m && Money.Round(amount, currency) is var money && money.Amount == amount
            ? money.Minor
            : throw new BankFileException(row.Line, "amount", row[column]);
    }

    private static BankText TextOf(CsvRow row, CsvMapping mapping)
    {
        return new($"{Cell(CsvField.Label)} {Cell(CsvField.MoreLabel)}".Trim(), Cell(CsvField.Payer), Cell(CsvField.PayerIban) is { } iban ? Iban.Tidy(iban) : null, Cell(CsvField.Reference), Cell(CsvField.BankReference));

        string? Cell(CsvField field) => row[mapping[field]] is { Length: > 0 } text ? text : null;
    }
}
