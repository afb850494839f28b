using System.Text.Json;

namespace RevOps.Core.Ingestion;

/// <summary>Everything that the product listens to.</summary>
public static class EventTypes
{
    /// <summary>What other systems may send, in the order of a sale.</summary>
    public static readonly IReadOnlyList<string> Public =
    [
        TouchReceived.Type, VoiceSessionReceived.Type, LeadStageReached.Type, BookingConfirmed.Type, DealWon.Type, BookingChanged.Type, BookingCancelled.Type,
        ConsentAnswered.Type, AdSpendReported.Type, AvailabilityReported.Type,
    ];

    /// <summary>The data of an event, read by its type; null with at least one error otherwise.</summary>
    public static IncomingEvent? Read(string type, JsonElement data, List<FieldError> errors)
    {
        var fields = new Fields(data, "data", errors);
        return type switch
        {
            TouchReceived.Type => TouchReceived.Read(fields),
            VoiceSessionReceived.Type => VoiceSessionReceived.Read(fields),
            LeadStageReached.Type => LeadStageReached.Read(fields),
            BookingConfirmed.Type => BookingConfirmed.Read(fields),
            DealWon.Type => DealWon.Read(fields),
            BookingChanged.Type => BookingChanged.Read(fields),
            BookingCancelled.Type => BookingCancelled.Read(fields),
            ConsentAnswered.Type => ConsentAnswered.Read(fields),
            AdSpendReported.Type => AdSpendReported.Read(fields),
            AvailabilityReported.Type => AvailabilityReported.Read(fields),
            _ => Unknown(type, errors),
        };
    }

    private static IncomingEvent? Unknown(string type, List<FieldError> errors)
    {
        errors.Add(new("type", $"'{type}' is not known. One of {string.Join(", ", Public)} is expected."));
        return null;
    }
}
