using System.Text.Json;

namespace RevOps.Core.Ingestion.Connectors;

public enum MeetingMove
{
    Booked = 0,
    Moved = 1,
    Cancelled = 2,

    /// <summary>About nothing that becomes an event: a reminder, a form, a ping.</summary>
    Other = 3,
}

/// <summary>What a calendar says of one meeting, whichever calendar it is.</summary>
public sealed record Meeting
{
    /// <summary>The calendar's name of what happened.</summary>
    public required string Trigger { get; init; }

    public required MeetingMove Move { get; init; }
    public required string Id { get; init; }

    /// <summary>The meeting that this one takes the place of.</summary>
    public string? PreviousId { get; init; }

    /// <summary>Keys under which the kind of meeting may be mapped, the most telling first.</summary>
    public IReadOnlyList<string> TypeKeys { get; init; } = [];

    public string? TypeName { get; init; }
    public DateTimeOffset? Start { get; init; }
    public DateTimeOffset? End { get; init; }
    public DateTimeOffset? At { get; init; }
    public string? Reason { get; init; }
    public string? Name { get; init; }
    public string? Email { get; init; }
    public Answers Answers { get; init; } = new();

    /// <summary>What makes the delivery one.</summary>
    public required string DeliveryId { get; init; }
}

/// <summary>Cal.com: cal.com/docs, webhooks.</summary>
public static class CalComHook
{
    /// <exception cref="UnreadableHookException">Not what Cal.com sends.</exception>
    public static Meeting Read(JsonElement root)
    {
        if (root.Text("triggerEvent") is not { } trigger)
            throw new UnreadableHookException("noTrigger");
        var payload = root.At("payload") ?? default;
        var id = payload.Text("uid") ?? payload.Text("bookingUid");
        var move = (trigger, payload.Text("status")) switch
        {
            ("BOOKING_CREATED", "PENDING") => MeetingMove.Other,
            ("BOOKING_CREATED" or "BOOKING_CONFIRMED" or "BOOKING_PAID", _) => MeetingMove.Booked,
            ("BOOKING_RESCHEDULED", _) => MeetingMove.Moved,
            ("BOOKING_CANCELLED" or "BOOKING_REJECTED", _) => MeetingMove.Cancelled,
            _ => MeetingMove.Other,
        };
        if (id is null && move != MeetingMove.Other)
            throw new UnreadableHookException("noBooking");

        var attendee = payload.At("attendees").Items().FirstOrDefault();
        return new()
        {
            Trigger = trigger,
            Move = move,
            Id = id ?? trigger,
            PreviousId = payload.Text("rescheduleUid") ?? payload.Text("rescheduledFromUid"),
            TypeKeys = [.. new[] { payload.Text("type") ?? payload.Text("eventType", "slug"), payload.Text("eventTypeId") }.OfType<string>()],
            TypeName = payload.Text("eventTitle") ?? payload.Text("type"),
            Start = payload.Time("startTime"),
            End = payload.Time("endTime"),
            At = root.Time("createdAt"),
            Reason = payload.Text("cancellationReason") ?? payload.Text("rejectionReason"),
            Name = attendee.Text("name") ?? payload.Text("responses", "name", "value"),
            Email = attendee.Text("email") ?? payload.Text("responses", "email", "value"),
            Answers = AnswersOf(payload, attendee),
            DeliveryId = $"{trigger}:{id ?? "none"}:{root.Text("createdAt")}",
        };
    }

    private static Answers AnswersOf(JsonElement payload, JsonElement attendee)
    {
        var answers = new Answers();
        foreach (var group in new[] { payload.At("responses"), payload.At("userFieldsResponses") })
        {
            foreach (var response in group.Properties())
            {
                answers.Add(response.Name, response.Value);
                answers.Add(response.Value.Text("label"), response.Value);
            }
        }

        foreach (var input in payload.At("customInputs").Properties().Concat(payload.At("metadata").Properties()))
            answers.Add(input.Name, input.Value);
        answers.Add("phone", attendee.Text("phoneNumber"));
        return answers;
    }
}

/// <summary>Calendly: developer.calendly.com, webhook payloads.</summary>
public static class CalendlyHook
{
    /// <exception cref="UnreadableHookException">Not what Calendly sends.</exception>
    public static Meeting Read(JsonElement root)
    {
        if (root.Text("event") is not { } trigger)
            throw new UnreadableHookException("noTrigger");
        var invitee = root.At("payload") ?? default;
        var move = trigger switch
        {
            "invitee.created" when invitee.Text("old_invitee") is not null => MeetingMove.Moved,
            "invitee.created" => MeetingMove.Booked,

            // The meeting that it was moved to has been told, or will be.
            "invitee.canceled" when invitee.At("rescheduled") is { ValueKind: JsonValueKind.True } => MeetingMove.Other,
            "invitee.canceled" => MeetingMove.Cancelled,
            _ => MeetingMove.Other,
        };
        var id = LastOf(invitee.Text("uri"));
        if (id is null && move != MeetingMove.Other)
            throw new UnreadableHookException("noBooking");

        var scheduled = invitee.At("scheduled_event") ?? default;
        return new()
        {
            Trigger = trigger,
            Move = move,
            Id = id ?? trigger,
            PreviousId = LastOf(invitee.Text("old_invitee")),
            TypeKeys = [.. new[] { scheduled.Text("event_type"), scheduled.Text("name") }.OfType<string>()],
            TypeName = scheduled.Text("name"),
            Start = scheduled.Time("start_time"),
            End = scheduled.Time("end_time"),
            At = root.Time("created_at"),
            Reason = invitee.Text("cancellation", "reason"),
            Name = invitee.Text("name") ?? $"{invitee.Text("first_name")} {invitee.Text("last_name")}".Trim(),
            Email = invitee.Text("email"),
            Answers = AnswersOf(invitee),
            DeliveryId = $"{trigger}:{id ?? root.Text("created_at")}",
        };
    }

    private static Answers AnswersOf(JsonElement invitee)
    {
        var answers = new Answers();
        foreach (var pair in invitee.At("questions_and_answers").Items())
            answers.Add(pair.Text("question"), pair.Text("answer"));
        foreach (var tracked in invitee.At("tracking").Properties())
            answers.Add(tracked.Name, tracked.Value);
        answers.Add("phone", invitee.Text("text_reminder_number"));
        return answers;
    }

    private static string? LastOf(string? uri) => uri?.TrimEnd('/') is { Length: > 0 } path ? path[(path.LastIndexOf('/') + 1)..] : null;
}
