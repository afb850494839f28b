using RevOps.Core.Billing;
using RevOps.Core.Bookings;
using RevOps.Core.Data;
using RevOps.Core.People;
using RevOps.Core.Platform;
using RevOps.Core.Receivables;

namespace RevOps.Core.Attribution;

/// <summary>What is known of people, each fact under the person who stands for all that became one.</summary>
internal static class JourneyFacts
{
    // Where a missing answer is a refusal: asked of the rule itself for every code that there can be, since the database cannot ask it.
    private static readonly List<string> AskFirst =
    [
        .. from first in Letters from second in Letters
           let country = $"{first}{second}"
           where new ConsentState(null, null, null, country).Measurement == ConsentAnswer.Denied
           select country,
    ];

    private static IEnumerable<char> Letters => Enumerable.Range('A', 26).Select(letter => (char)letter);

    /// <summary>
    /// Everybody, and whether their touches may be joined: the newest answer of all who speak for them; who was never asked is judged by the
    /// country. It says in SQL what <see cref="ConsentState.Measurement"/> says.
    /// </summary>
    public static IQueryable<Sight> Sights(IQueryable<Person> people) =>
        from person in people
        where person.CanonicalId == person.Id
        select new Sight { Person = person, Measured = person.Measurement ?? (person.Country != null && !AskFirst.Contains(person.Country)) };

    public static IQueryable<Visit> Touches(RevOpsDb db) =>
        from touch in db.Set<Touch>()
        join member in db.Set<Person>() on touch.PersonId equals member.Id
        select new Visit { Person = member.CanonicalId, Id = touch.Id, OccurredAt = touch.OccurredAt, Channel = touch.Channel };

    public static IQueryable<Guid> Qualified(RevOpsDb db) =>
        from session in db.Set<VoiceSession>()
        join member in db.Set<Person>() on session.PersonId equals member.Id
        where session.Qualified
        select member.CanonicalId;

    public static IQueryable<Sale> Booked(RevOpsDb db, Mode mode) =>
        from booking in db.Set<Booking>()
        join member in db.Set<Person>() on booking.PersonId equals member.Id
        where booking.Mode == mode && booking.Status == BookingStatus.Confirmed
        select new Sale { Person = member.CanonicalId, Currency = booking.Currency, Minor = booking.AmountMinor };

    public static IQueryable<Sale> Paid(RevOpsDb db, Mode mode) =>
        from payment in db.Set<Payment>()
        join invoice in db.Set<Invoice>() on payment.InvoiceId equals invoice.Id
        join member in db.Set<Person>() on invoice.PersonId equals member.Id
        where payment.Mode == mode
        select new Sale { Person = member.CanonicalId, Currency = payment.Currency, Minor = payment.AmountMinor };

    internal sealed class Sight
    {
        public required Person Person { get; init; }
        public required bool Measured { get; init; }
    }

    internal sealed class Visit
    {
        public required Guid Person { get; init; }
        public required Guid Id { get; init; }
        public required DateTimeOffset OccurredAt { get; init; }
        public required string Channel { get; init; }
    }

    internal sealed class Sale
    {
        public required Guid Person { get; init; }
        public required string Currency { get; init; }
        public required long Minor { get; init; }
    }
}
