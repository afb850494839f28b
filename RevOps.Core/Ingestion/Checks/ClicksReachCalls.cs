using RevOps.Core.Attribution;
using RevOps.Core.Data;
using RevOps.Core.People;
using RevOps.Core.Scorecard.Checks;

namespace RevOps.Core.Ingestion.Checks;

/// <summary>Who came by a paid click of Meta's or Google's in the week before they spoke brings that same click's id into the conversation.</summary>
public sealed class ClicksReachCalls : ShareCheck
{
    private const long Week = 7 * 86_400;

    /// <summary>As <see cref="Channel.PaidSearch"/> and <see cref="Channel.PaidSocial"/> begin, and no other channel.</summary>
    private const string Paid = "paid_";

    public override string Id => "M12";

    protected override Bar Bar => new(0.8, 0.95);

    public override IQueryable<EvidenceRow> Rows(CheckScope scope)
    {
        var db = scope.Db;

        // By how the names of both begin: asked for by name, SQLite would read every paid visit there is for each call instead of the caller's own.
        var clicks = Heard.Visits(scope).Where(visit => visit.Touch.Channel.StartsWith(Paid) && (visit.Touch.ClickIdKinds!.Contains("fbclid") || visit.Touch.ClickIdKinds.Contains("gclid")));

        // Keys are known by their hash: the click's is the one that its visit was seen with, or that was seen with it first.
        var brought = from own in db.Set<PersonKey>() join key in db.Set<IdentityKey>() on own.KeyId equals key.Id where key.Kind == IdentityKeyKind.Click select new { own.PersonId, own.KeyId, key.FirstSeenAt };
        return from call in Heard.Calls(scope, 30)
               where clicks.Any(visit => visit.Person == call.Person && visit.Touch.OccurredAt <= call.Session.StartedAt && Instants.SecondsBetween(visit.Touch.OccurredAt, call.Session.StartedAt) <= Week)
               select new EvidenceRow
               {
                   Kind = EvidenceKind.Person,
                   Id = call.Person,
                   At = call.Session.StartedAt,
                   Holds = clicks.Any(visit => visit.Person == call.Person && visit.Touch.OccurredAt <= call.Session.StartedAt && Instants.SecondsBetween(visit.Touch.OccurredAt, call.Session.StartedAt) <= Week
                       && brought.Any(key => key.PersonId == call.Session.PersonId && (key.FirstSeenAt == visit.Touch.OccurredAt || db.Set<PersonKey>().Any(seen => seen.PersonId == visit.Touch.PersonId && seen.KeyId == key.KeyId)))),
                   Label = call.Session.SessionId,
               };
    }
}
