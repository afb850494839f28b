using Microsoft.EntityFrameworkCore;
using RevOps.Core.Pricing.Slots;

namespace RevOps.Core.Ingestion;

/// <summary>How many places a slot has, and how many requests were turned away: lost demand.</summary>
public sealed record AvailabilityReported : IncomingEvent
{
    public const string Type = "revops.availability.v1";

    public required string ServiceCode { get; init; }
    public required DateTimeOffset SlotStart { get; init; }
    public required DateTimeOffset SlotEnd { get; init; }
    public required int Capacity { get; init; }
    public int Refused { get; init; }

    public static AvailabilityReported? Read(Fields data)
    {
        var slot = new AvailabilityReported
        {
            ServiceCode = data.RequiredText("serviceCode", 100),
            SlotStart = data.Required("slotStart", data.Time("slotStart"), Rfc3339.Expected),
            SlotEnd = data.Required("slotEnd", data.Time("slotEnd"), Rfc3339.Expected),
            Capacity = (int)data.RequiredWhole("capacity", most: 1_000_000),
            Refused = (int)(data.Whole("refused", most: 1_000_000) ?? 0),
        };
        if (data.Ok && slot.SlotEnd <= slot.SlotStart)
            data.Wrong("slotEnd", "A slot ends after it starts.");
        return data.Ok ? slot : null;
    }

    public override async Task<EventFate> ApplyAsync(Reception reception)
    {
        if (Refused > 0)
            reception.Db.Add(new SlotRefusal { Id = reception.Event.Id, ServiceCode = ServiceCode, SlotStart = SlotStart, OccurredAt = reception.Event.OccurredAt, Mode = reception.Services.Mode, Requests = Refused });
        var known = await reception.Db.Set<SlotAvailability>().SingleOrDefaultAsync(slot => slot.ServiceCode == ServiceCode && slot.SlotStart == SlotStart, reception.Cancel);
        if (known is null)
        {
            reception.Db.Add(new SlotAvailability
            {
                Id = reception.Event.Id,
                ServiceCode = ServiceCode,
                SlotStart = SlotStart,
                SlotEnd = SlotEnd,
                Capacity = Capacity,
                Refused = Refused,
                OccurredAt = reception.Event.OccurredAt,
            });
            return EventFate.Applied;
        }

        // Requests turned away add up; capacity is whatever was said last.
        known.Refused += Refused;
        if (reception.Event.OccurredAt >= known.OccurredAt)
            (known.SlotEnd, known.Capacity, known.OccurredAt) = (SlotEnd, Capacity, reception.Event.OccurredAt);
        return EventFate.Applied;
    }

    public override IEnumerable<string> WouldDo() => [$"Set the capacity of {ServiceCode} at {SlotStart:u} to {Capacity}"];
}
