using Microsoft.EntityFrameworkCore;
using RevOps.Core.People;

namespace RevOps.Core.Ingestion.Persons;

/// <summary>Somebody said whose a key is: one person's, several people's, or again what the rules say. Everybody who has it is grouped anew.</summary>
/// <param name="KeyId">Which key.</param>
/// <param name="Decision">What was said.</param>
/// <param name="UserId">By whom.</param>
public sealed record KeyDecided(Guid KeyId, KeyDecision Decision, Guid UserId) : IncomingEvent
{
    public const string Type = "revops.internal.key_decided";

    public override async Task<EventFate> ApplyAsync(Reception reception)
    {
        var (db, cancel, actor) = (reception.Db, reception.Cancel, $"user:{UserId}");
        if (await db.Set<IdentityKey>().SingleOrDefaultAsync(row => row.Id == KeyId, cancel) is not { } key || key.Decision == Decision)
            return EventFate.Ignored;

        var before = key.Decision;
        (key.Decision, key.DecidedBy, key.DecidedAt) = (Decision, Decision == KeyDecision.None ? null : actor, Decision == KeyDecision.None ? null : reception.Now);
        await db.SaveChangesAsync(cancel);
        var members = await db.Set<PersonKey>().Where(seen => seen.KeyId == KeyId).Select(seen => seen.PersonId).ToListAsync(cancel);
        var moved = await reception.Services.Identity.RegroupAsync(db, members, reception.Now, actor, cancel);
        await reception.Services.Audit.WriteAsync(db, new(actor, "identity.keyDecided", nameof(IdentityKey), KeyId.ToString()) { Before = new { Decision = before }, After = new { Decision, key.Kind, Moved = moved.Count } }, cancel);
        await Reconsider.PeopleAsync(reception, moved);
        return EventFate.Applied;
    }

    public override IEnumerable<string> WouldDo() => ["Remember whose the key is, and group everybody who has it anew"];
}

/// <summary>Somebody said that two people are one, or took that back.</summary>
/// <param name="PersonId">Any member of the one.</param>
/// <param name="OtherId">Any member of the other.</param>
/// <param name="Same">False: what was said before counts no more.</param>
/// <param name="UserId">Who said it.</param>
public sealed record PeopleJoined(Guid PersonId, Guid OtherId, bool Same, Guid UserId) : IncomingEvent
{
    public const string Type = "revops.internal.people_joined";

    public override async Task<EventFate> ApplyAsync(Reception reception)
    {
        var (db, cancel, actor) = (reception.Db, reception.Cancel, $"user:{UserId}");
        var known = await db.Set<SamePerson>().Where(link => (link.PersonId == PersonId && link.OtherId == OtherId) || (link.PersonId == OtherId && link.OtherId == PersonId)).ToListAsync(cancel);
        if (PersonId == OtherId || Same == known.Count > 0 || await db.Set<Person>().CountAsync(person => person.Id == PersonId || person.Id == OtherId, cancel) < 2)
            return EventFate.Ignored;

        if (Same)
            db.Add(new SamePerson { Id = reception.Event.Id, PersonId = PersonId, OtherId = OtherId, LinkedBy = actor, LinkedAt = reception.Now });
        db.RemoveRange(Same ? [] : known);
        await db.SaveChangesAsync(cancel);
        var moved = await reception.Services.Identity.RegroupAsync(db, [PersonId, OtherId], reception.Now, actor, cancel);
        await reception.Services.Audit.WriteAsync(db, new(actor, Same ? "identity.joined" : "identity.parted", nameof(Person), PersonId.ToString()) { After = new { OtherId, Moved = moved.Count } }, cancel);
        await Reconsider.PeopleAsync(reception, moved);
        return EventFate.Applied;
    }

    public override IEnumerable<string> WouldDo() => [Same ? "Make one person of two" : "Make two people of one"];
}
