using RevOps.Core.Conversions;
using RevOps.Core.Platform;
using RevOps.Core.Spend;

namespace RevOps.Core.Ingestion.SpendImports;

/// <summary>A platform that says what its ads cost.</summary>
public interface ISpendSource
{
    /// <summary>One of <see cref="SpendPlatform"/>.</summary>
    string Platform { get; }

    /// <summary>The account that is connected now; null: none.</summary>
    ConnectedAccount? Account { get; }

    /// <exception cref="SpendReadException">The platform refused, or was not reached; so do the others.</exception>
    Task<AccountFacts> DescribeAsync(CancellationToken cancel);

    /// <summary>Every ad and campaign of days of the account, whatever number of calls it takes.</summary>
    Task<IReadOnlyList<SpendFact>> ReadAsync(Period days, AccountFacts facts, CancellationToken cancel);

    /// <summary>What the account itself says that its months cost in all, between the first day of a month and a day.</summary>
    Task<IReadOnlyList<MonthTotal>> TotalsAsync(Period days, AccountFacts facts, CancellationToken cancel);
}

/// <param name="Number">Digits.</param>
public sealed record ConnectedAccount(string Number, Mode Mode);

/// <param name="TimeZone">IANA name.</param>
public sealed record AccountFacts(string? Name, string Currency, string TimeZone);

/// <param name="Month">Its first day.</param>
public sealed record MonthTotal(DateOnly Month, Money Cost);

/// <summary>No days came of it; the answer says what the platform said, and whether waiting helps.</summary>
public sealed class SpendReadException(ChannelAnswer answer) : Exception($"{answer.Code}: {answer.Message}")
{
    public ChannelAnswer Answer { get; } = answer;
}
