using Microsoft.EntityFrameworkCore;
using RevOps.Core.Billing;
using RevOps.Core.Data;
using RevOps.Core.Identity;
using RevOps.Core.People;

namespace RevOps.Core.Ingestion.Persons;

/// <summary>How a click on the pages of people ended.</summary>
public enum PeopleResult
{
    Done = 0,

    /// <summary>It was so already, or there is nobody of this id.</summary>
    NothingNew = 1,

    /// <summary>The role was withdrawn, or the session ended, since the page was opened.</summary>
    NotAllowed = 2,

    /// <summary>Drafts wait that could not be issued to nobody.</summary>
    DraftsWait = 3,

    /// <summary>It is noted, and holds as soon as measurement is allowed: a browser is nobody's until then.</summary>
    WaitsForConsent = 4,
}

/// <summary>Decide on keys, join, part and erase, as the buttons call them: for whoever answers for personal data.</summary>
public sealed class PeopleDesk(IDbContextFactory<RevOpsDb> databases, EventReceiver receiver, TwoFactorRule rule)
{
    public Task<PeopleResult> DecideAsync(Guid keyId, KeyDecision decision, Approver who, CancellationToken cancel) =>
        ReceiveAsync(who, $"key/{keyId}/{decision}", KeyDecided.Type, new KeyDecided(keyId, decision, who.UserId), cancel);

    public async Task<PeopleResult> JoinAsync(Guid personId, Guid otherId, bool same, Approver who, CancellationToken cancel)
    {
        var result = await ReceiveAsync(who, $"person/{personId}/{(same ? "joined" : "parted")}/{otherId}", PeopleJoined.Type, new PeopleJoined(personId, otherId, same, who.UserId), cancel);
        if (!same || result != PeopleResult.Done)
            return result;
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await IdentityGraph.GroupOf(db, personId).ContainsAsync(otherId, cancel) ? result : PeopleResult.WaitsForConsent;
    }

    public async Task<PeopleResult> EraseAsync(Guid personId, Approver who, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (!await who.HoldsAsync(db, Roles.Privacy, rule, cancel))
            return PeopleResult.NotAllowed;
        if (await db.Set<Person>().Where(person => person.Id == personId).Select(person => (bool?)(person.ErasedAt != null)).SingleOrDefaultAsync(cancel) is not false)
            return PeopleResult.NothingNew;
        if (await WaitingDrafts(db, personId).AnyAsync(cancel))
            return PeopleResult.DraftsWait;
        return await ReceiveAsync(who, $"person/{personId}/erased", PersonErased.Type, new PersonErased(personId, who.UserId), cancel);
    }

    /// <summary>What stands in the way of erasing: drafts to them as a private person, which have to be issued or dropped first.</summary>
    internal static IQueryable<Invoice> WaitingDrafts(RevOpsDb db, Guid personId)
    {
        var group = IdentityGraph.GroupOf(db, personId);
        return db.Set<Invoice>().Where(invoice => group.Contains(invoice.OwnerId) && invoice.IssuedAt == null && invoice.CancelledAt == null);
    }

    private async Task<PeopleResult> ReceiveAsync(Approver who, string what, string type, IncomingEvent decided, CancellationToken cancel)
    {
        await using (var db = await databases.CreateDbContextAsync(cancel))
        {
            if (!await who.HoldsAsync(db, Roles.Privacy, rule, cancel))
                return PeopleResult.NotAllowed;
        }

        await receiver.ReceiveInternalAsync("revops", $"{what}/{Guid.CreateVersion7()}", type, decided, cancel);
        return PeopleResult.Done;
    }
}
