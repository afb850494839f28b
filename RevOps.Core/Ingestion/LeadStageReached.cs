using RevOps.Core.Attribution;
using RevOps.Core.Conversions;
using RevOps.Core.People;
using RevOps.Core.Platform;

namespace RevOps.Core.Ingestion;

/// <summary>The CRM says that a lead reached a stage.</summary>
public sealed record LeadStageReached : IncomingEvent
{
    public const string Type = "revops.lead_stage.v1";

    public required Contact Who { get; init; }
    public string? Visitor { get; init; }
    public required string Stage { get; init; }
    public Money? Value { get; init; }

    public override Contact Contact => Who;

    public override string? VisitorId => Visitor;

    public static LeadStageReached? Read(Fields data)
    {
        var (contact, visitor) = (data.RequiredContact(), data.Text("visitorId", 200));
        var stage = data.RequiredOneOf("stage", "lead", "qualified", "meeting", "proposal", "won", "lost");
        var value = data.Money("value");
        return data.Ok ? new() { Who = contact!, Visitor = visitor, Stage = stage!, Value = value } : null;
    }

    public override async Task<EventFate> ApplyAsync(Reception reception)
    {
        reception.Db.Add(new LeadStageRecord
        {
            Id = reception.Event.Id,
            PersonId = reception.Somebody.Id,
            Stage = Stage,
            ValueMinor = Value?.Minor,
            Currency = Value?.Currency,
            OccurredAt = reception.Event.OccurredAt,
        });

        // A sale is told by its booking and its payment; lost and proposal are told to nobody.
        ConversionStage? told = Stage switch { "lead" => ConversionStage.Lead, "qualified" => ConversionStage.Qualified, "meeting" => ConversionStage.Meeting, _ => null };
        if (told is { } stage)
            await ConversionPlan.AddAsync(reception, stage, LeadId(reception), reception.Event.Id, reception.Event.OccurredAt, Value);
        return EventFate.Applied;
    }

    /// <summary>The same for every report of one lead, and nothing that names the person: a CRM may send a stage at each save.</summary>
    private string LeadId(Reception reception) => Convert.ToHexStringLower(reception.Vault.LookupHash("lead", Who.Ref ?? Who.Email ?? Who.Phone ?? ""))[..32];

    public override IEnumerable<string> WouldDo() => [$"Note the stage '{Stage}' on the person's journey"];
}
