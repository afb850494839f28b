using Microsoft.EntityFrameworkCore;
using RevOps.Core.Conversions;
using RevOps.Core.People;

namespace RevOps.Core.Ingestion;

/// <summary>Somebody chose what answers about ads mean where the law leaves it open: it counts from now on, and what was held is looked at again.</summary>
public sealed record ConsentChosen(bool HoldsMissing, bool LimitsRefused, string Actor) : IncomingEvent
{
    public const string Type = "revops.internal.consent_chosen";

    public override async Task<EventFate> ApplyAsync(Reception reception)
    {
        var db = reception.Db;
        var last = await ConsentRule.CurrentAsync(db, reception.Cancel);
        var rule = new ConsentRule
        {
            Id = Guid.CreateVersion7(),
            ValidFrom = reception.Now > last.ValidFrom ? reception.Now : last.ValidFrom.AddTicks(1),
            EnteredBy = Actor,
            HoldsMissing = HoldsMissing,
            LimitsRefused = LimitsRefused,
        };
        db.Add(rule);
        await reception.Services.Audit.WriteAsync(db, new(Actor, "consentRule.changed", nameof(ConsentRule), rule.Id.ToString()) { Before = new { last.HoldsMissing, last.LimitsRefused }, After = new { HoldsMissing, LimitsRefused } }, reception.Cancel);

        // The job reads the rule anew: who may still not be told of is held again, and what waits is held by it.
        var held = await db.Set<Conversion>().Where(conversion => conversion.Status == ConversionStatus.Held && (conversion.Reason == ConsentReasons.Unknown || conversion.Reason == ConsentReasons.Denied)).ToListAsync(reception.Cancel);
        foreach (var conversion in held)
            await ConversionPlan.QueueAsync(reception, conversion);
        return EventFate.Applied;
    }

    public override IEnumerable<string> WouldDo() => ["Read answers about ads by the chosen rule from now on"];
}
