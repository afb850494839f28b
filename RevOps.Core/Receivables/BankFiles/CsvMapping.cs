using System.Text.Json;
using RevOps.Core.Platform;

namespace RevOps.Core.Receivables.BankFiles;

/// <summary>What a column of a bank's CSV may say. Stored by its name.</summary>
public enum CsvField
{
    Day = 0,
    ValueDay = 1,

    /// <summary>With its sign: negative went out.</summary>
    Amount = 2,

    /// <summary>What came in, where both sides have columns of their own.</summary>
    Credit = 3,

    Debit = 4,
    Label = 5,
    MoreLabel = 6,
    Payer = 7,
    PayerIban = 8,
    Reference = 9,

    /// <summary>The bank's own id of the line, by which the same line is seen again.</summary>
    BankReference = 10,

    /// <summary>Of the account after the line.</summary>
    Balance = 11,

    /// <summary>A line in another one than the account's refuses the file.</summary>
    Currency = 12,

    /// <summary>Lines that are not booked, or were taken back, are no money.</summary>
    Status = 13,
}

/// <summary>What comes first in the days of a file. Stored by its name.</summary>
public enum DayOrder
{
    DayFirst = 0,
    MonthFirst = 1,
    YearFirst = 2,
}

/// <summary>Which column of a bank's CSV says what: chosen once per account, on the preview of its first file.</summary>
/// <param name="Columns">Headings as they stand in the file.</param>
public sealed record CsvMapping(IReadOnlyDictionary<CsvField, string> Columns, DayOrder Order, char DecimalSign)
{
    // Words of French and English exports (Qonto, Shine, BNP, Crédit Mutuel, Boursorama, Wise, Revolut …), without accents; the first that fits counts.
    private static readonly (CsvField Field, string[] Words)[] Known =
    [
        (CsvField.ValueDay, ["date de valeur", "date valeur", "value date", "valeur"]),
        (CsvField.Day, ["date operation", "date de l'operation", "date comptable", "booking date", "settlement date", "date de reglement", "completed date", "date"]),
        (CsvField.Credit, ["credit", "montant credit", "entrees", "paid in"]),
        (CsvField.Debit, ["debit", "montant debit", "sorties", "paid out"]),
        (CsvField.Amount, ["montant total", "montant ttc", "montant", "amount", "total amount"]),
        (CsvField.Balance, ["solde", "balance", "running balance"]),
        (CsvField.PayerIban, ["iban contrepartie", "counterparty iban", "payer iban", "iban"]),
        (CsvField.Payer, ["contrepartie", "counterparty", "nom de la contrepartie", "counterparty name", "emetteur", "payer", "payer name", "tiers"]),
        (CsvField.BankReference, ["identifiant", "id transaction", "transaction id", "id"]),
        (CsvField.Reference, ["reference", "payment reference", "reference client", "communication"]),
        (CsvField.Label, ["libelle", "label", "description", "libelle operation", "operation", "details"]),
        (CsvField.Currency, ["devise", "currency", "devise locale"]),
        (CsvField.Status, ["statut", "status", "state", "etat"]),
        (CsvField.MoreLabel, ["libelle complementaire", "complement", "motif", "note", "memo", "message"]),
    ];

    public string? this[CsvField field] => Columns.GetValueOrDefault(field);

    /// <summary>Enough to read a file by: a day, an amount or both sides, and what it is for.</summary>
    public bool IsComplete => this[CsvField.Day] is not null && (this[CsvField.Amount] ?? this[CsvField.Credit]) is not null && (this[CsvField.Label] ?? this[CsvField.Reference]) is not null;

    /// <summary>Says day, amount and words of a line from the same columns.</summary>
    public bool NamesLinesAs(CsvMapping other) => new[] { CsvField.Day, CsvField.Amount, CsvField.Credit, CsvField.Debit, CsvField.Label, CsvField.MoreLabel, CsvField.Payer, CsvField.Reference, CsvField.BankReference }.All(field => this[field] == other[field]);

    public bool Fits(IReadOnlyCollection<string> heading) => Columns.Values.All(heading.Contains);

    /// <summary>What the headings and the first rows suggest.</summary>
    public static CsvMapping Guess(IReadOnlyList<string> heading, IReadOnlyList<CsvRow> rows)
    {
        var (columns, left) = (new Dictionary<CsvField, string>(), heading.Where(name => name.Length > 0).Distinct(StringComparer.Ordinal).ToList());
        foreach (var (field, words) in Known)
        {
            if (words.Select(word => left.Find(name => Plain(name) == word)).Concat(words.Select(word => left.Find(name => Plain(name).StartsWith(word + " ", StringComparison.Ordinal)))).FirstOrDefault(name => name is not null) is not { } found)
                continue;
            columns[field] = found;
            left.Remove(found);
        }

        // Amounts of both signs say all; of two columns the one cannot be read without the other.
        if (columns.ContainsKey(CsvField.Amount) || !columns.ContainsKey(CsvField.Credit) || !columns.ContainsKey(CsvField.Debit))
        {
            columns.Remove(CsvField.Credit);
            columns.Remove(CsvField.Debit);
        }

        var amounts = new[] { CsvField.Amount, CsvField.Credit, CsvField.Debit }.Select(columns.GetValueOrDefault).OfType<string>().SelectMany(column => rows.Select(row => row[column])).ToList();
        return new(columns, OrderOf([.. rows.Select(row => row[columns.GetValueOrDefault(CsvField.Day, "")])]), SignOf(amounts));
    }

    public string ToJson() => JsonSerializer.Serialize(this);

    public static CsvMapping? FromJson(string? json) => json is null ? null : JsonSerializer.Deserialize<CsvMapping>(json);

    private static DayOrder OrderOf(List<string> days)
    {
        if (days.Exists(day => day.Length > 4 && day[..4].All(char.IsAsciiDigit)))
            return DayOrder.YearFirst;
        return days.Exists(day => day.Split('/', '-', '.') is [var first, var second, _] && int.TryParse(first, out var month) && month <= 12 && int.TryParse(second, out var date) && date > 12) ? DayOrder.MonthFirst : DayOrder.DayFirst;
    }

    /// <summary>Whichever stands before the last one or two digits; the French comma where no amount tells.</summary>
    private static char SignOf(List<string> amounts) =>
        amounts.Select(amount => amount.TrimEnd('€', ' ', '\u00a0', '-', '+')).Select(amount => amount.Length < 3 ? ' ' : amount[^3] is ',' or '.' ? amount[^3] : amount[^2] is ',' or '.' ? amount[^2] : ' ').FirstOrDefault(sign => sign != ' ', ',');

    private static string Plain(string name) =>
        string.Concat(name.Normalize(System.Text.NormalizationForm.FormD).Where(sign => char.GetUnicodeCategory(sign) != System.Globalization.UnicodeCategory.NonSpacingMark)).Replace('’', '\'').Replace('_', ' ').Trim().ToLowerInvariant();
}
