using RevOps.Core.Platform;

namespace RevOps.Core.Receivables.BankFiles;

/// <summary>What a bank's file would bring; nothing is stored. A file that is wrong is refused whole.</summary>
/// <param name="Name">Of the file.</param>
/// <param name="Text">All of it, to be read again when it is taken.</param>
public sealed record BankFilePlan(string Name, string Text, BankFormat Format)
{
    public IReadOnlyList<StatementPlan> Statements { get; init; } = [];

    /// <summary>Why it is refused; null when it may be taken.</summary>
    public BankFileProblem? Problem { get; init; }

    /// <summary>A table whose account or columns somebody has to choose first.</summary>
    public CsvPreview? Csv { get; init; }

    public int New => Statements.Sum(statement => statement.New);
    public int Repeats => Statements.Sum(statement => statement.Repeats);

    /// <summary>Every statement of it is in: taking it again changes nothing.</summary>
    public bool IsKnown => Statements.Count > 0 && Statements.All(statement => statement.IsKnown);

    public bool MayTake => Problem is null && Statements.Count > 0 && !IsKnown;

    public override string ToString() => $"the plan of {Name}";
}

/// <summary>One statement of a file.</summary>
/// <param name="AccountId">Null: the account is not known yet and will be added.</param>
/// <param name="AccountName">As it is called here, else its number.</param>
/// <param name="New">Lines that are not in.</param>
/// <param name="Repeats">Lines that are in, from another file.</param>
/// <param name="IsKnown">This very statement is in, or nothing of it is new.</param>
public sealed record StatementPlan(BankStatement Statement, Guid? AccountId, string AccountName, int New, int Repeats, bool IsKnown);

/// <summary>Where a file is wrong, and why.</summary>
/// <param name="Line">In the file, from 1.</param>
/// <param name="Reason">A code that the page puts into words.</param>
public sealed record BankFileProblem(int Line, string Reason, string Found);

/// <summary>A table before it is read: its headings, first rows, and the columns that are chosen or suggested.</summary>
/// <param name="Account">Null: somebody has to say which one it is of.</param>
/// <param name="IsSaved">The columns are those that the account keeps.</param>
/// <param name="NamesAccount">The file itself says that it is of that account.</param>
public sealed record CsvPreview(IReadOnlyList<string> Heading, IReadOnlyList<CsvRow> First, int Rows, CsvMapping Mapping, Guid? Account, bool IsSaved, bool NamesAccount);

/// <summary>Whose a table is, and how it is read.</summary>
/// <param name="AccountId">Null: a new account with the number and name given here.</param>
public sealed record CsvChoice(Guid? AccountId, string Number, string Name, CsvMapping Mapping);
