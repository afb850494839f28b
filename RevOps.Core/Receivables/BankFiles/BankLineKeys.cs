using System.Globalization;

namespace RevOps.Core.Receivables.BankFiles;

/// <summary>
/// What makes a line itself, so that it is seen again in another file. By the bank's reference where it gives one; else by its place in a
/// statement. A CSV has neither: there the first of two equal lines of a day is the first again, and the second the second. Two lines that
/// are alike are never taken for one.
/// </summary>
internal static class BankLineKeys
{
    // What banks write where they have no reference.
    private static readonly HashSet<string> Nothing = new(StringComparer.OrdinalIgnoreCase) { "NONREF", "NOTPROVIDED", "NOT PROVIDED", "NONE", "N/A", "-", "0" };

    /// <summary>One per line, in their order, each once.</summary>
    public static IReadOnlyList<string> Of(BankStatement statement, BankFormat format)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        return [.. statement.Lines.Select(line =>
        {
            var key = KeyOf(statement, line, format);
            var nth = seen[key] = seen.GetValueOrDefault(key) + 1;
            return $"{AccountOf(statement.Account)}|{key}|{nth.ToString(CultureInfo.InvariantCulture)}";
        })];
    }

    /// <summary>A French IBAN holds bank, branch and number, which is all that a CFONB file says.</summary>
    public static string AccountOf(string number) => number.Length == 27 && (number.StartsWith("FR", StringComparison.Ordinal) || number.StartsWith("MC", StringComparison.Ordinal)) ? number[4..25] : number;

    /// <summary>A CFONB statement begins on the day of its old balance, whose lines are not in it.</summary>
    public static DateOnly FirstDayOf(BankFormat format, DateOnly from, DateOnly to) => format == BankFormat.Cfonb120 && from < to ? from.AddDays(1) : from;

    /// <summary>True where every line has a reference, or is known by its day: then statements may overlap.</summary>
    public static bool MayOverlap(BankStatement statement, BankFormat format) => format == BankFormat.Csv || statement.Lines.All(line => ReferenceOf(line) is not null);

    private static string KeyOf(BankStatement statement, StatementLine line, BankFormat format)
    {
        // References are used again after a while: with day and amount they are not.
        if (ReferenceOf(line) is { } reference)
            return string.Create(CultureInfo.InvariantCulture, $"ref|{reference}|{line.BookedOn:yyyyMMdd}|{line.AmountMinor}");
        return format == BankFormat.Csv
            ? string.Create(CultureInfo.InvariantCulture, $"day|{line.BookedOn:yyyyMMdd}|{line.AmountMinor}|{line.Text.Label}|{line.Text.Payer}|{line.Text.Reference}")
            : string.Create(CultureInfo.InvariantCulture, $"place|{statement.StatementId}|{statement.From:yyyyMMdd}|{statement.To:yyyyMMdd}|{statement.OpeningMinor}|{line.Position}");
    }

    private static string? ReferenceOf(StatementLine line) => line.Text.BankReference is { } reference && !Nothing.Contains(reference.Trim()) && reference.Trim('0', ' ').Length > 0 ? reference.Trim() : null;
}
