using System.Globalization;
using System.Text;
using RevOps.Core.Platform;

namespace RevOps.Core.Receivables.Reconciliation;

/// <summary>What a column of the CRM's list says.</summary>
public enum CrmField
{
    DealId = 0,
    WonOn = 1,

    /// <summary>Without tax.</summary>
    Amount = 2,

    /// <summary>Null: all are in the company's currency.</summary>
    Currency = 3,

    /// <summary>Where the list holds more than won deals: only rows that say so count.</summary>
    Stage = 4,
}

/// <summary>Which column says what.</summary>
/// <param name="WonWord">What a won deal's stage is called; counts only with <see cref="CrmField.Stage"/>.</param>
public sealed record CrmMapping(IReadOnlyDictionary<CrmField, string> Columns, string WonWord)
{
    // Headings of the exports of HubSpot, Pipedrive and Salesforce, in English and French, without accents.
    private static readonly (CrmField Field, string[] Words)[] Known =
    [
        (CrmField.DealId, ["record id", "deal id", "deal - id", "opportunity id", "id", "identifiant", "id de l'enregistrement", "deal", "affaire"]),
        (CrmField.WonOn, ["close date", "closed date", "won date", "deal - won time", "won time", "won on", "won", "date de cloture", "date de fermeture", "date", "gagne le"]),
        (CrmField.Amount, ["amount", "deal - value", "value", "net", "montant", "montant ht", "valeur"]),
        (CrmField.Currency, ["currency", "deal currency code", "devise", "currency code"]),
        (CrmField.Stage, ["deal stage", "stage", "status", "deal - status", "phase de la transaction", "statut", "etape"]),
    ];

    private static readonly string[] WonWords = ["closed won", "closedwon", "won", "gagne", "gagnee", "ferme gagne", "conclu"];

    public string? this[CrmField field] => Columns.GetValueOrDefault(field);

    public bool IsComplete => this[CrmField.DealId] is not null && this[CrmField.WonOn] is not null && this[CrmField.Amount] is not null;

    public static CrmMapping Guess(CsvTable table)
    {
        var (columns, left) = (new Dictionary<CrmField, string>(), table.Heading.Where(name => name.Length > 0).Distinct(StringComparer.Ordinal).ToList());
        foreach (var (field, words) in Known)
        {
            if (words.Select(word => left.Find(name => Plain(name) == word)).FirstOrDefault(name => name is not null) is not { } found)
                continue;
            columns[field] = found;
            left.Remove(found);
        }

        var stages = columns.TryGetValue(CrmField.Stage, out var stage) ? table.Rows.Select(row => row[stage]).Distinct(StringComparer.Ordinal).ToList() : [];
        return new(columns, stages.Find(name => WonWords.Contains(Plain(name))) ?? "");
    }

    private static string Plain(string name) =>
        string.Concat(name.Normalize(NormalizationForm.FormD).Where(sign => CharUnicodeInfo.GetUnicodeCategory(sign) != UnicodeCategory.NonSpacingMark)).Replace('’', '\'').Replace('_', ' ').Trim().ToLowerInvariant();
}

/// <summary>A deal of the list, or what is wrong with its row.</summary>
/// <param name="Problem">A code; null where it can be taken.</param>
/// <param name="Found">What stands there instead.</param>
public sealed record CrmRow(int Line, string DealId, DateOnly WonOn, Money Net, string? Problem, string? Found);

/// <summary>Reads the CRM's list of won deals by its columns.</summary>
public static class CrmListFile
{
    private const int LongestId = 200;
    private static readonly string[] Days = ["yyyy-MM-dd", "d/M/yyyy", "d.M.yyyy", "d-M-yyyy", "yyyy/M/d"];

    /// <summary>Rows of won deals, each read or with what is wrong; of a deal that stands twice the second is.</summary>
    public static IReadOnlyList<CrmRow> Read(CsvTable table, CrmMapping mapping, string currency)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return [.. table.Rows.Where(row => mapping[CrmField.Stage] is not { } stage || mapping.WonWord.Length == 0 || row[stage] == mapping.WonWord).Select(row =>
        {
            var read = RowOf(row, mapping, currency);
            return read.Problem is null && !seen.Add(read.DealId) ? read with { Problem = "twice", Found = read.DealId } : read;
        })];
    }

    private static CrmRow RowOf(CsvRow row, CrmMapping mapping, string own)
    {
        var (id, day, amount) = (row[mapping[CrmField.DealId]], row[mapping[CrmField.WonOn]].Split(' ', 'T')[0], row[mapping[CrmField.Amount]]);
        var currency = row[mapping[CrmField.Currency]] is { Length: > 0 } given ? given.ToUpperInvariant() : own;
        if (id.Length is 0 or > LongestId)
            return Wrong("dealId", id);
        if (!DateOnly.TryParseExact(day, Days, CultureInfo.InvariantCulture, DateTimeStyles.None, out var wonOn))
            return Wrong("wonOn", day);
        if (!Currency.IsKnown(currency))
            return Wrong("currency", currency);
        if (AmountText.MinorOf(amount, currency) is not { } minor)
            return Wrong("amount", amount);
        return new(row.Line, id, wonOn, new(minor, currency), null, null);

        CrmRow Wrong(string problem, string found) => new(row.Line, id, default, Money.Zero(own), problem, found);
    }
}
