using RevOps.Core.Attribution;
using RevOps.Core.Data;
using RevOps.Core.People;
using RevOps.Core.Scorecard.Checks;

namespace RevOps.Core.Ingestion.Checks;

/// <summary>
/// Conversations and visits of one mode, each under the person who stands for all that became one. Neither carries a mode itself: that of
/// the event which brought it counts.
/// </summary>
internal static class Heard
{
    public static IQueryable<Call> Calls(CheckScope scope, int days)
    {
        var since = scope.Ago(days);
        return from session in scope.Db.Set<VoiceSession>()
               join heard in scope.Db.Set<ReceivedEvent>() on session.Id equals heard.Id
               join member in scope.Db.Set<Person>() on session.PersonId equals member.Id
               where heard.Mode == scope.Mode && session.StartedAt >= since
               select new Call { Session = session, Person = member.CanonicalId };
    }

    public static IQueryable<Visit> Visits(RevOpsDb db) =>
        from touch in db.Set<Touch>()
        join member in db.Set<Person>() on touch.PersonId equals member.Id
        select new Visit { Touch = touch, Person = member.CanonicalId };

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

    internal sealed class OwnedKey
    {
        public required Guid Person { get; init; }
        public required Guid Member { get; init; }
        public required IdentityKeyKind Kind { get; init; }
    }
}
