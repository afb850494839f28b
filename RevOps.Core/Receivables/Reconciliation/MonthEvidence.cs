using System.Security.Cryptography;
using System.Text.Json;

namespace RevOps.Core.Receivables.Reconciliation;

/// <summary>What happened on a day, by which a closed month is compared with what is known of it now.</summary>
/// <param name="Subject">Kind and id, once.</param>
/// <param name="Name">As people know it; nobody's name.</param>
public sealed record MonthFact(string Subject, string Name, DateOnly Day, long Minor)
{
    public string Kind => Subject[..Subject.IndexOf('/', StringComparison.Ordinal)];
}

/// <summary>Reason and owner of an exception, as they stood.</summary>
public sealed record NotedReason(string Subject, string Reason, Guid? OwnerId);

/// <summary>A currency of a closed month: figures, rows and facts as they stood.</summary>
/// <param name="OpenMinor">What clients owed on its last evening.</param>
/// <param name="Posted">Facts of months closed before it that came afterwards: this month took them, and no later one does.</param>
public sealed record CurrencyEvidence(string Currency, long OpenMinor, long OverdueMinor, ReconciledPeriod Ledger, IReadOnlyList<NotedReason> Notes, IReadOnlyList<MonthFact> Facts, IReadOnlyList<LateFact> Posted);

/// <summary>A month as it was closed.</summary>
public sealed record MonthEvidence(DateOnly Month, IReadOnlyList<CurrencyEvidence> Currencies)
{
    public CurrencyEvidence? Of(string currency) => Currencies.FirstOrDefault(part => part.Currency == currency);

    public string ToJson() => JsonSerializer.Serialize(this);

    public static MonthEvidence FromJson(string json) => JsonSerializer.Deserialize<MonthEvidence>(json)!;

    /// <summary>SHA-256 of the text that is stored: whoever changes it is found out by the audit, which names the hash.</summary>
    public static byte[] HashOf(string json) => SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(json));
}

/// <summary>A fact of a closed month that came, went or changed afterwards: it posts to the first open month.</summary>
/// <param name="Month">The closed month, its first day.</param>
/// <param name="WasMinor">As it was closed; null: it was not there.</param>
/// <param name="IsMinor">As it is now; null: it is gone.</param>
public sealed record LateFact(DateOnly Month, MonthFact Fact, long? WasMinor, long? IsMinor)
{
    public long DifferenceMinor => (IsMinor ?? 0) - (WasMinor ?? 0);

    /// <summary>A closed month's facts, with what later closings took of it already.</summary>
    public static IReadOnlyList<MonthFact> With(IReadOnlyList<MonthFact> closed, IEnumerable<LateFact> posted)
    {
        var facts = closed.ToDictionary(fact => fact.Subject, StringComparer.Ordinal);
        foreach (var late in posted)
        {
            if (late.IsMinor is { } minor)
                facts[late.Fact.Subject] = late.Fact with { Minor = minor };
            else
                facts.Remove(late.Fact.Subject);
        }

        return [.. facts.Values];
    }

    /// <summary>What differs between a month as it was closed and as it is known now.</summary>
    public static IEnumerable<LateFact> Between(DateOnly month, IReadOnlyList<MonthFact> closed, IReadOnlyList<MonthFact> now)
    {
        var (before, after) = (closed.ToDictionary(fact => fact.Subject, StringComparer.Ordinal), now.ToDictionary(fact => fact.Subject, StringComparer.Ordinal));
        foreach (var fact in now)
        {
            var was = before.GetValueOrDefault(fact.Subject);
            if (was?.Minor != fact.Minor || was.Day != fact.Day)
                yield return new(month, fact, was?.Minor, fact.Minor);
        }

        foreach (var fact in closed.Where(fact => !after.ContainsKey(fact.Subject)))
            yield return new(month, fact, fact.Minor, null);
    }
}
