namespace RevOps.Core.Receivables.BankFiles;

/// <summary>Whether the statements of one account join up: the bank's own count without gaps, and each begins with what the one before ended with.</summary>
public static class StatementOrder
{
    public const string Gap = "gap";
    public const string Balance = "balance";

    /// <summary>Sets the warnings of all of them, which a file that comes later may lift.</summary>
    public static void Check(IEnumerable<BankFile> files)
    {
        BankFile? before = null;
        // Exports of spreadsheets overlap as somebody asked for them: nothing follows on anything.
        foreach (var file in files.Where(file => file.Format != BankFormat.Csv).OrderBy(file => file.To).ThenBy(file => file.From).ThenBy(file => file.Sequence).ThenBy(file => file.RecordedAt))
        {
            file.Warnings = before is null ? "" : string.Join(' ', Between(before, file));
            before = file;
        }
    }

    private static IEnumerable<string> Between(BankFile before, BankFile file)
    {
        // Some count from 1 again every year.
        if (before.Sequence is { } last && file.Sequence is { } next && next != last + 1 && !(next == 1 && file.To.Year > before.To.Year))
            yield return Gap;

        // Another cut of days that are in begins where it likes.
        if (file.Repeats == 0 && before.ClosingMinor is { } closed && file.OpeningMinor is { } opened && closed != opened)
            yield return Balance;
    }
}
