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

    /// <summary>What the account itself says that days of it cost in all; a day that is not named cost nothing.</summary>
    Task<IReadOnlyList<DayTotal>> TotalsAsync(Period days, AccountFacts facts, CancellationToken cancel);
}

/// <param name="Number">Digits.</param>
public sealed record ConnectedAccount(string Number, Mode Mode);

/// <param name="TimeZone">IANA name.</param>
public sealed record AccountFacts(string? Name, string Currency, string TimeZone);

/// <param name="Day">Of the account's time zone.</param>
public sealed record DayTotal(DateOnly Day, Money Cost);

/// <summary>No days came of it; the answer says what the platform said, and whether waiting helps.</summary>
public sealed class SpendReadException(ChannelAnswer answer) : Exception($"{answer.Code}: {answer.Message}")
{
    public ChannelAnswer Answer { get; } = answer;
}
