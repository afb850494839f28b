using RevOps.Core.People;
using RevOps.Core.Platform;

namespace RevOps.Core.Attribution;

/// <summary>Whose journeys a list shows, and in which order; carried out by the database. What is null does not matter.</summary>
public sealed record JourneyFilter
{
    /// <summary>Channel of the first touch; only a person who allows measurement has one.</summary>
    public string? FirstChannel { get; init; }

    /// <summary>Channel of the newest touch.</summary>
    public string? LastChannel { get; init; }

    /// <summary>Whether touches may be joined to the person.</summary>
    public bool? Measured { get; init; }

    /// <summary>Whether a call of theirs was qualified.</summary>
    public bool? Qualified { get; init; }

    /// <summary>Whether they have a confirmed booking of the mode that is connected now.</summary>
    public bool? Booked { get; init; }

    public bool? Paid { get; init; }

    /// <summary>Last seen on this day of the company or later.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last seen on this day of the company or before.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Who was not seen for longest comes first.</summary>
    public bool Ascending { get; init; }

    public int Page { get; init; } = 1;

    public int Size { get; init; } = JourneyQueries.PageSize;

    /// <summary>Begins after this row instead of at a page: for reading a long list to its end.</summary>
    public JourneyPlace? After { get; init; }

    /// <summary>Who does not allow measurement has no channels: asked for both, the database would look at everybody to find nobody.</summary>
    internal bool IsContradictory => Measured == false && (FirstChannel ?? LastChannel) is not null;

    internal IQueryable<Person> SeenWithin(IQueryable<Person> people, CompanyVersion company)
    {
        if (From is { } from)
        {
            var start = company.StartOf(from);
            people = people.Where(person => person.LastSeenAt >= start);
        }

        if (To is { } to)
        {
            var end = company.StartOf(to.AddDays(1));
            people = people.Where(person => person.LastSeenAt < end);
        }

        return people;
    }

    /// <summary>A page, and one row more that tells whether another one follows. Ties go by id, so that no row stands on two pages.</summary>
    internal IQueryable<Person> Cut(IQueryable<Person> people)
    {
        if (After is { } place)
            people = Ascending ? people.Where(person => person.LastSeenAt > place.LastSeenAt || (person.LastSeenAt == place.LastSeenAt && person.Id.CompareTo(place.Id) > 0))
                : people.Where(person => person.LastSeenAt < place.LastSeenAt || (person.LastSeenAt == place.LastSeenAt && person.Id.CompareTo(place.Id) > 0));
        var sorted = Ascending ? people.OrderBy(person => person.LastSeenAt) : people.OrderByDescending(person => person.LastSeenAt);
        return sorted.ThenBy(person => person.Id).Skip((Page - 1) * Size).Take(Size + 1);
    }
}

/// <summary>Where a row stands in the list.</summary>
public readonly record struct JourneyPlace(DateTimeOffset LastSeenAt, Guid Id);
