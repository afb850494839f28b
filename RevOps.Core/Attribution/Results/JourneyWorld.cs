using RevOps.Core.Attribution.Snapshots;

namespace RevOps.Core.Attribution.Results;

/// <summary>The journeys of a snapshot, those of whoever bought or moved since, and what was paid by now.</summary>
/// <param name="Book">As of the snapshot.</param>
/// <param name="Since">Read anew: they count instead of what the snapshot says of the same people.</param>
/// <param name="Replaced">People of the snapshot who are in <paramref name="Since"/>, under this or another id.</param>
/// <param name="Paid">As of now.</param>
internal sealed record JourneyWorld(JourneyBook Book, JourneyBook Since, IReadOnlySet<Guid> Replaced, PaidBook Paid)
{
    /// <summary>Sales whose journeys were read anew.</summary>
    public int SalesSince => Since.Sales.Keys.Count(Paid.Sales.ContainsKey);

    public IEnumerable<(JourneyBook Book, int Person)> Everybody()
    {
        for (var person = 0; person < Book.People.Count; person++)
        {
            if (Replaced.Count == 0 || !Replaced.Contains(Book.People[person]))
                yield return (Book, person);
        }

        for (var person = 0; person < Since.People.Count; person++)
            yield return (Since, person);
    }

    /// <summary>Whose sale it is; null where nothing of the buyer is known.</summary>
    public (JourneyBook Book, int Person)? Find(Guid invoice)
    {
        if (Since.Sales.TryGetValue(invoice, out var since))
            return (Since, since.Person);
        return Book.Sales.TryGetValue(invoice, out var at) && !Replaced.Contains(Book.People[at.Person]) ? (Book, at.Person) : null;
    }

    /// <summary>Something was paid for it and did not go back entirely.</summary>
    public bool IsPaid(Guid invoice) => Paid.Sales.TryGetValue(invoice, out var sale) && sale.PaidMinor > 0;
}
