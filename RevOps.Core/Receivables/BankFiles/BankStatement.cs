namespace RevOps.Core.Receivables.BankFiles;

/// <summary>One statement of one account as a bank wrote it, read and checked.</summary>
/// <param name="Account">IBAN, or bank, branch and account number in one.</param>
/// <param name="Sequence">Position in the bank's own count; null where it does not count.</param>
/// <param name="OpeningMinor">Null where the format has no balances.</param>
public sealed record BankStatement(string Account, string Currency, string? StatementId, long? Sequence, DateOnly From, DateOnly To, long? OpeningMinor, long? ClosingMinor, IReadOnlyList<StatementLine> Lines)
{
    public override string ToString() => $"a statement of {Lines.Count} lines";
}

/// <summary>One movement: of a batch each of its payments.</summary>
/// <param name="Position">In the statement, from 1.</param>
/// <param name="AmountMinor">Positive when it came in.</param>
public sealed record StatementLine(int Position, DateOnly BookedOn, DateOnly? ValueOn, long AmountMinor, BankText Text)
{
    public override string ToString() => $"line {Position}";
}

/// <summary>A file is refused whole: where it is wrong, and why.</summary>
/// <param name="line">In the file, from 1.</param>
/// <param name="reason">A code that the page puts into words.</param>
/// <param name="found">What stands there, or was reckoned.</param>
public sealed class BankFileException(int line, string reason, string found) : Exception($"Line {line}: {reason} ({found})")
{
    public int Line { get; } = line;
    public string Reason { get; } = reason;
    public string Found { get; } = found;
}
