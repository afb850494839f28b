using RevOps.Core.Attribution.Snapshots;

namespace RevOps.Core.Attribution.Results;

/// <summary>The journeys of a snapshot, those of whoever bought or moved since, and what was paid by now.</summary>
/// <param name="Book">As of the snapshot.</param>
/// <param name="Since">Read anew: they count instead of what the snapshot says of the same people.</param>
/// <param name="Replaced">People of the snapshot who are in <paramref name="Since"/>, under this or another id.</param>
/// <param name="Paid">As of now.</param>
internal sealed record JourneyWorld(JourneyBook Book, JourneyBook Since, IReadOnlySet<Guid> Replaced, PaidBook Paid)
{
    /// <summary>Why buyers had to be read anew: another of these, and they are read again.</summary>
    public IReadOnlySet<MovedSale> Moved { get; init; } = new HashSet<MovedSale>();

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

    /// <summary>The id under which the buyer's journey stands here.</summary>
    public Guid BuyerOf(PaidSale sale) => Find(sale.InvoiceId) is { } at ? at.Book.People[at.Person] : sale.PersonId;

    /// <summary>Whose journeys are others than they were before: who paid or was paid back, who bought for the first time, who moved.</summary>
    public HashSet<Guid> OthersThan(JourneyWorld before)
    {
        var others = new HashSet<Guid>();
        if (!ReferenceEquals(Since, before.Since))
        {
            others.UnionWith(Since.People);
            others.UnionWith(before.Since.People);
            others.UnionWith(Replaced);
            others.UnionWith(before.Replaced);
        }

        foreach (var sale in Paid.Sales.Values.Where(sale => !sale.SaysTheSame(before.Paid.Sales.GetValueOrDefault(sale.InvoiceId))))
            others.UnionWith([BuyerOf(sale), before.BuyerOf(sale), sale.PersonId]);
        foreach (var gone in before.Paid.Sales.Values.Where(sale => !Paid.Sales.ContainsKey(sale.InvoiceId)))
            others.UnionWith([BuyerOf(gone), before.BuyerOf(gone), gone.PersonId]);
        return others;
    }

    /// <summary>Something was paid for it and did not go back entirely, or not yet within a period: what counts as a conversion of it ended no journey in nothing.</summary>
    public bool IsPaid(Guid invoice, long first, long end) => Paid.Sales.TryGetValue(invoice, out var sale) && (sale.PaidMinor > 0 || sale.Within(first, end) > 0);
}

/// <summary>A sale of which the snapshot knows nothing, or something else.</summary>
/// <param name="InvoiceId">Its own.</param>
/// <param name="BuyerId">Whoever stands for the buyer now.</param>
/// <param name="WasOf">Who did in the snapshot; null where it is newer.</param>
/// <param name="Measured">Touches may be joined to the buyer now.</param>
internal sealed record MovedSale(Guid InvoiceId, Guid BuyerId, Guid? WasOf, bool Measured);
