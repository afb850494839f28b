using RevOps.Core.Attribution;
using RevOps.Core.Attribution.Review;
using RevOps.Core.Data;
using RevOps.Core.People;
using RevOps.Core.Scorecard.Checks;

namespace RevOps.Core.Ingestion.Checks;

/// <summary>
/// Conversations, visits and stages of one mode, each under the person who stands for all that became one. None carries a mode itself: that of
/// the event which brought it counts.
/// </summary>
internal static class Heard
{
    /// <summary>Those in which somebody spoke who is in reports: who was erased, or refused measurement or took it back, is in none.</summary>
    /// <param name="scope">Whose rows.</param>
    /// <param name="days">Of so many days back; null: of all.</param>
    public static IQueryable<Call> Calls(CheckScope scope, int? days) => Of(scope, days, scope.Db.Set<VoiceSession>().Where(VoiceSession.IsConversation), Reported(scope.Db));

    /// <summary>Those that nobody answered as well, and of everybody: they were sent all the same.</summary>
    /// <param name="scope">Whose rows.</param>
    /// <param name="days">Of so many days back; null: of all.</param>
    public static IQueryable<Call> Sent(CheckScope scope, int? days) => Of(scope, days, scope.Db.Set<VoiceSession>(), scope.Db.Set<Person>());

    /// <summary>Who is in reports, as <see cref="BantDesk"/> has it; who was never asked is, since a conversation is no visit.</summary>
    public static IQueryable<Person> Reported(RevOpsDb db) =>
        from member in db.Set<Person>()
        join stands in db.Set<Person>() on member.CanonicalId equals stands.Id
        where member.ErasedAt == null && stands.Measurement != false
        select member;

    private static IQueryable<Call> Of(CheckScope scope, int? days, IQueryable<VoiceSession> sessions, IQueryable<Person> people)
    {
        var since = days is { } last ? scope.Ago(last) : DateTimeOffset.MinValue;
        return from session in sessions
               join heard in scope.Db.Set<ReceivedEvent>() on session.Id equals heard.Id
               join member in people on session.PersonId equals member.Id
               where heard.Mode == scope.Mode && session.StartedAt >= since
               select new Call { Session = session, Person = member.CanonicalId };
    }

    /// <summary>The first of each person's: who speaks three times is one lead.</summary>
    public static IQueryable<Call> Leads(CheckScope scope, int days)
    {
        var calls = Calls(scope, days);
        return calls.Where(call => !calls.Any(earlier => earlier.Person == call.Person
            && (earlier.Session.StartedAt < call.Session.StartedAt || (earlier.Session.StartedAt == call.Session.StartedAt && string.Compare(earlier.Session.SessionId, call.Session.SessionId) < 0))));
    }

    /// <summary>Those that may be joined to whoever came: they allowed measurement, or need not be asked.</summary>
    public static IQueryable<Visit> Visits(CheckScope scope)
    {
        var measured = JourneyFacts.Sights(scope.Db.Set<Person>()).Where(sight => sight.Measured && sight.Person.ErasedAt == null);
        return Came(scope).Where(visit => measured.Any(sight => sight.Person.Id == visit.Person));
    }

    /// <summary>Those of everybody, to know of which mode somebody is, and for nothing else.</summary>
    public static IQueryable<Visit> Came(CheckScope scope) =>
        from touch in scope.Db.Set<Touch>()
        join heard in scope.Db.Set<ReceivedEvent>() on touch.Id equals heard.Id
        join member in scope.Db.Set<Person>() on touch.PersonId equals member.Id
        where heard.Mode == scope.Mode
        select new Visit { Touch = touch, Person = member.CanonicalId };

    /// <summary>What the CRM told of leads.</summary>
    public static IQueryable<Stage> Stages(CheckScope scope) =>
        from stage in scope.Db.Set<LeadStageRecord>()
        join heard in scope.Db.Set<ReceivedEvent>() on stage.Id equals heard.Id
        join member in scope.Db.Set<Person>() on stage.PersonId equals member.Id
        where heard.Mode == scope.Mode
        select new Stage { Name = stage.Stage, At = stage.OccurredAt, Person = member.CanonicalId };

    /// <summary>Rounds of reading again that were closed, whose conversations were all of the mode.</summary>
    public static IQueryable<BantReview> Rounds(CheckScope scope)
    {
        var read = from reading in scope.Db.Set<BantReading>() join heard in scope.Db.Set<ReceivedEvent>() on reading.SessionId equals heard.Id select new { reading.ReviewId, heard.Mode };
        return scope.Db.Set<BantReview>().Where(review => review.ClosedAt != null && read.Any(one => one.ReviewId == review.Id && one.Mode == scope.Mode) && !read.Any(one => one.ReviewId == review.Id && one.Mode != scope.Mode));
    }

    /// <summary>The keys of everybody who became one person.</summary>
    public static IQueryable<OwnedKey> Keys(RevOpsDb db) =>
        from own in db.Set<PersonKey>()
        join key in db.Set<IdentityKey>() on own.KeyId equals key.Id
        join member in db.Set<Person>() on own.PersonId equals member.Id
        select new OwnedKey { Person = member.CanonicalId, Member = member.Id, Kind = key.Kind };

    internal sealed class Call
    {
        public required VoiceSession Session { get; init; }
        public required Guid Person { get; init; }
    }

    internal sealed class Visit
    {
        public required Touch Touch { get; init; }
        public required Guid Person { get; init; }
    }

    internal sealed class Stage
    {
        public required string Name { get; init; }
        public required DateTimeOffset At { get; init; }
        public required Guid Person { get; init; }
    }

    internal sealed class OwnedKey
    {
        public required Guid Person { get; init; }
        public required Guid Member { get; init; }
        public required IdentityKeyKind Kind { get; init; }
    }
}
