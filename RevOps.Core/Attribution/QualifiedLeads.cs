using Microsoft.EntityFrameworkCore;
using RevOps.Core.Data;
using RevOps.Core.People;

namespace RevOps.Core.Attribution;

/// <summary>
/// When leads were qualified, as journeys count it (<see cref="Results.ConversionKind.Qualified"/>): by the company's rule in a conversation, or by the
/// CRM. Who was erased, or refuses measurement, is left out. Leads have no mode: the demo's go with the demo, and whoever counts by mode takes them for the one that works now.
/// </summary>
public static class QualifiedLeads
{
    public static async Task<IReadOnlyList<DateTimeOffset>> SinceAsync(RevOpsDb db, DateTimeOffset since, CancellationToken cancel)
    {
        var people = from member in db.Set<Person>()
                     join person in db.Set<Person>() on member.CanonicalId equals person.Id
                     where person.ErasedAt == null && person.Measurement != false
                     select member.Id;
        var spoken = await (from session in db.Set<VoiceSession>()
                            where session.Qualified && session.StartedAt >= since && people.Contains(session.PersonId)
                            select session.EndedAt ?? session.StartedAt).ToListAsync(cancel);
        var said = await (from stage in db.Set<LeadStageRecord>()
                          where stage.Stage == "qualified" && stage.OccurredAt >= since && people.Contains(stage.PersonId)
                          select stage.OccurredAt).ToListAsync(cancel);
        return [.. spoken, .. said];
    }
}
